package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;

/** What tests of analytics ask a gateway, and how they move messages as workers and providers would. */
record SumCalls(RunningGateway gateway) {
    void forget() {
        gateway.sql()
                .execute(
                        "DELETE FROM analytics; DELETE FROM analytics_change; DELETE FROM provider_price WHERE change > 1;"
                                + " DELETE FROM price_change WHERE n > 1; TRUNCATE routing_table");
    }

    JsonObject page(String query) {
        HttpResponse<String> response = gateway.get("/v1/analytics?" + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    JsonObject total(String query) {
        return page(query).getJsonObject("total");
    }

    List<JsonObject> groups(String query) {
        return page(query).getJsonArray("groups").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    /** As a relay does, until everything that is there is counted. */
    void fold() {
        String now = gateway.sql().text("SELECT uuid_v7_floor(clock_timestamp() + interval '2 milliseconds')");
        await().until(() -> {
            gateway.sql().text("SELECT fold_analytics('0', 50000)");
            return gateway.sql().count("SELECT count(*) FROM analytics_position WHERE counted > '" + now + "'") == 1;
        });
    }

    long recount(String day) {
        return gateway.sql().count("SELECT recount_analytics(" + day + ")");
    }

    String sending(String to) {
        String id = TestMessages.queued(gateway, to);
        claim(id, "twilio");
        return id;
    }

    void claim(String id, String provider) {
        gateway.sql()
                .execute("UPDATE message SET status = 'sending', attempt = 1, provider = '" + provider
                        + "', claimed_at = now() WHERE id = '" + id + "'");
    }

    void receipt(String id, String word) {
        assertThat(TwilioPost.of("SM-" + id, word).about(id, 1).to(gateway).statusCode())
                .isEqualTo(204);
    }

    void expire(String id) {
        gateway.sql()
                .execute(
                        "UPDATE message SET status = 'expired', reason = 'validity_passed', settled_at = now() WHERE id = '"
                                + id + "'; DELETE FROM outbox WHERE message_id = '" + id + "'");
    }

    void insertAt(String time) {
        gateway.sql()
                .execute(
                        "INSERT INTO message (id, account_id, status, channel, lane, on_unknown, segments, encoding, created_at,"
                                + " expires_at, recipient, body) SELECT uuid_v7_floor('" + time
                                + "'), id, 'queued', 'sms', 'normal', 'fail',"
                                + " 1, 'gsm7', '" + time + "', '" + time
                                + "', '+15005550010', 'Hello' FROM account WHERE name = 'default'");
    }

    void prices(String currency, String otherwise, String india) {
        gateway.sql()
                .execute("INSERT INTO routing_table (content) VALUES ('"
                        + new JsonObject()
                                .put("routes", new JsonArray())
                                .put(
                                        "accounts",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("name", "twilio")
                                                        .put(
                                                                "prices",
                                                                new JsonObject()
                                                                        .put("currency", currency)
                                                                        .put("default", otherwise)
                                                                        .put(
                                                                                "by_prefix",
                                                                                new JsonObject().put("+91", india)))))
                                .encode()
                        + "') ON CONFLICT (is_the_only_row) DO UPDATE SET content = excluded.content");
    }
}
