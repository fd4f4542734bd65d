package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.util.List;

/** Messages that did not get there, and what is asked about them. */
record TestDeadLetters(RunningGateway gateway) {
    static JsonObject all() {
        return new JsonObject().put("filter", new JsonObject());
    }

    JsonObject replay(JsonObject request) {
        HttpResponse<String> response = gateway.post("/v1/dead-letters/replay", request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    JsonArray list(String query) {
        return json(gateway.get("/v1/dead-letters" + query)).getJsonArray("dead_letters");
    }

    static List<String> ids(JsonArray items) {
        return items.stream().map(item -> ((JsonObject) item).getString("id")).toList();
    }

    JsonObject shown(String id) {
        return json(gateway.get("/v1/messages/" + id));
    }

    static OffsetDateTime time(JsonObject json, String name) {
        return OffsetDateTime.parse(json.getString(name));
    }

    String accepted(JsonObject message) {
        return json(gateway.post("/v1/messages", message)).getString("id");
    }

    String dead(String status, String reason) {
        String id = TestMessages.queued(gateway);
        die(id, status, reason);
        return id;
    }

    void die(String id, String status, String reason) {
        gateway.sql()
                .execute("UPDATE message SET status = '" + status + "', reason = '" + reason
                        + "', attempt = 1, settled_at = now() WHERE id = '" + id
                        + "'; DELETE FROM outbox WHERE message_id = '" + id + "'");
    }

    void tried(String id, int n, String outcome, String code) {
        gateway.sql()
                .execute("INSERT INTO attempt (message_id, n, provider, outcome, code, started_at, finished_at)"
                        + " VALUES ('" + id + "', " + n + ", 'twilio', '" + outcome + "', '" + code
                        + "', now(), now())");
    }
}
