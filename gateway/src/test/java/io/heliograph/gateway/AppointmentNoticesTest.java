package io.heliograph.gateway;

import static io.heliograph.gateway.AppointmentCalls.PHONE;
import static io.heliograph.gateway.AppointmentCalls.code;
import static io.heliograph.gateway.AppointmentCalls.ravi;
import static io.heliograph.gateway.AppointmentCalls.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is told by what, who is not and why; and everything that was told is found again. */
class AppointmentNoticesTest {
    private static final TestClock CLOCK = new TestClock("2040-01-10T10:00:00+05:30");
    private static final String FRIDAY = "2040-01-13T10:00:00+05:30";

    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway(TestDatabase.fresh(), Map.of(), CLOCK);

    private static final AppointmentCalls CALLS = new AppointmentCalls(GATEWAY);
    private static final EventCalls USERS = new EventCalls(GATEWAY);

    @BeforeEach
    void a_clinic_with_a_doctor() {
        CLOCK.set("2040-01-10T10:00:00+05:30");
        CALLS.open();
    }

    private static JsonObject user(String id) {
        return new JsonObject().put("name", "Maya").put("user", id);
    }

    @Test
    void tells_a_user_at_their_own_number_and_in_their_own_language() {
        USERS.user("maya", new JsonObject().put("phone", PHONE).put("locale", "hi"));

        JsonObject visit = CALLS.booked(wish(FRIDAY, user("maya")));

        JsonObject notice = CALLS.told(visit, "appointment_confirmed");
        assertThat(notice.getString("to")).isEqualTo(PHONE);
        assertThat(notice.getString("text")).contains("पक्का", "10:00 बजे");
        assertThat(
                        GATEWAY.sql()
                                .text(
                                        "SELECT user_id || ' ' || purpose || ' ' || notification_type || ' ' || reference FROM message"))
                .isEqualTo("maya transactional appointment_confirmed " + visit.getString("booking_id"));
    }

    @Test
    void tells_a_user_who_has_switched_it_off_nothing_and_books_all_the_same() {
        USERS.user("maya", new JsonObject().put("phone", PHONE));
        JsonObject off = new JsonObject()
                .put("preferences", new JsonObject().put("appointments", new JsonObject().put("sms", false)));
        assertThat(TestUsers.send(GATEWAY, "PATCH", "/v1/users/maya/preferences", off)
                        .statusCode())
                .isEqualTo(200);

        JsonObject visit = CALLS.booked(wish(FRIDAY, user("maya")));

        JsonObject notice = CALLS.told(visit, "appointment_confirmed");
        assertThat(notice.getString("status")).isEqualTo("skipped");
        assertThat(notice.getString("reason")).isEqualTo("disabled_by_user");
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isZero();
    }

    @Test
    void tells_a_user_without_a_yes_only_what_they_wait_for() {
        USERS.user("maya", new JsonObject().put("phone", PHONE));
        JsonObject visit = CALLS.booked(wish(FRIDAY, user("maya")));
        CLOCK.set(FRIDAY);

        JsonObject _ = CALLS.acted(visit, "complete");

        assertThat(CALLS.told(visit, "appointment_confirmed").getString("to")).isEqualTo(PHONE);
        assertThat(CALLS.told(visit, "appointment_completed").getString("reason"))
                .isEqualTo("not_consented");
    }

    @Test
    void books_a_user_without_an_address_and_refuses_one_whom_nobody_knows() {
        USERS.user("maya", new JsonObject().put("email", "maya@example.com"));

        JsonObject visit = CALLS.booked(wish(FRIDAY, user("maya")));

        assertThat(CALLS.told(visit, "appointment_confirmed").getString("reason"))
                .isEqualTo("no_address");
        assertThat(code(CALLS.book(wish("2040-01-13T10:30:00+05:30", user("nobody")))))
                .isEqualTo("404 unknown_user");
    }

    @Test
    void tells_by_what_the_booking_has_brought_where_the_clinic_tells_by_something_else() {
        JsonObject byEmail = new JsonObject().put("name", "Tom").put("email", "tom@example.com");
        JsonObject emailed = CALLS.booked(wish("2040-01-13T10:30:00+05:30", byEmail));
        CALLS.open(AppointmentCalls.clinic().put("notify", new JsonArray().add("email")));

        JsonObject texted = CALLS.booked(wish(FRIDAY, ravi()));

        assertThat(CALLS.told(emailed, "appointment_confirmed").getString("to")).isEqualTo("tom@example.com");
        JsonObject notice = CALLS.told(texted, "appointment_confirmed");
        assertThat(notice.getString("channel") + " " + notice.getString("to")).isEqualTo("sms " + PHONE);
        assertThat(texted.getJsonArray("notify")).isEqualTo(new JsonArray().add("sms"));
    }

