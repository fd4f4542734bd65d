package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Campaigns that are under way: paced, paused, resumed, canceled, and repeated for those missed. */
class SteeringCampaignsTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final CampaignCalls CALLS = new CampaignCalls(GATEWAY);

    @Test
    void writes_no_more_than_two_seconds_ahead_of_its_rate_and_spreads_it() {
        String id = CALLS.draftOf(rate(CampaignCalls.emails(), 5), 500);

        CALLS.acted(id, "launch");

        await().until(() -> CALLS.messages(id) >= 10);
        long written = CALLS.messages(id);
        assertThat(written).isLessThan(200);
        assertThat(GATEWAY.sql()
                        .text(
                                "SELECT bool_and(abs(extract(epoch FROM gap) - 0.2) < 0.001) FROM (SELECT due_at - lag(due_at)"
                                        + " OVER (ORDER BY due_at) AS gap FROM (SELECT due_at FROM outbox WHERE campaign_id = '"
                                        + id
                                        + "' ORDER BY due_at LIMIT 9 OFFSET 1) d) g"))
                .isEqualTo("t");
        assertThat(TestUsers.send(GATEWAY, "PATCH", "/v1/campaigns/" + id, rate(new JsonObject(), 100_000))
                        .statusCode())
                .isEqualTo(200);
        assertThat(CALLS.written(id).getJsonObject("accepted").getInteger("total"))
                .isEqualTo(500);
    }

    @Test
    void holds_everything_that_is_not_being_sent_while_it_is_paused() {
        String id = CALLS.draftOf(rate(CampaignCalls.emails(), 50), 2_000);
        CALLS.acted(id, "launch");
        await().until(() -> CALLS.messages(id) >= 100);
        claimed(id, "p1@example.com");
        CALLS.settle(id, "delivered", "recipient = 'p2@example.com'");

        JsonObject paused = CALLS.acted(id, "pause").getJsonObject("progress");

        await().until(() -> held(id) == CALLS.messages(id) - 2);
        assertThat(CALLS.progress(id)).isEqualTo(paused);
        JsonObject statuses = paused.getJsonObject("accepted").getJsonObject("by_status");
        assertThat(statuses.getInteger("sending")).isOne();
        assertThat(statuses.getInteger("delivered")).isOne();
        assertThat(count(id, "o.due_at = 'infinity' AND o.publishes = 0")).isEqualTo(held(id));
        assertThat(TestUsers.get(GATEWAY, "/v1/ledger").getLong("violations")).isZero();
        CALLS.requireCounted(id);
        long before = CALLS.messages(id);

        CALLS.acted(id, "resume");

        await().until(() -> held(id) == 0 && CALLS.messages(id) > before);
        CALLS.requireCounted(id);
    }

    @Test
    void holds_and_takes_back_what_waits_behind_thousands_that_are_on_their_way() {
        String id = CALLS.draftOf(CampaignCalls.emails(), 2_100);
        CALLS.acted(id, "launch");
        CALLS.written(id);
        GATEWAY.sql()
                .execute("WITH first AS (UPDATE outbox SET due_at = now() - interval '1 hour' WHERE message_id IN"
                        + " (SELECT id FROM message WHERE campaign_id = '" + id + "' ORDER BY id LIMIT 2050)"
                        + " RETURNING message_id) UPDATE message SET status = CASE WHEN id::text ~ '[0-7]$' THEN 'sending' ELSE 'unknown' END,"
                        + " attempt = 1, claimed_at = now() FROM first WHERE id = message_id");

        CALLS.acted(id, "pause");
        await().until(() -> held(id) == 50);
        CALLS.acted(id, "cancel");

        await().until(() -> count(id, "true") == 2_050);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message WHERE status = 'canceled'"))
                .isEqualTo(50);
        CALLS.requireCounted(id);
    }

    @Test
    void takes_back_what_no_worker_has_claimed() {
        String id = CALLS.draftOf(rate(CampaignCalls.emails(), 50), 1_000);
        CALLS.acted(id, "launch");
        await().until(() -> CALLS.messages(id) >= 100);
        claimed(id, "p1@example.com");
        CALLS.settle(id, "delivered", "recipient = 'p2@example.com'");

        JsonObject canceled = CALLS.acted(id, "cancel");

        long all = CALLS.messages(id);
        assertThat(canceled.getJsonObject("progress").getInteger("pending")).isEqualTo((int) (1_000 - all));
        await().until(() -> count(id, "true") == 1);
        JsonObject progress = CALLS.progress(id);
        assertThat(progress.getInteger("pending")).isEqualTo((int) (1_000 - all));
        assertThat(progress.getJsonObject("accepted").getJsonObject("by_status"))
                .isEqualTo(new JsonObject()
                        .put("canceled", (int) all - 2)
                        .put("delivered", 1)
                        .put("sending", 1));
        assertThat(GATEWAY.sql().text("SELECT DISTINCT reason FROM message WHERE status = 'canceled'"))
                .isEqualTo("canceled_by_account");
        // It gets no other try.
        GATEWAY.sql().execute("UPDATE message SET status = 'queued' WHERE status = 'sending'");
        await().until(() -> count(id, "true") == 0);
        CALLS.requireCounted(id);
        assertThat(TestUsers.get(GATEWAY, "/v1/ledger").getLong("violations")).isZero();
    }

    @Test
    void lets_go_what_a_worker_had_claimed_before_it_was_held_when_it_is_canceled() {
        String id = CALLS.draftOf(CampaignCalls.emails(), 3);
        CALLS.acted(id, "launch");
        CALLS.written(id);
        CALLS.acted(id, "pause");
        await().until(() -> held(id) == 3);
        claimed(id, "p1@example.com");

        CALLS.acted(id, "cancel");

        await().until(() -> count(id, "true") == 1 && count(id, "o.due_at <= now()") == 1);
        CALLS.requireCounted(id);
    }

    @Test
    void is_repeated_for_those_whose_message_failed_and_who_were_passed_over() {
        TestUsers.put(GATEWAY, "ann", new JsonObject().put("phone", "+15005550010"));
        String first = CALLS.draft(CampaignCalls.emails());
        CALLS.uploaded(
                first,
                "user,email,order_id\nann,,A0\n,p1@example.com,A1\n,p2@example.com,A2\n,p3@example.com,A3\n,p4@example.com,A4\n");
        CALLS.acted(first, "launch");
        assertThat(CALLS.written(first).getJsonObject("skipped").getJsonObject("by_reason"))
                .isEqualTo(new JsonObject().put("no_address", 1));
        CALLS.settle(first, "delivered", "recipient = 'p1@example.com'");
        CALLS.settle(first, "failed", "recipient = 'p2@example.com'");
        CALLS.settle(first, "expired", "recipient = 'p4@example.com'");
        GATEWAY.sql().execute("UPDATE message SET reason = 'outcome_unknown' WHERE recipient = 'p3@example.com'");
        CALLS.settle(first, "failed", "recipient = 'p3@example.com'");
        CALLS.awaitStatus(first, "completed");
        TestUsers.put(GATEWAY, "ann", new JsonObject().put("email", "ann@example.com"));

        JsonObject draft = RunningGateway.json(GATEWAY.post(
                "/v1/campaigns/" + first + "/missed",
                new JsonObject()
                        .put("statuses", new JsonArray(List.of("failed", "expired")))
                        .put("skip_reasons", new JsonArray().add("no_address")),
                "Idempotency-Key",
                "again"));
        String second = draft.getString("id");
        CALLS.acted(second, "launch");

        assertThat(draft.getString("follows")).isEqualTo(first);
        assertThat(CALLS.written(second).getInteger("audience")).isEqualTo(3);
        assertThat(GATEWAY.sql()
                        .text(
                                "SELECT string_agg(recipient || substring(body from 'A[0-9]'), ' ' ORDER BY recipient) FROM message"
                                        + " WHERE campaign_id = '" + second + "'"))
                .isEqualTo("ann@example.comA0 p2@example.comA2 p4@example.comA4");
    }

    @Test
    void is_repeated_for_those_who_joined_since() {
        TestUsers.put(GATEWAY, "ann", new JsonObject().put("email", "ann@example.com"));
        String first = CALLS.draft(CampaignCalls.emails()
                .put("users", new JsonObject())
                .put("data", new JsonObject().put("order_id", "A").put("url", "https://example.com")));
        CALLS.acted(first, "launch");
        CALLS.written(first);
        CALLS.settle(first, "delivered", "true");
        CALLS.awaitStatus(first, "completed");
        TestUsers.put(GATEWAY, "bob", new JsonObject().put("email", "bob@example.com"));

        String second = RunningGateway.json(
                        GATEWAY.post("/v1/campaigns/" + first + "/missed", new JsonObject().put("joined", true)))
                .getString("id");
        CALLS.acted(second, "launch");

        assertThat(CALLS.written(second).getInteger("audience")).isOne();
        assertThat(TestUsers.send(GATEWAY, "PATCH", "/v1/campaigns/" + second, rate(new JsonObject(), 10))
                        .statusCode())
                .isEqualTo(200);
        assertThat(GATEWAY.sql().text("SELECT recipient FROM message WHERE campaign_id = '" + second + "'"))
                .isEqualTo("bob@example.com");
    }

    @Test
    void makes_many_counts_one_and_loses_none() {
        String id = CALLS.draftOf(CampaignCalls.emails(), 200);
        CALLS.acted(id, "launch");
        CALLS.written(id);
        for (int i = 1; i <= 150; i++) {
            CALLS.settle(id, "delivered", "recipient = 'p" + i + "@example.com'");
        }

        await().until(() -> GATEWAY.sql().count("SELECT count(*) FROM campaign_count") < 70);

        assertThat(CALLS.progress(id).getJsonObject("accepted").getJsonObject("by_status"))
                .isEqualTo(new JsonObject().put("delivered", 150).put("queued", 50));
    }

    private static JsonObject rate(JsonObject campaign, int perSecond) {
        return campaign.put("rate", new JsonObject().put("per_second", perSecond));
    }

    /** By a worker, for its first attempt. */
    private static void claimed(String id, String recipient) {
        GATEWAY.sql()
                .execute("UPDATE message SET status = 'sending', attempt = 1, claimed_at = now() WHERE campaign_id = '"
                        + id + "' AND recipient = '" + recipient + "'");
    }

    private static long held(String id) {
        return count(id, "o.due_at = 'infinity'");
    }

    private static long count(String id, String which) {
        return GATEWAY.sql().count("SELECT count(*) FROM outbox o WHERE o.campaign_id = '" + id + "' AND " + which);
    }
}
