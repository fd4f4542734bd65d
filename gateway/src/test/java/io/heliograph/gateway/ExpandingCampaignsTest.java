package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From an audience to its messages: everybody once, and who is not told, for a reason. */
class ExpandingCampaignsTest {
    private static final DatabaseUrl DATABASE = TestDatabase.fresh();
    private static final TestClock CLOCK = new TestClock("2040-01-10T12:00:00Z");

    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway(DATABASE, Map.of(), CLOCK);

    private static final CampaignCalls CALLS = new CampaignCalls(GATEWAY);
    private static final EventCalls EVENTS = new EventCalls(GATEWAY);

    @BeforeEach
    void plain_settings() {
        CLOCK.set("2040-01-10T12:00:00Z");
        EVENTS.settings(new JsonObject());
    }

    @Test
    void asks_what_holds_when_the_message_is_written_and_not_when_the_file_came() {
        for (String id : new String[] {"ann", "bob", "cas", "dan", "eve"}) {
            EVENTS.user(id, new JsonObject().put("email", id + "@example.com"));
            consent(id, "grant");
        }
        String id = CALLS.draft(CampaignCalls.offers());
        CALLS.uploaded(id, "user,email\nann,\nbob,\ncas,\ndan,\neve,\nfay,\n,gus@example.com\n");
        consent("bob", "withdraw");
        GATEWAY.sql()
                .execute("INSERT INTO preference (account_id, user_id, category, channel, enabled, changed_at)"
                        + " VALUES (" + CampaignCalls.ACCOUNT + ", 'cas', 'marketing', 'email', false, now())");
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
        assertThat(TestUsers.delete(GATEWAY, "/v1/users/eve").statusCode()).isEqualTo(200);

        CALLS.acted(id, "launch");

        JsonObject progress = CALLS.written(id);
        assertThat(progress.getJsonObject("skipped").getJsonObject("by_reason"))
                .isEqualTo(new JsonObject()
                        .put("not_consented", 2)
                        .put("disabled_by_user", 1)
                        .put("recipient_opted_out", 1)
                        .put("unknown_user", 2));
        assertThat(progress.getJsonObject("accepted").getJsonObject("by_status"))
                .isEqualTo(new JsonObject().put("queued", 1));
        CALLS.requireCounted(id);
        assertThat(
                        GATEWAY.sql()
                                .text(
                                        "SELECT concat_ws(' ', recipient, user_id, lane, purpose, notification_type) FROM message"))
                .isEqualTo("ann@example.com ann bulk promotional promo_offer");
        assertThat(TestUsers.get(GATEWAY, "/v1/ledger").getLong("violations")).isZero();
    }

    @Test
    void believes_an_account_that_says_where_strangers_have_agreed() {
        String id = CALLS.draft(CampaignCalls.offers().put("consent_source", "fair of 2039"));
        CALLS.uploaded(id, "email\ngus@example.com\n");

        CALLS.acted(id, "launch");

        assertThat(CALLS.written(id).getJsonObject("accepted").getInteger("total"))
                .isOne();
    }

    @Test
    void tells_everybody_in_their_own_language_else_in_that_of_the_campaign() {
        String id = CALLS.draft(CampaignCalls.emails().put("locale", "hi"));
        CALLS.uploaded(
                id,
                "email,locale,order_id\na@example.com,en-GB,A\nb@example.com,hi-IN,B\nc@example.com,fr,C\nd@example.com,,D\n");

        CALLS.acted(id, "launch");
        CALLS.written(id);

        assertThat(GATEWAY.sql()
                        .text(
                                "SELECT string_agg(CASE WHEN body ~ '[\\u0900-\\u097F]' THEN 'hi' ELSE 'en' END, ' ' ORDER BY recipient)"
                                        + " FROM message"))
                .isEqualTo("en hi hi hi");
    }

