package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What tests of campaigns ask a gateway. */
record CampaignCalls(RunningGateway gateway) {
    static final String ACCOUNT = "(SELECT id FROM account WHERE name = 'default')";

    /** Told by email, which needs nobody's yes. */
    static JsonObject emails() {
        return new JsonObject()
                .put("name", "Feedback")
                .put("type", "feedback_request")
                .put("channel", "email")
                .put("data", new JsonObject().put("url", "https://example.com/f"));
    }

    static JsonObject offers() {
        return new JsonObject()
                .put("name", "Offer")
                .put("type", "promo_offer")
                .put("channel", "email")
                .put("data", new JsonObject().put("offer", "20 % off").put("valid_until", "Sunday"));
    }

    String draft(JsonObject campaign) {
        HttpResponse<String> answer = gateway.post("/v1/campaigns", campaign);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return RunningGateway.json(answer).getString("id");
    }

    HttpResponse<String> upload(String id, String csv) {
        return gateway.send(gateway.request("/v1/campaigns/" + id + "/audience")
                .PUT(BodyPublishers.ofString(csv))
                .header("Content-Type", "text/csv"));
    }

    JsonObject uploaded(String id, String csv) {
        HttpResponse<String> answer = upload(id, csv);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return RunningGateway.json(answer);
    }

    /** With so many persons, each of whom the text is about an order. */
    String draftOf(JsonObject campaign, int persons) {
        String id = draft(campaign);
        StringBuilder csv = new StringBuilder("email,order_id\n");
        for (int i = 1; i <= persons; i++) {
            csv.append("p").append(i).append("@example.com,A").append(i).append('\n');
        }
        assertThat(uploaded(id, csv.toString()).getInteger("persons")).isEqualTo(persons);
        return id;
    }

    HttpResponse<String> act(String id, String action) {
        return gateway.post("/v1/campaigns/" + id + "/" + action, "");
    }

    JsonObject acted(String id, String action) {
        HttpResponse<String> answer = act(id, action);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return RunningGateway.json(answer);
    }

    JsonObject get(String id) {
        return TestUsers.get(gateway, "/v1/campaigns/" + id);
    }

    /** Of one moment; it adds up at each. */
    JsonObject progress(String id) {
        JsonObject progress = get(id).getJsonObject("progress");
        JsonObject skipped = progress.getJsonObject("skipped");
        JsonObject accepted = progress.getJsonObject("accepted");
        assertThat(progress.getInteger("audience"))
                .as(progress.encode())
                .isEqualTo(progress.getInteger("pending") + skipped.getInteger("total") + accepted.getInteger("total"));
        assertThat(sum(skipped.getJsonObject("by_reason"))).isEqualTo(skipped.getInteger("total"));
        assertThat(sum(accepted.getJsonObject("by_status"))).isEqualTo(accepted.getInteger("total"));
        return progress;
    }

    /** When nobody waits for a message to be written any more. */
    JsonObject written(String id) {
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            JsonObject progress = progress(id);
            return progress.getInteger("pending") == 0 && !progress.getBoolean("counting");
        });
        return progress(id);
    }

    void awaitStatus(String id, String status) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> get(id).getString("status").equals(status));
    }

    /** What progress tells, as the tables have it. */
    void requireCounted(String id) {
        JsonObject told = progress(id).getJsonObject("accepted").getJsonObject("by_status");
        JsonObject counted = new JsonObject(gateway.sql()
                .text(
                        "SELECT coalesce(jsonb_object_agg(status, n), '{}') FROM (SELECT status, count(*) AS n FROM message"
                                + " WHERE campaign_id = '" + id + "' GROUP BY status) s"));
        assertThat(told).isEqualTo(counted);
    }

    /** As a worker's statements would. */
    void settle(String id, String status, String which) {
        gateway.sql()
                .execute("WITH moved AS (UPDATE message SET status = '" + status
                        + "', settled_at = now() WHERE campaign_id = '" + id + "' AND " + which
                        + " RETURNING id) DELETE FROM outbox USING moved WHERE message_id = id");
    }

    long messages(String id) {
        return gateway.sql().count("SELECT count(*) FROM message WHERE campaign_id = '" + id + "'");
    }

    private static int sum(JsonObject counts) {
        return counts.stream()
                .mapToInt(count -> ((Number) count.getValue()).intValue())
                .sum();
    }
}
