package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;

import io.vertx.core.json.JsonObject;

/** Messages that have come as far as a test needs them, by the statements of a worker. */
final class TestMessages {
    private TestMessages() {}

    static String queued(RunningGateway gateway) {
        return queued(gateway, "+15005550010");
    }

    static String queued(RunningGateway gateway, String to) {
        return json(gateway.post("/v1/messages", new JsonObject().put("to", to).put("text", "Hello")))
                .getString("id");
    }

    /** Claimed for its first attempt. */
    static String sending(RunningGateway gateway) {
        return in(gateway, "sending", 1);
    }

    /** In this status, at this attempt; settled ones without their promise. */
    static String in(RunningGateway gateway, String status, int attempt) {
        String id = queued(gateway);
        gateway.sql()
                .execute("UPDATE message SET status = '" + status + "', attempt = " + attempt
                        + ", claimed_at = CASE WHEN " + attempt + " > 0 THEN now() END, settled_at = CASE WHEN"
                        + " message_is_settled('" + status + "') THEN now() END WHERE id = '" + id
                        + "'; DELETE FROM outbox WHERE message_is_settled('" + status + "') AND message_id = '" + id
                        + "'");
        return id;
    }

    static void recordAttempt(RunningGateway gateway, String id, int n, String providerMessageId) {
        gateway.sql()
                .execute(
                        "INSERT INTO attempt (message_id, n, provider, provider_message_id, outcome, started_at, finished_at)"
                                + " VALUES ('" + id + "', " + n + ", 'twilio', '" + providerMessageId
                                + "', 'accepted', now(), now())");
    }
}
