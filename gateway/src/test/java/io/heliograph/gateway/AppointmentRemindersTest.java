package io.heliograph.gateway;

import static io.heliograph.gateway.AppointmentCalls.code;
import static io.heliograph.gateway.AppointmentCalls.ravi;
import static io.heliograph.gateway.AppointmentCalls.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who has a visit is reminded of it at the right time, in the words of that time, once; by however many gateways. */
class AppointmentRemindersTest {
    private static final TestClock CLOCK = new TestClock("2040-01-10T10:00:00+05:30");
    private static final String FRIDAY = "2040-01-13T10:00:00+05:30";
    private static final String SATURDAY = "2040-01-14T15:30:00+05:30";

    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway(TestDatabase.fresh(), Map.of(), CLOCK);

    private static final RunningGateway ANOTHER =
            new RunningGateway(GATEWAY.sql().url(), Map.of(), CLOCK);
    private static final AppointmentCalls CALLS = new AppointmentCalls(GATEWAY);

    @AfterAll
    static void stop() throws Exception {
        ANOTHER.close();
    }

    @BeforeEach
    void a_clinic_with_a_doctor() {
        CLOCK.set("2040-01-10T10:00:00+05:30");
        CALLS.open();
    }

    @Test
    void reminds_a_day_before_and_two_hours_before_and_asks_how_it_was() {
        JsonObject visit = CALLS.booked(FRIDAY);

        CLOCK.set("2040-01-12T10:00:00+05:30");
        JsonObject day = CALLS.told(visit, "appointment_reminder_24h");
        CLOCK.set("2040-01-13T08:00:00+05:30");
        JsonObject hours = CALLS.told(visit, "appointment_reminder_2h");
        CLOCK.set("2040-01-14T10:30:00+05:30");
        JsonObject after = CALLS.told(visit, "follow_up");

        assertThat(day.getString("text"))
                .isEqualTo("Reminder: you have an appointment at City Clinic on Fri 13 Jan, 10:00 AM."
                        + " To change it call +911123456789.");
        assertThat(hours.getString("text")).isEqualTo("Your appointment at City Clinic is on Fri 13 Jan at 10:00 AM.");
        assertThat(after.getString("text")).startsWith("Thank you for your visit to City Clinic.");
        // Never when the next is due, nor after the visit has begun.
        assertThat(validFor(day)).isEqualTo("22:00:00");
        assertThat(validFor(hours)).isEqualTo("02:00:00");
        assertThat(CALLS.kinds(visit))
                .containsExactly(
                        "follow_up", "appointment_reminder_2h", "appointment_reminder_24h", "appointment_confirmed");
        assertThat(CALLS.plan(visit)).isEmpty();
    }

    private static String validFor(JsonObject notice) {
        return GATEWAY.sql()
                .text("SELECT expires_at - created_at FROM message WHERE id = '" + notice.getString("message_id")
                        + "'");
    }

    @Test
    void plans_only_what_still_makes_sense() {
        CLOCK.set("2040-01-12T10:00:00+05:30");
        JsonObject tomorrow = CALLS.booked(FRIDAY);
        CLOCK.set("2040-01-13T08:30:00+05:30");
        JsonObject soon = CALLS.booked("2040-01-13T10:30:00+05:30");

        assertThat(CALLS.plan(tomorrow))
                .containsExactly("appointment_reminder_2h 2040-01-13T02:30:00Z", "follow_up 2040-01-14T05:00:00Z");
        assertThat(CALLS.plan(soon)).containsExactly("follow_up 2040-01-14T05:30:00Z");
    }

    @Test
    void leaves_out_what_comes_so_late_that_the_next_is_due() {
        JsonObject visit = CALLS.booked(FRIDAY);
        // No gateway ran for a day.
        CLOCK.set("2040-01-13T09:00:00+05:30");

        assertThat(CALLS.told(visit, "appointment_reminder_2h").getString("status"))
                .isEqualTo("queued");
        JsonObject day = CALLS.told(visit, "appointment_reminder_24h");
        assertThat(day.getString("status")).isEqualTo("skipped");
        assertThat(day.getString("reason")).isEqualTo("would_expire");
    }

    @Test
    void never_reminds_of_a_visit_that_has_begun() {
        JsonObject visit = CALLS.booked(FRIDAY);
        CLOCK.set("2040-01-13T10:00:00+05:30");

        assertThat(CALLS.told(visit, "appointment_reminder_2h").getString("reason"))
                .isEqualTo("would_expire");
        assertThat(CALLS.told(visit, "appointment_reminder_24h").getString("reason"))
                .isEqualTo("would_expire");
    }

