package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator sees of campaigns, and by what is told that one gets nowhere. */
class CampaignMetersTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final CampaignCalls CALLS = new CampaignCalls(GATEWAY);

    @Test
    void counts_who_is_written_to_and_who_is_passed_over() {
        TestUsers.put(GATEWAY, "bob", new JsonObject().put("phone", "+15005550012"));
        TestUsers.put(GATEWAY, "dan", new JsonObject().put("email", "dan@example.com"));
        assertThat(TestUsers.send(
                                GATEWAY,
                                "PUT",
                                "/v1/suppressions",
                                new JsonObject()
                                        .put("channel", "email")
                                        .put("person", "dan@example.com")
                                        .put("source", "letter"))
                        .statusCode())
                .isBetween(200, 201);
        double written = rows("written", "none");
        String id = CALLS.draft(CampaignCalls.emails());
        CALLS.uploaded(id, "user,email,order_id\n,p1@example.com,A1\n,p2@example.com,A2\nbob,,A3\ndan,,A4\n");

        CALLS.acted(id, "launch");
        CALLS.written(id);

        // Counted after the commit.
        await().until(() -> rows("written", "none") == written + 2);
        assertThat(rows("skipped", "no_address")).isOne();
        assertThat(rows("skipped", "recipient_opted_out")).isOne();
        assertThat(rows("skipped", "capped")).isZero();
    }

    @Test
    void tells_how_many_are_open_and_where_they_stand() {
        CALLS.acted(CALLS.draftOf(CampaignCalls.emails(), 1), "launch");
        CALLS.acted(CALLS.draftOf(CampaignCalls.emails().put("send_at", "2041-01-01T00:00:00Z"), 1), "launch");
        String paused = CALLS.draftOf(CampaignCalls.emails(), 1);
        CALLS.acted(paused, "launch");
        CALLS.acted(paused, "pause");

        awaitMetric("heliograph_campaign_open{status=\"running\"}", 1);
        awaitMetric("heliograph_campaign_open{status=\"scheduled\"}", 1);
        awaitMetric("heliograph_campaign_open{status=\"paused\"}", 1);
        assertThat(GATEWAY.metric("heliograph_campaign_stuck")).isZero();
    }

    @Test
    void tells_of_a_chunk_that_fails_again_and_again() {
        double failures = GATEWAY.metric("heliograph_campaign_chunk_failures_total");
        String id = CALLS.draftOf(CampaignCalls.emails(), 1);
        GATEWAY.sql()
                .execute(
                        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                                + " $$ BEGIN RAISE EXCEPTION 'not now'; END $$;"
                                + " CREATE TRIGGER refuse BEFORE INSERT ON campaign_count FOR EACH ROW EXECUTE FUNCTION refuse()");
        try {
            CALLS.acted(id, "launch");
            await().until(() -> GATEWAY.metric("heliograph_campaign_chunk_failures_total") > failures);
            awaitMetric("heliograph_campaign_chunks{state=\"under_way\"}", 1);
            assertThat(GATEWAY.metric("heliograph_campaign_stuck")).isZero();

            GATEWAY.sql().execute("UPDATE campaign_chunk SET given_at = now() - interval '61 seconds'");

            awaitMetric("heliograph_campaign_chunks{state=\"late\"}", 1);
            awaitMetric("heliograph_campaign_stuck", 1);
            CALLS.acted(id, "pause");
            awaitMetric("heliograph_campaign_stuck", 0);
        } finally {
            GATEWAY.sql().execute("DROP TRIGGER refuse ON campaign_count; DROP FUNCTION refuse");
        }
    }

    @Test
    void tells_of_one_of_which_nobody_takes_the_next_chunk() {
        String id = CALLS.draftOf(CampaignCalls.emails(), 1);
        // As many as are given out of one, and not one of them late.
        GATEWAY.sql()
                .execute(
                        "INSERT INTO campaign_chunk (campaign_id, after_row, last_row, slot_at, gap_seconds, leased_until)"
                                + " SELECT '" + id
                                + "', 1000 + n, 1000 + n, now(), 0, 'infinity' FROM generate_series(1, 32) n");
        CALLS.acted(id, "launch");
        awaitMetric("heliograph_campaign_chunks{state=\"under_way\"}", 32);
        assertThat(GATEWAY.metric("heliograph_campaign_stuck")).isZero();

        GATEWAY.sql().execute("UPDATE campaign SET next_slot_at = now() - interval '61 seconds'");

        awaitMetric("heliograph_campaign_stuck", 1);
    }

    private static double rows(String result, String reason) {
        return GATEWAY.metric("heliograph_campaign_rows_total{reason=\"" + reason + "\",result=\"" + result + "\"}");
    }

    private static void awaitMetric(String name, double value) {
        await().atMost(Duration.ofSeconds(20)).until(() -> GATEWAY.metric(name) == value);
    }
}
