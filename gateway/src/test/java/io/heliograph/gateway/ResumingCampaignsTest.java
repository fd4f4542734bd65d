package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a pause held is asked once more when it is let go, as if it were written then. */
class ResumingCampaignsTest {
    private static final TestClock CLOCK = new TestClock("2040-01-10T06:30:00Z");

    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway(TestDatabase.fresh(), Map.of(), CLOCK);

    private static final CampaignCalls CALLS = new CampaignCalls(GATEWAY);
    private static final EventCalls EVENTS = new EventCalls(GATEWAY);

    @BeforeEach
    void quiet_nights_in_india() {
        // Noon there.
        CLOCK.set("2040-01-10T06:30:00Z");
        EVENTS.settings(new JsonObject()
                .put("time_zone", "Asia/Kolkata")
                .put(
                        "quiet_hours",
                        new JsonArray()
                                .add(new JsonObject().put("from", "21:00").put("to", "08:00"))));
    }

    @Test
    void lets_it_wait_for_the_morning_where_it_is_night_for_the_recipient() {
        EVENTS.user("liz", new JsonObject().put("email", "liz@example.com").put("time_zone", "Africa/Cairo"));
        String id = CALLS.draft(CampaignCalls.emails());
        CALLS.uploaded(id, "user,email,order_id\nliz,,A1\n,p1@example.com,A2\n,p2@example.com,A3\n");
        CALLS.acted(id, "launch");
        CALLS.written(id);
        paused(id, 3);

        CLOCK.set("2040-01-10T17:00:00Z");
        CALLS.acted(id, "resume");

        await().until(() -> held(id) == 0);
        assertThat(GATEWAY.sql()
                        .text(
                                "SELECT string_agg(concat_ws(' ', recipient, status, reason, send_at AT TIME ZONE 'UTC'), ', '"
                                        + " ORDER BY recipient) FROM message"))
                .isEqualTo("liz@example.com queued, p1@example.com queued quiet_hours 2040-01-11 02:30:00,"
                        + " p2@example.com queued quiet_hours 2040-01-11 02:30:00");
        assertThat(
                        GATEWAY.sql()
                                .count(
                                        "SELECT count(*) FROM outbox o JOIN message m ON m.id = o.message_id WHERE o.due_at = m.send_at"))
                .isEqualTo(2);
        // The nine hours and a half are not taken from its three days.
        assertThat(
                        GATEWAY.sql()
                                .count(
                                        "SELECT count(*) FROM message WHERE expires_at > created_at + interval '3 days 9 hours'"))
                .isEqualTo(2);
        assertThat(TestUsers.get(GATEWAY, "/v1/ledger").getLong("violations")).isZero();
        CALLS.requireCounted(id);
    }

    @Test
    void lets_it_go_when_the_night_ends_as_it_does_now() {
        CLOCK.set("2040-01-10T17:00:00Z");
        String id = CALLS.draftOf(CampaignCalls.emails(), 1);
        CALLS.acted(id, "launch");
        CALLS.written(id);
        paused(id, 1);
        EVENTS.settings(new JsonObject()
                .put("time_zone", "Asia/Kolkata")
                .put(
                        "quiet_hours",
                        new JsonArray()
                                .add(new JsonObject().put("from", "21:00").put("to", "06:00"))));

        CALLS.acted(id, "resume");

        await().until(() -> held(id) == 0);
        assertThat(GATEWAY.sql()
                        .text("SELECT concat_ws(' ', m.send_at AT TIME ZONE 'UTC', o.due_at AT TIME ZONE 'UTC')"
                                + " FROM outbox o JOIN message m ON m.id = o.message_id"))
                .isEqualTo("2040-01-11 00:30:00 2040-01-11 00:30:00");
    }

    @Test
    void lets_promotions_wait_for_the_hours_of_the_law() {
        EVENTS.user(
                "ann", new JsonObject().put("phone", "+12125550143").put("time_zone", "America/New_York"), "marketing");
        CLOCK.set("2040-01-10T17:00:00Z");
        String id = CALLS.draft(CampaignCalls.offers().put("channel", "sms"));
        CALLS.uploaded(id, "user\nann\n");
        CALLS.acted(id, "launch");
        assertThat(CALLS.written(id).getJsonObject("accepted").getJsonObject("by_status"))
                .isEqualTo(new JsonObject().put("queued", 1));
        paused(id, 1);

        // Ten in the evening in New York.
        CLOCK.set("2040-01-11T03:00:00Z");
        CALLS.acted(id, "resume");

        await().until(() -> held(id) == 0);
        assertThat(GATEWAY.sql().text("SELECT concat_ws(' ', reason, send_at AT TIME ZONE 'UTC') FROM message"))
                .isEqualTo("promotional_hours 2040-01-11 13:00:00");
    }

