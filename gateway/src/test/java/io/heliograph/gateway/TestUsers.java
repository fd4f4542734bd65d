package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;

/** Users, as the account makes them and asks for what is theirs. */
final class TestUsers {
    static final String PHONE = "+15005550010";

    private TestUsers() {}

    static JsonObject put(RunningGateway gateway, String id, JsonObject user) {
        HttpResponse<String> answer = send(gateway, "PUT", "/v1/users/" + id, user);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return RunningGateway.json(answer);
    }

    /** With a number and an address. */
    static void ann(RunningGateway gateway) {
        JsonObject _ = put(gateway, "ann", new JsonObject().put("phone", PHONE).put("email", "ann@example.com"));
    }

    static HttpResponse<String> send(RunningGateway gateway, String method, String path, JsonObject body) {
        return gateway.send(gateway.request(path).method(method, BodyPublishers.ofString(body.encode())));
    }

    static HttpResponse<String> delete(RunningGateway gateway, String path) {
        return gateway.send(gateway.request(path).DELETE());
    }

    static JsonObject get(RunningGateway gateway, String path) {
        HttpResponse<String> answer = gateway.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return RunningGateway.json(answer);
    }

    /** What became of an order of Ann's on one channel: accepted, or the reason why not. */
    static String ordered(RunningGateway gateway, String channel) {
        return told(gateway, "order_created", channel);
    }

    static String told(RunningGateway gateway, String type, String channel) {
        JsonObject told = event(gateway, type).getJsonObject("channels").getJsonObject(channel);
        return told.getString("reason", told.getString("status"));
    }

    static JsonObject event(RunningGateway gateway, String type) {
        HttpResponse<String> answer = gateway.post(
                "/v1/events",
                new JsonObject()
                        .put("type", type)
                        .put("user", "ann")
                        .put("data", new JsonObject().put("order_id", "A17").put("amount", "₹250")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return RunningGateway.json(answer);
    }

    static List<String> pointers(HttpResponse<String> answer) {
        JsonArray errors = RunningGateway.json(answer).getJsonArray("errors");
        return errors.stream()
                .map(error -> ((JsonObject) error).getString("pointer"))
                .toList();
    }
}
