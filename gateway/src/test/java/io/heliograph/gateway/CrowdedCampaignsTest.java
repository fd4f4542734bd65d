package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Campaigns beside many others, and beside some that fail again and again. */
class CrowdedCampaignsTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final CampaignCalls CALLS = new CampaignCalls(GATEWAY);

    @Test
    void is_held_though_a_thousand_others_come_before_it() {
        GATEWAY.sql()
                .execute("INSERT INTO campaign (id, account_id, status, at_work, name, type, channel)"
                        + " SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, "
                        + CampaignCalls.ACCOUNT
                        + ", 'paused', true, 'Other', 'feedback_request', 'email' FROM generate_series(1, 1000) n");
        String id = written(2);

        CALLS.acted(id, "pause");

        await().atMost(Duration.ofSeconds(30)).until(() -> held(id) == 2);
    }

    @Test
    void is_held_though_a_step_for_another_fails() {
        String first = written(2);
        String second = written(2);
        GATEWAY.sql().execute(refusing("UPDATE ON outbox", "NEW.campaign_id = '" + first + "'"));
        try {
            CALLS.acted(first, "pause");
            CALLS.acted(second, "pause");

            await().until(() -> held(second) == 2);
            assertThat(held(first)).isZero();
        } finally {
            GATEWAY.sql().execute("DROP TRIGGER refuse ON outbox; DROP FUNCTION refuse");
        }
        await().until(() -> held(first) == 2);
    }

    @Test
    void is_held_though_the_audience_of_another_cannot_be_looked_for() {
        TestUsers.ann(GATEWAY);
        String searched = CALLS.draft(CampaignCalls.emails()
                .put("users", new JsonObject())
                .put("data", new JsonObject().put("order_id", "A").put("url", "https://example.com")));
        String other = written(2);
        GATEWAY.sql().execute(refusing("INSERT ON campaign_recipient", "true"));
        try {
            CALLS.acted(searched, "launch");
            CALLS.acted(other, "pause");

            await().until(() -> held(other) == 2);
            assertThat(CALLS.progress(searched).getInteger("audience")).isZero();
        } finally {
            GATEWAY.sql().execute("DROP TRIGGER refuse ON campaign_recipient; DROP FUNCTION refuse");
        }
        assertThat(CALLS.written(searched).getInteger("audience")).isOne();
    }

    @Test
    void is_given_no_more_chunks_while_thirty_two_of_it_are_not_done() {
        String first = CALLS.draftOf(CampaignCalls.emails(), 1);
        GATEWAY.sql()
                .execute(
                        "INSERT INTO campaign_chunk (campaign_id, after_row, last_row, slot_at, gap_seconds, leased_until)"
                                + " SELECT '" + first
                                + "', 1000 + n, 1000 + n, now(), 0, 'infinity' FROM generate_series(1, 32) n");

        CALLS.acted(first, "launch");
        String _ = written(1);

        assertThat(CALLS.messages(first)).isZero();
        GATEWAY.sql().execute("DELETE FROM campaign_chunk WHERE after_row = 1001");
        assertThat(CALLS.written(first).getJsonObject("accepted").getInteger("total"))
                .isOne();
    }

    @Test
    void spreads_a_chunk_that_was_left_behind_from_now_on() {
        String id = CALLS.draftOf(CampaignCalls.emails().put("rate", new JsonObject().put("per_second", 5)), 5);
        GATEWAY.sql().execute(refusing("INSERT ON campaign_count", "true"));
        CALLS.acted(id, "launch");
        await().until(() -> GATEWAY.sql().count("SELECT count(*) FROM campaign_chunk") == 1);

        GATEWAY.sql()
                .execute("DROP TRIGGER refuse ON campaign_count; DROP FUNCTION refuse;"
                        + " UPDATE campaign_chunk SET slot_at = now() - interval '1 hour', leased_until = now()");

        CALLS.written(id);
        assertThat(GATEWAY.sql()
                        .text("SELECT extract(epoch FROM max(due_at) - min(due_at))::numeric(4, 1) FROM outbox"))
                .isEqualTo("0.8");
    }

    /** A campaign of which everything is written. */
    private static String written(int persons) {
        String id = CALLS.draftOf(CampaignCalls.emails(), persons);
        CALLS.acted(id, "launch");
        CALLS.written(id);
        return id;
    }

    private static String refusing(String what, String when) {
        return "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not now'; END $$;"
                + " CREATE TRIGGER refuse BEFORE " + what + " FOR EACH ROW WHEN (" + when
                + ") EXECUTE FUNCTION refuse()";
    }

    private static long held(String id) {
        return GATEWAY.sql()
                .count("SELECT count(*) FROM outbox WHERE campaign_id = '" + id + "' AND due_at = 'infinity'");
    }
}