    @Test
    void finds_users_by_what_is_known_of_them() {
        EVENTS.user("a", user("a").put("locale", "hi-IN").put("attributes", attributes("gold", "A1")));
        EVENTS.user("b", user("b").put("locale", "hi").put("attributes", attributes("gold", "B1")));
        EVENTS.user("c", user("c").put("locale", "hi").put("attributes", attributes("plain", "C1")));
        EVENTS.user("d", user("d").put("locale", "en").put("attributes", attributes("gold", "D1")));
        EVENTS.user("e", new JsonObject().put("locale", "hi").put("attributes", attributes("gold", "E1")));
        String id = CALLS.draft(CampaignCalls.emails()
                .put(
                        "users",
                        new JsonObject()
                                .put("locales", new JsonArray().add("hi"))
                                .put("attributes", new JsonObject().put("tier", "gold"))
                                .put("has_email", true)));
        CALLS.acted(id, "launch");

        assertThat(CALLS.written(id).getInteger("audience")).isEqualTo(2);
        assertThat(GATEWAY.sql()
                        .text(
                                "SELECT string_agg(user_id || ' ' || (body LIKE '%' || upper(user_id) || '1%'), ' ' ORDER BY user_id)"
                                        + " FROM message"))
                .isEqualTo("a true b true");
    }

    @Test
    void begins_at_its_time_which_may_be_told_by_a_place() {
        String id = CALLS.draftOf(
                CampaignCalls.emails().put("send_at", "2040-01-10T19:00:00").put("time_zone", "Asia/Kolkata"), 3);
        assertThat(CALLS.get(id).getString("send_at")).isEqualTo("2040-01-10T13:30:00Z");

        assertThat(CALLS.acted(id, "launch").getString("status")).isEqualTo("scheduled");
        CLOCK.set("2040-01-10T13:29:59Z");
        assertThat(CALLS.progress(id).getInteger("pending")).isEqualTo(3);
        assertThat(CALLS.get(id).getString("status")).isEqualTo("scheduled");

        CLOCK.set("2040-01-10T13:30:00Z");

        assertThat(CALLS.written(id).getJsonObject("accepted").getInteger("total"))
                .isEqualTo(3);
    }

    @Test
    void waits_for_the_morning_when_its_time_is_at_night() {
        EVENTS.user("liz", new JsonObject().put("email", "liz@example.com").put("time_zone", "Europe/London"));
        EVENTS.settings(new JsonObject()
                .put("time_zone", "Asia/Kolkata")
                .put(
                        "quiet_hours",
                        new JsonArray()
                                .add(new JsonObject().put("from", "21:00").put("to", "08:00"))));
        String id = CALLS.draft(
                CampaignCalls.emails().put("send_at", "2040-01-10T22:30:00").put("time_zone", "Asia/Kolkata"));
        CALLS.uploaded(id, "user,email,order_id\nliz,,A1\n,p1@example.com,A2\n");
        CALLS.acted(id, "launch");

        CLOCK.set("2040-01-10T17:00:00Z");

        CALLS.written(id);
        assertThat(GATEWAY.sql()
                        .text(
                                "SELECT string_agg(concat_ws(' ', recipient, status, send_at AT TIME ZONE 'UTC'), ', ' ORDER BY recipient)"
                                        + " FROM message"))
                .isEqualTo("liz@example.com queued, p1@example.com scheduled 2040-01-11 02:30:00");
    }

    @Test
    void lets_quiet_hours_pass_and_caps_hold() {
        EVENTS.settings(new JsonObject()
                .put("time_zone", "Asia/Kolkata")
                .put(
                        "quiet_hours",
                        new JsonArray()
                                .add(new JsonObject().put("from", "17:00").put("to", "18:00")))
                .put(
                        "caps",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("category", "feedback")
                                        .put("daily", 1))));
        // 17:30 in India.
        String first = CALLS.draftOf(CampaignCalls.emails(), 2);
        CALLS.acted(first, "launch");
        CALLS.written(first);
        String second = CALLS.draftOf(CampaignCalls.emails(), 3);
        CALLS.acted(second, "launch");