    @Test
    void reminds_of_the_new_time_alone_when_a_visit_has_moved() {
        JsonObject visit = CALLS.booked(FRIDAY);
        JsonObject _ = CALLS.moved(visit, SATURDAY);
        JsonObject other = CALLS.booked(FRIDAY);

        CLOCK.set("2040-01-12T10:00:00+05:30");
        JsonObject _ = CALLS.told(other, "appointment_reminder_24h");
        CLOCK.set("2040-01-13T15:30:00+05:30");
        JsonObject reminder = CALLS.told(visit, "appointment_reminder_24h");

        assertThat(reminder.getString("text")).contains("Sat 14 Jan, 3:30 PM");
        assertThat(CALLS.kinds(visit))
                .containsExactly("appointment_reminder_24h", "appointment_rescheduled", "appointment_confirmed");
    }

    @Test
    void takes_back_a_reminder_that_waits_when_the_visit_moves_or_is_cancelled() {
        JsonObject moves = CALLS.booked(FRIDAY);
        JsonObject ends = CALLS.booked("2040-01-13T10:30:00+05:30");
        CLOCK.set("2040-01-12T10:30:00+05:30");
        JsonObject first = CALLS.told(moves, "appointment_reminder_24h");
        JsonObject second = CALLS.told(ends, "appointment_reminder_24h");

        JsonObject _ = CALLS.moved(moves, SATURDAY);
        JsonObject _ = CALLS.acted(ends, "cancel");

        assertThat(GATEWAY.sql().state(first.getString("message_id"))).isEqualTo("canceled settled");
        assertThat(GATEWAY.sql().state(second.getString("message_id"))).isEqualTo("canceled settled");
        assertThat(CALLS.plan(moves)).contains("appointment_reminder_24h 2040-01-13T10:00:00Z");
        assertThat(CALLS.plan(ends)).isEmpty();
        assertThat(TestUsers.get(GATEWAY, "/v1/ledger").getLong("violations")).isZero();
    }

    @Test
    void takes_back_what_waits_of_the_visit_as_it_was_so_that_nobody_hears_of_it_afterwards() {
        JsonObject visit = CALLS.booked(FRIDAY);
        JsonObject other = CALLS.booked("2040-01-13T10:30:00+05:30");
        String claimed = CALLS.told(other, "appointment_confirmed").getString("message_id");
        GATEWAY.sql()
                .execute("UPDATE message SET status = 'sending', attempt = 1, claimed_at = now() WHERE id = '" + claimed
                        + "'");

        JsonObject _ = CALLS.moved(visit, SATURDAY);
        JsonObject _ = CALLS.acted(visit, "cancel");
        JsonObject _ = CALLS.acted(other, "cancel");

        assertThat(CALLS.notices(visit))
                .extracting(notice ->
                        notice.getString("kind") + " " + notice.getString("status") + " " + notice.getString("reason"))
                .containsExactly(
                        "appointment_cancelled queued null",
                        "appointment_rescheduled canceled superseded",
                        "appointment_confirmed canceled superseded");
        assertThat(GATEWAY.sql().state(claimed)).isEqualTo("sending promised");
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM outbox")).isEqualTo(3);
        assertThat(TestUsers.get(GATEWAY, "/v1/ledger").getLong("violations")).isZero();
    }

    @Test
    void lets_the_claim_decide_when_a_visit_moves_at_the_moment_of_sending() throws Exception {
        JsonObject visit = CALLS.booked(FRIDAY);
        CLOCK.set("2040-01-12T10:00:00+05:30");
        String message = CALLS.told(visit, "appointment_reminder_24h").getString("message_id");

        HttpResponse<String> moved;
        try (Connection worker = TestDatabase.connect(GATEWAY.sql().url());
                Statement claim = worker.createStatement()) {
            worker.setAutoCommit(false);
            int _ = claim.executeUpdate(
                    "UPDATE message SET status = 'sending', attempt = 1, claimed_at = now() WHERE id = '" + message
                            + "'");
            CompletableFuture<HttpResponse<String>> moving = CompletableFuture.supplyAsync(
                    () -> CALLS.act(visit, "reschedule", new JsonObject().put("starts_at", SATURDAY)));
            await().until(() ->
                    GATEWAY.sql().count("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()")
                            > 0);
            worker.commit();
            moved = moving.join();
        }

        assertThat(moved.statusCode()).as(moved.body()).isEqualTo(200);
        // It is on its way, and once: what is told of the new time is another thing.
        assertThat(GATEWAY.sql().state(message)).isEqualTo("sending promised");
        assertThat(CALLS.plan(visit)).contains("appointment_reminder_24h 2040-01-13T10:00:00Z");
        // If the provider puts it off, it is not sent again.
        assertThat(GATEWAY.sql()
                        .count("SELECT count(*) FROM message WHERE id = '" + message + "' AND expires_at <= now()"))
                .isOne();
    }

