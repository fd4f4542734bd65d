package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;

/** What tests of notifications ask a gateway. */
record EventCalls(RunningGateway gateway) {
    private static final List<String> SETTINGS = List.of(
            "locale",
            "time_zone",
            "quiet_hours",
            "caps",
            "digests",
            "promotional_hours",
            "code_limits",
            "inbox_days",
            "retention");

    /** Who agrees to every SMS of these categories. */
    void user(String id, JsonObject user, String... categories) {
        HttpResponse<String> answer =
                gateway.send(gateway.request("/v1/users/" + id).PUT(BodyPublishers.ofString(user.encode())));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        for (String category : categories) {
            gateway.sql()
                    .execute("INSERT INTO preference (account_id, user_id, category, channel, enabled, changed_at)"
                            + " SELECT id, '" + id + "', '" + category + "', 'sms', true, now() FROM account"
                            + " WHERE name = 'default'");
        }
    }

    HttpResponse<String> patch(JsonObject settings) {
        return gateway.send(gateway.request("/v1/account/settings")
                .method("PATCH", BodyPublishers.ofString(settings.encode()))
                .header("Content-Type", "application/json"));
    }

    /** These, and no others. */
    JsonObject settings(JsonObject settings) {
        JsonObject all = new JsonObject();
        SETTINGS.forEach(all::putNull);
        HttpResponse<String> answer = patch(all.mergeIn(settings));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return RunningGateway.json(answer);
    }

    static JsonObject event(String type, String user, JsonObject data) {
        return new JsonObject().put("type", type).put("user", user).put("data", data);
    }

    JsonObject accepted(JsonObject event) {
        HttpResponse<String> answer = gateway.post("/v1/events", event);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return RunningGateway.json(answer);
    }

    /** What became of one channel of an event. */
    JsonObject told(String channel, JsonObject event) {
        return accepted(event).getJsonObject("channels").getJsonObject(channel);
    }

    JsonObject notification(String id) {
        HttpResponse<String> answer = gateway.get("/v1/notifications/" + id);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return RunningGateway.json(answer);
    }

    JsonObject message(JsonObject outcome) {
        return RunningGateway.json(gateway.get("/v1/messages/" + outcome.getString("message_id")));
    }

    static List<String> pointers(HttpResponse<String> answer) {
        JsonArray errors = RunningGateway.json(answer).getJsonArray("errors");
        return errors.stream()
                .map(error -> ((JsonObject) error).getString("pointer"))
                .toList();
    }

    static JsonObject skipped(String reason) {
        return new JsonObject().put("status", "skipped").put("reason", reason);
    }
}