    @Test
    void refuses_what_its_recipient_does_not_want_any_more() {
        for (String user : new String[] {"ann", "bob", "cas", "dan"}) {
            EVENTS.user(user, new JsonObject().put("email", user + "@example.com"));
        }
        String id = CALLS.draft(CampaignCalls.emails());
        CALLS.uploaded(id, "user,order_id\nann,A1\nbob,A2\ncas,A3\ndan,A4\n");
        CALLS.acted(id, "launch");
        CALLS.written(id);
        paused(id, 4);
        // A worker had claimed it before it was held.
        GATEWAY.sql()
                .execute(
                        "UPDATE message SET status = 'sending', attempt = 1, claimed_at = now() WHERE user_id = 'dan'");
        for (String user : new String[] {"ann", "dan"}) {
            TestUsers.send(
                    GATEWAY,
                    "PATCH",
                    "/v1/users/" + user + "/preferences",
                    new JsonObject()
                            .put(
                                    "preferences",
                                    new JsonObject().put("feedback", new JsonObject().put("email", false))));
        }
        assertThat(GATEWAY.post(
                                "/v1/users/bob/consents",
                                new JsonObject()
                                        .put("channel", "email")
                                        .put("purpose", "transactional")
                                        .put("change", "withdraw")
                                        .put("source", "call"))
                        .statusCode())
                .isEqualTo(201);

        CALLS.acted(id, "resume");

        await().until(() -> held(id) == 0);
        assertThat(
                        GATEWAY.sql()
                                .text(
                                        "SELECT string_agg(concat_ws(' ', user_id, status, reason), ', ' ORDER BY user_id) FROM message"))
                .isEqualTo("ann refused disabled_by_user, bob refused recipient_opted_out, cas queued, dan sending");
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM outbox")).isEqualTo(2);
        assertThat(TestUsers.get(GATEWAY, "/v1/ledger").getLong("violations")).isZero();
        CALLS.requireCounted(id);
    }

    @Test
    void leaves_what_has_grown_too_old_to_the_claim() {
        String id = CALLS.draftOf(CampaignCalls.emails(), 1);
        CALLS.acted(id, "launch");
        CALLS.written(id);
        paused(id, 1);
        GATEWAY.sql().execute("UPDATE message SET expires_at = now() - interval '1 second'");

        CLOCK.set("2040-01-10T17:00:00Z");
        CALLS.acted(id, "resume");

        await().until(() -> held(id) == 0);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM outbox WHERE due_at <= now()"))
                .isOne();
    }

    @Test
    void lets_it_go_before_all_that_is_not_written_yet_and_no_further_ahead_than_its_rate() {
        String id = CALLS.draftOf(rate(CampaignCalls.emails(), 20), 500);
        CALLS.acted(id, "launch");
        await().until(() -> CALLS.messages(id) >= 40);
        CALLS.acted(id, "pause");
        long before = CALLS.messages(id);
        await().until(() -> held(id) == before);
        String last = GATEWAY.sql().text("SELECT max(id::text) FROM message");

        CALLS.acted(id, "resume");

        await().until(() -> held(id) < before);
        assertThat(held(id)).isGreaterThanOrEqualTo(before - 41);
        await().until(() -> CALLS.messages(id) > before);
        assertThat(held(id)).isZero();
        assertThat(GATEWAY.sql()
                        .text("SELECT max(due_at) FILTER (WHERE message_id <= '" + last
                                + "') < min(due_at) FILTER (WHERE message_id > '" + last + "') FROM outbox"))
                .isEqualTo("t");
        assertThat(GATEWAY.sql()
                        .text(
                                "SELECT min(gap) > interval '49 milliseconds' FROM (SELECT due_at - lag(due_at) OVER (ORDER BY due_at) AS gap"
                                        + " FROM outbox WHERE message_id <= '" + last + "') g"))
                .isEqualTo("t");
    }

    @Test
    void lets_nothing_go_of_what_is_paused_again_meanwhile() throws Exception {
        String id = CALLS.draftOf(CampaignCalls.emails(), 3);
        CALLS.acted(id, "launch");
        CALLS.written(id);
        GATEWAY.sql()
                .execute("CREATE TABLE gone (n int); CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN INSERT INTO gone VALUES (1); RETURN NULL; END $$;"
                        + " CREATE TRIGGER note AFTER UPDATE ON outbox FOR EACH ROW WHEN (NEW.due_at < 'infinity')"
                        + " EXECUTE FUNCTION note()");
        try (Connection pausing = TestDatabase.connect(GATEWAY.sql().url());
                Statement statement = pausing.createStatement()) {
            pausing.setAutoCommit(false);
            boolean _ = statement.execute("SELECT FROM campaign WHERE id = '" + id + "' FOR UPDATE");
            GATEWAY.sql().execute("UPDATE outbox SET due_at = 'infinity'");
            // Whoever lets them go has seen that it runs, and waits for it.
            await().until(() -> GATEWAY.sql()
                            .count("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                    + " AND datname = current_database()")
                    > 0);
            boolean _ = statement.execute("UPDATE campaign SET status = 'paused' WHERE id = '" + id + "'");
            pausing.commit();
            await().until(() -> GATEWAY.sql()
                            .count("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                    + " AND datname = current_database()")
                    == 0);

            assertThat(held(id)).isEqualTo(3);
            assertThat(GATEWAY.sql().count("SELECT count(*) FROM gone")).isZero();
        } finally {
            GATEWAY.sql().execute("DROP TRIGGER note ON outbox; DROP FUNCTION note; DROP TABLE gone");
        }
    }

    private static void paused(String id, int messages) {
        CALLS.acted(id, "pause");
        await().until(() -> held(id) == messages);
    }

    private static long held(String id) {
        return GATEWAY.sql()
                .count("SELECT count(*) FROM outbox WHERE campaign_id = '" + id + "' AND due_at = 'infinity'");
    }

    private static JsonObject rate(JsonObject campaign, int perSecond) {
        return campaign.put("rate", new JsonObject().put("per_second", perSecond));
    }
}