    @Test
    void leaves_what_is_being_changed_to_whoever_changes_it() throws Exception {
        JsonObject visit = CALLS.booked(FRIDAY);
        JsonObject other = CALLS.booked("2040-01-13T10:30:00+05:30");
        try (Connection changing = TestDatabase.connect(GATEWAY.sql().url());
                Statement statement = changing.createStatement()) {
            changing.setAutoCommit(false);
            boolean _ = statement.execute(
                    "SELECT * FROM appointment WHERE id = '" + visit.getString("id") + "' FOR UPDATE");
            CLOCK.set("2040-01-12T10:30:00+05:30");
            // Due later, and told all the same.
            JsonObject _ = CALLS.told(other, "appointment_reminder_24h");
            assertThat(CALLS.kinds(visit)).containsExactly("appointment_confirmed");
            int _ = statement.executeUpdate("UPDATE appointment_reminder SET due_at = due_at + interval '1 day'"
                    + " WHERE appointment_id = '" + visit.getString("id") + "'");
            changing.commit();
        }
        CLOCK.set("2040-01-12T11:00:00+05:30");
        JsonObject third = CALLS.booked("2040-01-13T11:30:00+05:30");
        CLOCK.set("2040-01-12T11:30:00+05:30");

        assertThat(code(CALLS.act(third, "cancel", new JsonObject().put("by", "nobody"))))
                .isEqualTo("400 not_allowed");
        assertThat(CALLS.kinds(visit)).containsExactly("appointment_confirmed");
    }

    @Test
    void tells_each_of_many_once_with_several_gateways() {
        List<String> hours = List.of("09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "12:00", "12:30", "13:00");
        hours.forEach(hour -> CALLS.booked("2040-01-13T" + hour + ":00+05:30"));

        CLOCK.set("2040-01-12T13:00:00+05:30");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> GATEWAY.sql()
                                .count(
                                        "SELECT count(*) FROM appointment_reminder WHERE kind = 'appointment_reminder_24h'")
                        == 0);
        assertThat(GATEWAY.sql()
                        .count("SELECT count(*) FROM message WHERE notification_type = 'appointment_reminder_24h'"))
                .isEqualTo(hours.size());
    }

    @Test
    void asks_once_how_it_was_however_late_it_is_completed() {
        JsonObject visit = CALLS.booked(FRIDAY);
        CLOCK.set("2040-01-14T10:30:00+05:30");
        JsonObject asked = CALLS.told(visit, "follow_up");
        GATEWAY.sql()
                .execute("WITH sent AS (UPDATE message SET status = 'sent', settled_at = now() WHERE id = '"
                        + asked.getString("message_id")
                        + "' RETURNING id) DELETE FROM outbox USING sent WHERE message_id = id");

        JsonObject _ = CALLS.acted(visit, "complete");

        assertThat(CALLS.plan(visit)).isEmpty();
    }

    @Test
    void asks_nobody_where_the_clinic_does_not() {
        CALLS.open(AppointmentCalls.clinic().put("follow_up", "never"));
        JsonObject visit = CALLS.booked(FRIDAY);
        CLOCK.set(FRIDAY);

        JsonObject _ = CALLS.acted(visit, "complete");

        assertThat(CALLS.plan(visit)).isEmpty();
        assertThat(CALLS.told(visit, "appointment_completed").getString("text"))
                .isEqualTo("Thank you for coming to City Clinic. Questions? Call +911123456789.");
    }

    @Test
    void tells_by_each_channel_in_the_language_of_that_time() {
        JsonObject patient = ravi().put("email", "ravi@example.com").put("locale", "hi-IN");
        JsonObject visit = CALLS.booked(wish(FRIDAY, patient)
                .put("notify", new JsonArray().add("sms").add("whatsapp").add("email")));

        assertThat(CALLS.notices(visit))
                .extracting(notice -> notice.getString("channel"))
                .containsExactlyInAnyOrder("sms", "whatsapp", "email");
        assertThat(CALLS.notices(visit))
                .extracting(notice -> notice.getString("text"))
                .allSatisfy(
                        text -> assertThat(text).contains("10:00 बजे", "City Clinic", visit.getString("booking_id")));
    }

    @Test
    void one_that_cannot_be_told_keeps_no_other_back() {
        JsonObject broken = CALLS.booked(FRIDAY);
        JsonObject visit = CALLS.booked("2040-01-13T10:30:00+05:30");
        // As a newer release might write it.
        GATEWAY.sql().execute("UPDATE appointment SET notify = '{pigeon}' WHERE id = '" + broken.getString("id") + "'");

        CLOCK.set("2040-01-12T10:30:00+05:30");

        assertThat(GATEWAY.sql().count("SELECT count(*) FROM appointment WHERE notify = '{pigeon}'"))
                .isEqualTo(1);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> GATEWAY.sql()
                                .count("SELECT count(*) FROM appointment_notice WHERE kind = 'appointment_reminder_24h'"
                                        + " AND appointment_id = '" + visit.getString("id") + "'")
                        == 1);
        GATEWAY.sql().execute("UPDATE appointment SET notify = '{sms}' WHERE notify = '{pigeon}'");
        CLOCK.set("2040-01-12T10:32:00+05:30");
        assertThat(CALLS.told(broken, "appointment_reminder_24h").getString("status"))
                .isEqualTo("queued");
    }
}