    @Test
    void writes_to_nobody_who_has_opted_out() {
        JsonObject _ = CALLS.put(
                "/v1/suppressions",
                new JsonObject().put("channel", "sms").put("person", PHONE).put("source", "letter"));

        JsonObject visit = CALLS.booked(FRIDAY);

        assertThat(CALLS.told(visit, "appointment_confirmed").getString("reason"))
                .isEqualTo("recipient_opted_out");
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isZero();
        assertThat(CALLS.show(visit).getString("status")).isEqualTo("booked");
    }

    @Test
    void tells_a_reminder_that_would_wake_somebody_in_the_morning() {
        USERS.settings(new JsonObject()
                .put(
                        "quiet_hours",
                        new JsonArray()
                                .add(new JsonObject().put("from", "21:00").put("to", "09:30"))));
        JsonObject visit = CALLS.booked("2040-01-13T09:00:00+05:30");
        CLOCK.set("2040-01-12T09:00:00+05:30");

        JsonObject reminder = CALLS.told(visit, "appointment_reminder_24h");

        assertThat(reminder.getString("status")).isEqualTo("scheduled");
        assertThat(reminder.getString("send_at")).isEqualTo("2040-01-12T04:00:00Z");
        assertThat(GATEWAY.sql()
                        .text("SELECT expires_at AT TIME ZONE 'UTC' FROM message WHERE id = '"
                                + reminder.getString("message_id") + "'"))
                .isEqualTo("2040-01-13 01:30:00");
    }

    @Test
    void says_what_the_account_has_written() {
        String path = "/v1/templates/appointment_confirmed/sms/en";
        JsonObject _ = CALLS.put(
                path + "/draft", new JsonObject().put("text", "{{name}}, see {{doctor}} on {{date}}. {{booking_id}}"));
        assertThat(GATEWAY.post(path + "/publish", "").statusCode()).isBetween(200, 201);

        JsonObject visit = CALLS.booked(FRIDAY);

        assertThat(CALLS.told(visit, "appointment_confirmed").getString("text"))
                .isEqualTo("Ravi, see Dr. Rao on Fri 13 Jan. " + visit.getString("booking_id"));
    }

    @Test
    void finds_notices_by_what_anybody_may_know_of_them() {
        JsonObject visit = CALLS.booked(FRIDAY);
        JsonObject other = CALLS.booked(wish(
                "2040-01-13T10:30:00+05:30", new JsonObject().put("name", "Tom").put("phone", "+15005550010")));
        JsonObject _ = CALLS.acted(visit, "cancel");
        String message = CALLS.told(visit, "appointment_cancelled").getString("message_id");
        GATEWAY.sql()
                .execute(
                        "INSERT INTO attempt (message_id, n, provider, provider_message_id, outcome, code, started_at, finished_at)"
                                + " VALUES ('" + message + "', 1, 'twilio', 'SM17', 'accepted', NULL, now(), now());"
                                + " WITH sent AS (UPDATE message SET status = 'sent', settled_at = now(), sent_at = now(), provider = 'twilio'"
                                + " WHERE id = '" + message
                                + "' RETURNING id) DELETE FROM outbox USING sent WHERE message_id = id");

        assertThat(CALLS.notices("")).hasSize(3);
        assertThat(CALLS.notices("booking_id=" + visit.getString("booking_id").toLowerCase(Locale.ROOT)))
                .hasSize(2);
        assertThat(CALLS.notices("phone=%2B15005550010"))
                .extracting(notice -> notice.getString("booking_id"))
                .containsExactly(other.getString("booking_id"));
        assertThat(CALLS.notices("provider_message_id=SM17"))
                .extracting(notice -> notice.getString("id"))
                .containsExactly(message);
        assertThat(CALLS.notices("kind=appointment_cancelled&status=sent"))
                .extracting(notice -> notice.getString("provider_message_id"))
                .containsExactly("SM17");
        assertThat(CALLS.notices("status=queued")).hasSize(1);
        assertThat(CALLS.notices("status=canceled"))
                .extracting(notice -> notice.getString("kind") + " " + notice.getString("reason"))
                .containsExactly("appointment_confirmed superseded");
        assertThat(CALLS.notices("created_after=2200-01-01T00:00:00Z")).isEmpty();
        assertThat(CALLS.notices("created_before=2020-01-01T00:00:00Z")).isEmpty();
        JsonObject page = TestUsers.get(GATEWAY, "/v1/appointments/notices?limit=2");
        assertThat(CALLS.notices("limit=2&cursor=" + page.getString("next_cursor")))
                .hasSize(1);
        assertThat(code(GATEWAY.get("/v1/appointments/notices?booking_id=17&kind=x")))
                .isEqualTo("400 not_allowed");
    }

