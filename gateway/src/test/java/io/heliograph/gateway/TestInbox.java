package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;

/** Inboxes, as an account fills and reads them, and as a person does who has a token. */
record TestInbox(RunningGateway gateway) {
    static final String PATH = "/v1/users/ann/inbox";

    /** Who has no address at all: an inbox needs none. */
    void user(String id) {
        JsonObject _ = TestUsers.put(gateway, id, new JsonObject().put("locale", "en"));
    }

    /** An order of this user's; answers the id of the item. */
    String ordered(String user, String order) {
        return outcome(
                        user,
                        "order_created",
                        new JsonObject().put("order_id", order).put("amount", "₹250"))
                .getString("inbox_item_id");
    }

    /** What became of the inbox with an event. */
    JsonObject outcome(String user, String type, JsonObject data) {
        HttpResponse<String> answer = gateway.post("/v1/events", EventCalls.event(type, user, data));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return RunningGateway.json(answer).getJsonObject("channels").getJsonObject("in_app");
    }

    JsonObject list(String query) {
        return TestUsers.get(gateway, PATH + query);
    }

    static List<String> titles(JsonObject page) {
        return items(page).stream().map(item -> item.getString("title")).toList();
    }

    static List<JsonObject> items(JsonObject page) {
        return page.getJsonArray("items").stream().map(JsonObject.class::cast).toList();
    }

    JsonObject patched(String path, JsonObject change) {
        HttpResponse<String> answer = TestUsers.send(gateway, "PATCH", path, change);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return RunningGateway.json(answer);
    }

    /** For an hour. */
    String token(String user) {
        HttpResponse<String> answer = gateway.post("/v1/users/" + user + "/inbox-tokens", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return RunningGateway.json(answer).getString("token");
    }

    /** By whoever has the token. */
    HttpResponse<String> byToken(String token, String method, String path, JsonObject body) {
        return gateway.send(
                gateway.request(path).method(method, BodyPublishers.ofString(body.isEmpty() ? "" : body.encode())),
                "Authorization",
                "Bearer " + token);
    }

    SseReader stream(String token, String... headers) throws Exception {
        String[] all = new String[headers.length + 2];
        all[0] = "Authorization";
        all[1] = "Bearer " + token;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return SseReader.open(gateway.port(), "/v1/inbox/stream", all);
    }
}
