package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.gateway.appointments.visits.NoticeKind;
import io.heliograph.gateway.appointments.visits.Status;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The database itself takes no change of a visit without its history, no history without its notice, and no notice without its message or the
 * reason why there is none: whoever forgets one of them, in whatever program, does not commit.
 */
class AppointmentConstraintsTest {
    private static final TestClock CLOCK = new TestClock("2040-01-10T10:00:00+05:30");
    private static final String FRIDAY = "2040-01-13T10:00:00+05:30";

    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway(TestDatabase.fresh(), Map.of(), CLOCK);

    private static final AppointmentCalls CALLS = new AppointmentCalls(GATEWAY);

    private String id = "";

    @BeforeEach
    void a_visit() {
        CALLS.open();
        JsonObject visit = CALLS.booked(FRIDAY);
        id = visit.getString("id");
    }

    @Test
    void a_status_does_not_change_without_its_history() {
        requireRefused("change_has_its_history", "UPDATE appointment SET status = 'cancelled' WHERE id = '" + id + "'");
        requireRefused(
                "change_has_its_history",
                "UPDATE appointment SET status = 'completed', revision = 2 WHERE id = '" + id + "'");
    }

    @Test
    void a_visit_does_not_move_without_its_history() {
        requireRefused(
                "change_has_its_history",
                "UPDATE appointment SET starts_at = starts_at - interval '1 hour' WHERE id = '" + id + "'");
    }

    @Test
    void a_visit_is_not_booked_without_its_history() {
        requireRefused("change_has_its_history", """
            INSERT INTO appointment (id, account_id, booking_id, status, revision, doctor_no, starts_at, ends_at, patient_name, notify,
                                     created_at, updated_at)
            SELECT gen_random_uuid(), account_id, 'APT3333333333', 'booked', 1, doctor_no, starts_at + interval '1 hour',
                   ends_at + interval '1 hour', 'Forgotten', notify, now(), now()
            FROM appointment""");
    }

    @Test
    void history_is_not_written_without_a_notice_of_this_very_change() {
        requireRefused("change_has_its_notice", history("cancelled", "appointment_cancelled"));
        // There is one of the booking.
        requireRefused("history_tells_of_this_change", history("cancelled", "appointment_confirmed"));
    }

    @Test
    void a_notice_is_not_written_without_its_message_or_a_reason() {
        requireRefused("a notice without a message needs a reason", notice(UUID.randomUUID(), null));
        String change = "BEGIN; UPDATE appointment SET status = 'cancelled', revision = 2 WHERE id = '" + id + "'; "
                + notice(UUID.randomUUID(), "no_address") + "; " + history("cancelled", "appointment_cancelled")
                + "; COMMIT";

        GATEWAY.sql().execute(change);

        assertThat(TestUsers.get(GATEWAY, "/v1/appointments/" + id).getString("status"))
                .isEqualTo("cancelled");
    }

    @Test
    void history_goes_on_where_it_has_ended() {
        requireRefused("history_begins_with_a_booking", """
            INSERT INTO appointment_history (appointment_id, revision, previous, changed_at, changed_by, from_status, from_starts_at,
                                             to_status, to_starts_at, notice_kind, notice_channel)
            SELECT appointment_id, 2, 1, now(), 'clinic', 'completed', to_starts_at, 'cancelled', to_starts_at, 'appointment_cancelled', 'sms'
            FROM appointment_history""");
        requireRefused("history_goes_on_from_the_last", notice(UUID.randomUUID(), "no_address") + "; " + """
            INSERT INTO appointment_history (appointment_id, revision, previous, changed_at, changed_by, from_status, from_starts_at,
                                             to_status, to_starts_at, notice_kind, notice_channel)
            SELECT appointment_id, 2, 1, now(), 'clinic', 'booked', to_starts_at + interval '1 hour', 'cancelled', to_starts_at,
                   'appointment_cancelled', 'sms'
            FROM appointment_history""");
    }

    @Test
    void the_database_and_the_gateway_allow_the_same_moves_with_the_same_notices() {
        for (Status from : Status.values()) {
            for (Status to : Status.values()) {
                boolean isAllowed =
                        from.moves().contains(to) || from.administratorMoves().contains(to);
                assertThat(GATEWAY.sql()
                                .text("SELECT appointment_may_move('" + from.word() + "', '" + to.word() + "')"))
                        .as(from + " to " + to)
                        .isEqualTo(isAllowed ? "t" : "f");
                assertThat(GATEWAY.sql()
                                .text("SELECT appointment_notice_of('" + from.word() + "', '" + to.word() + "')"))
                        .isEqualTo(NoticeKind.of(from, to).word());
            }
        }
        assertThat(GATEWAY.sql().text("SELECT appointment_notice_of(NULL, 'booked')"))
                .isEqualTo(NoticeKind.of(null, Status.BOOKED).word());
    }

    @Test
    void a_doctor_sees_one_patient_at_a_time() {
        requireRefused("doctor_sees_one_patient_at_a_time", """
            INSERT INTO appointment (id, account_id, booking_id, status, revision, doctor_no, starts_at, ends_at, patient_name, notify,
                                     created_at, updated_at)
            SELECT gen_random_uuid(), account_id, 'APT3333333333', 'booked', 1, doctor_no, starts_at + interval '29 minutes',
                   ends_at + interval '29 minutes', 'Second', notify, now(), now()
            FROM appointment""");
    }

    private String notice(UUID of, @Nullable String reason) {
        return "INSERT INTO appointment_notice (appointment_id, revision, kind, channel, account_id, id, reason, created_at)"
                + " SELECT id, 2, 'appointment_cancelled', 'sms', account_id, '" + of + "', "
                + (reason == null ? "NULL" : "'" + reason + "'") + ", now() FROM appointment WHERE id = '" + id + "'";
    }

    private String history(String to, String kind) {
        return "INSERT INTO appointment_history (appointment_id, revision, previous, changed_at, changed_by, from_status,"
                + " from_starts_at, to_status, to_starts_at, notice_kind, notice_channel)"
                + " SELECT appointment_id, 2, 1, now(), 'clinic', to_status, to_starts_at, '" + to
                + "', to_starts_at, '"
                + kind + "', 'sms' FROM appointment_history WHERE appointment_id = '" + id + "'";
    }

    /** Nor is anything else of it stored. */
    private void requireRefused(String why, String statements) {
        String before = tables();
        assertThatThrownBy(() -> GATEWAY.sql().execute(statements)).rootCause().hasMessageContaining(why);
        assertThat(tables()).isEqualTo(before);
    }

    private String tables() {
        return Stream.of("appointment", "appointment_history", "appointment_notice")
                .map(table -> GATEWAY.sql().text("SELECT string_agg(t::text, ' ') FROM " + table + " t"))
                .reduce("", (all, one) -> all + "\n" + one);
    }
}