        assertThat(CALLS.progress(first).getJsonObject("accepted").getJsonObject("by_status"))
                .isEqualTo(new JsonObject().put("scheduled", 2));
        assertThat(GATEWAY.sql().text("SELECT DISTINCT send_at AT TIME ZONE 'UTC' FROM message"))
                .isEqualTo("2040-01-10 12:30:00");
        assertThat(CALLS.written(second).getJsonObject("skipped").getJsonObject("by_reason"))
                .isEqualTo(new JsonObject().put("capped", 2));
        CALLS.requireCounted(second);
    }

    @Test
    void writes_to_everybody_once_though_it_dies_again_and_again_and_others_go_on() throws Exception {
        String id = CALLS.draftOf(CampaignCalls.emails(), 12_000);
        try (RunningGateway other = new RunningGateway(DATABASE, Map.of(), CLOCK)) {
            CALLS.acted(id, "launch");
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                // What a killed process leaves: its transactions are gone, and what it had taken is free when the lease
                // is over.
                GATEWAY.sql()
                        .execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE application_name = 'heliograph-gateway-campaigns' AND state LIKE '%in transaction%'"
                                + " AND datname = current_database();"
                                + " UPDATE campaign_chunk SET leased_until = now()");
                return CALLS.progress(id).getInteger("pending") < 4_000;
            });
            JsonObject progress = CALLS.written(id);

            assertThat(progress.getJsonObject("accepted").getInteger("total")).isEqualTo(12_000);
            assertThat(other.metrics()).isNotEmpty();
        }
        assertThat(CALLS.messages(id)).isEqualTo(12_000);
        assertThat(GATEWAY.sql().count("SELECT count(DISTINCT recipient) FROM message"))
                .isEqualTo(12_000);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM outbox WHERE campaign_id IS NOT NULL"))
                .isEqualTo(12_000);
        CALLS.requireCounted(id);
    }

    @Test
    void undoes_a_chunk_that_fails_as_a_whole_and_writes_it_later() {
        String id = CALLS.draftOf(CampaignCalls.emails(), 3);
        GATEWAY.sql()
                .execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN RAISE EXCEPTION 'not now'; END $$;"
                        + " CREATE TRIGGER refuse BEFORE INSERT ON campaign_count FOR EACH ROW WHEN (NEW.kind = 'message')"
                        + " EXECUTE FUNCTION refuse()");
        try {
            CALLS.acted(id, "launch");
            // Given back for 15 s, which is less than a lease; its slot is from when it was taken.
            await().until(() -> GATEWAY.sql()
                            .count(
                                    "SELECT count(*) FROM campaign_chunk"
                                            + " WHERE leased_until - slot_at BETWEEN interval '14 seconds' AND interval '19 seconds'")
                    == 1);

            assertThat(CALLS.messages(id)).isZero();
            assertThat(CALLS.progress(id).getInteger("pending")).isEqualTo(3);
        } finally {
            GATEWAY.sql()
                    .execute("DROP TRIGGER refuse ON campaign_count; DROP FUNCTION refuse;"
                            + " UPDATE campaign_chunk SET leased_until = now()");
        }

        assertThat(CALLS.written(id).getJsonObject("accepted").getInteger("total"))
                .isEqualTo(3);
        assertThat(CALLS.messages(id)).isEqualTo(3);
    }

    private static JsonObject user(String id) {
        return new JsonObject().put("email", id + "@example.com");
    }

    private static JsonObject attributes(String tier, String order) {
        return new JsonObject().put("tier", tier).put("order_id", order).put("visits", 3);
    }

    private static void consent(String user, String change) {
        assertThat(GATEWAY.post(
                                "/v1/users/" + user + "/consents",
                                new JsonObject()
                                        .put("channel", "email")
                                        .put("purpose", "promotional")
                                        .put("change", change)
                                        .put("source", "form"))
                        .statusCode())
                .isEqualTo(201);
    }
}