    @Test
    void tells_nobody_of_the_visits_of_somebody_else_with_the_same_number() {
        JsonObject shared = new JsonObject().put("phone", PHONE);
        USERS.user("maya", shared.copy().put("email", "maya@example.com"));
        JsonObject alone =
                CALLS.booked(wish("2040-01-13T11:00:00+05:30", ravi()).put("notes", "A cough"));
        assertThat(TestUsers.get(GATEWAY, "/v1/users/maya/export").encode()).contains("Ravi", "A cough");
        USERS.user("tom", shared);
        JsonObject own = CALLS.booked(wish(FRIDAY, user("maya").put("phone", PHONE)));
        JsonObject others = CALLS.booked(wish(
                "2040-01-13T10:30:00+05:30",
                new JsonObject().put("name", "Thomas").put("user", "tom").put("phone", PHONE)));

        String exported = TestUsers.get(GATEWAY, "/v1/users/maya/export")
                .getJsonArray("appointments")
                .encode();

        assertThat(exported)
                .contains(own.getString("booking_id"), "Maya", alone.getString("booking_id"))
                .doesNotContain(others.getString("booking_id"), "Thomas", "tom", "Ravi", "A cough");
    }

    @Test
    void goes_on_behind_a_page_on_which_little_was_found() {
        JsonObject visit = CALLS.booked(FRIDAY);
        String appointment = "'" + visit.getString("id") + "'";
        GATEWAY.sql()
                .execute(
                        "INSERT INTO appointment_notice (appointment_id, revision, kind, channel, account_id, id, reason, created_at)"
                                + " SELECT " + appointment
                                + ", n, 'follow_up', 'sms', account_id, uuid_v7_now(), 'no_address', now()"
                                + " FROM clinic, generate_series(2, 5100) n");

        JsonObject first = TestUsers.get(GATEWAY, "/v1/appointments/notices?status=queued");
        JsonObject second = TestUsers.get(
                GATEWAY, "/v1/appointments/notices?status=queued&cursor=" + first.getString("next_cursor"));

        assertThat(first.getJsonArray("notices")).isEmpty();
        assertThat(second.getJsonArray("notices")).hasSize(1);
        assertThat(second.getString("next_cursor")).isNull();
        assertThat(CALLS.notices("kind=appointment_confirmed")).hasSize(1);
        assertThat(CALLS.notices("phone=%2B919876543210&status=queued&booking_id=" + visit.getString("booking_id")))
                .hasSize(1);
        assertThat(CALLS.notices("phone=%2B15005550010&booking_id=" + visit.getString("booking_id")))
                .isEmpty();
    }

    @Test
    void leaves_a_visit_without_its_patient_when_they_are_erased() {
        USERS.user("maya", new JsonObject().put("phone", PHONE).put("email", "maya@example.com"));
        JsonObject own = CALLS.booked(wish(FRIDAY, user("maya")).put("notes", "Maya's knee"));
        JsonObject byNumber = CALLS.booked(wish("2040-01-13T10:30:00+05:30", ravi()));

        JsonArray exported = TestUsers.get(GATEWAY, "/v1/users/maya/export").getJsonArray("appointments");
        JsonObject erasure = RunningGateway.json(TestUsers.delete(GATEWAY, "/v1/users/maya"));

        assertThat(exported.encode()).contains(own.getString("booking_id"), byNumber.getString("booking_id"), "knee");
        assertThat(erasure.getJsonObject("counts").getInteger("appointment")).isEqualTo(2);
        assertThat(GATEWAY.sql().text("SELECT string_agg(a::text, ' ') FROM appointment a"))
                .doesNotContain("maya", "Maya", "Ravi", "9876543210");
        assertThat(CALLS.plan(own)).isEmpty();
        assertThat(CALLS.show(own).getString("status")).isEqualTo("booked");
        JsonObject _ = CALLS.acted(own, "cancel");
        assertThat(CALLS.told(own, "appointment_cancelled").getString("reason")).isEqualTo("no_address");
        await().untilAsserted(() -> assertThat(GATEWAY.sql().text("SELECT string_agg(m::text, ' ') FROM message m"))
                .doesNotContain("9876543210"));
    }
}
