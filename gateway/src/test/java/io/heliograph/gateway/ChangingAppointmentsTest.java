package io.heliograph.gateway;

import static io.heliograph.gateway.AppointmentCalls.code;
import static io.heliograph.gateway.AppointmentCalls.ravi;
import static io.heliograph.gateway.AppointmentCalls.wish;
import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.gateway.appointments.visits.NoticeKind;
import io.heliograph.gateway.appointments.visits.Status;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever becomes of a visit, its patient hears of it, and its history knows who, when, from and to. */
class ChangingAppointmentsTest {
    private static final TestClock CLOCK = new TestClock("2040-01-10T10:00:00+05:30");
    private static final String FRIDAY = "2040-01-13T10:00:00+05:30";
    private static final String SATURDAY = "2040-01-14T15:30:00+05:30";

    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway(TestDatabase.fresh(), Map.of(), CLOCK);

    private static final AppointmentCalls CALLS = new AppointmentCalls(GATEWAY);

    @BeforeEach
    void a_clinic_with_a_doctor() {
        CLOCK.set("2040-01-10T10:00:00+05:30");
        CALLS.open();
    }

    @Test
    void every_move_that_anybody_may_make_has_its_message() {
        List<String> told = new ArrayList<>();
        for (Status from : Status.values()) {
            for (Status to : Status.values()) {
                boolean isAllowed =
                        from.moves().contains(to) || from.administratorMoves().contains(to);
                JsonObject visit = CALLS.booked(FRIDAY);
                bring(visit, from);
                long before = GATEWAY.sql().count("SELECT count(*) FROM message");

                HttpResponse<String> answer = move(visit, from, to);

                long messages = GATEWAY.sql().count("SELECT count(*) FROM message") - before;
                assertThat(answer.statusCode() == 200).as(from + " to " + to).isEqualTo(isAllowed);
                assertThat(messages).as(from + " to " + to).isEqualTo(isAllowed ? 1 : 0);
                if (isAllowed) {
                    JsonObject notice = CALLS.notices(visit).getFirst();
                    assertThat(notice.getString("kind"))
                            .isEqualTo(NoticeKind.of(from, to).word());
                    assertThat(notice.getString("text")).contains("City Clinic", "+911123456789");
                    assertThat(GATEWAY.sql().state(notice.getString("message_id")))
                            .isEqualTo("queued promised");
                    told.add(from.word() + " " + to.word());
                }
                // Out of the way of the next one.
                GATEWAY.sql()
                        .execute("UPDATE appointment SET doctor_no = -revision - 10 * "
                                + "(SELECT count(*) FROM appointment) WHERE doctor_no > 0 AND status <> 'cancelled'");
            }
        }
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "booked booked",
                        "booked cancelled",
                        "booked completed",
                        "booked no_show",
                        "cancelled booked",
                        "completed no_show",
                        "no_show completed");
    }

    private static void bring(JsonObject visit, Status to) {
        if (to != Status.BOOKED) {
            JsonObject _ = CALLS.acted(visit, "status", new JsonObject().put("status", to.word()));
        }
    }

    private static HttpResponse<String> move(JsonObject visit, Status from, Status to) {
        return from == Status.BOOKED && to == Status.BOOKED
                ? CALLS.act(visit, "reschedule", new JsonObject().put("starts_at", SATURDAY))
                : CALLS.act(visit, "status", new JsonObject().put("status", to.word()));
    }

    @Test
    void tells_the_old_time_and_the_new_one_and_moves_the_reminders() {
        JsonObject visit = CALLS.booked(FRIDAY);

        JsonObject moved = CALLS.moved(visit, SATURDAY);

        assertThat(moved.getString("local")).isEqualTo("2040-01-14T15:30");
        assertThat(moved.getInteger("revision")).isEqualTo(2);
        assertThat(CALLS.told(visit, "appointment_rescheduled").getString("text"))
                .isEqualTo("Your appointment at City Clinic has moved from Fri 13 Jan, 10:00 AM to Sat 14 Jan, 3:30 PM."
                        + " Questions? Call +911123456789.");
        assertThat(CALLS.plan(visit))
                .containsExactly(
                        "appointment_reminder_24h 2040-01-13T10:00:00Z",
                        "appointment_reminder_2h 2040-01-14T08:00:00Z",
                        "follow_up 2040-01-15T10:30:00Z");
        // Its old place is free.
        JsonObject _ = CALLS.booked(FRIDAY);
    }

    @Test
    void keeps_a_visit_as_it_was_where_its_new_time_is_taken() {
        JsonObject visit = CALLS.booked(FRIDAY);
        JsonObject _ = CALLS.booked(SATURDAY);
        JsonObject before = CALLS.show(visit);

        HttpResponse<String> taken = CALLS.act(visit, "reschedule", new JsonObject().put("starts_at", SATURDAY));
        HttpResponse<String> night =
                CALLS.act(visit, "reschedule", new JsonObject().put("starts_at", "2040-01-14T22:00:00+05:30"));
        HttpResponse<String> same = CALLS.act(visit, "reschedule", new JsonObject().put("starts_at", FRIDAY));
        HttpResponse<String> past =
                CALLS.act(visit, "reschedule", new JsonObject().put("starts_at", "2040-01-09T10:00:00+05:30"));

        assertThat(code(taken)).isEqualTo("409 slot_taken");
        assertThat(json(taken).getJsonArray("slots")).hasSize(5);
        assertThat(code(night)).isEqualTo("409 outside_hours");
        assertThat(code(same)).isEqualTo("400 not_allowed");
        assertThat(code(past)).isEqualTo("400 in_the_past");
        assertThat(CALLS.show(visit)).isEqualTo(before);
        assertThat(CALLS.kinds(visit)).containsExactly("appointment_confirmed");
    }

    @Test
    void moves_by_less_than_its_own_length() {
        JsonObject visit = CALLS.booked(FRIDAY);
        JsonObject _ = CALLS.put("/v1/doctors/rao", AppointmentCalls.doctor().put("slot_minutes", 20));

        JsonObject moved = CALLS.moved(visit, "2040-01-13T10:20:00+05:30");

        assertThat(moved.getString("ends_at")).isEqualTo("2040-01-13T05:10:00Z");
    }

    @Test
    void tells_how_to_book_again_and_forgets_the_reminders_of_what_is_cancelled() {
        JsonObject visit = CALLS.booked(FRIDAY);

        JsonObject cancelled = CALLS.acted(visit, "cancel", new JsonObject().put("by", "patient"));

        assertThat(cancelled.getString("status")).isEqualTo("cancelled");
        assertThat(CALLS.told(visit, "appointment_cancelled").getString("text"))
                .isEqualTo("Your appointment at City Clinic on Fri 13 Jan, 10:00 AM is cancelled."
                        + " To book another one call +911123456789.");
        assertThat(CALLS.plan(visit)).isEmpty();
        JsonObject change = CALLS.show(visit).getJsonArray("history").getJsonObject(1);
        assertThat(change.getString("by")).isEqualTo("patient");
        assertThat(change.getString("from_status")).isEqualTo("booked");
        assertThat(change.getString("from_starts_at")).isEqualTo("2040-01-13T04:30:00Z");
    }

    @Test
    void refuses_to_cancel_or_move_what_is_less_than_two_hours_ahead() {
        JsonObject visit = CALLS.booked(FRIDAY);
        CLOCK.set("2040-01-13T08:00:01+05:30");

        HttpResponse<String> cancel = CALLS.act(visit, "cancel", new JsonObject());
        HttpResponse<String> move = CALLS.act(visit, "reschedule", new JsonObject().put("starts_at", SATURDAY));

        assertThat(code(cancel)).isEqualTo("409 too_late");
        assertThat(json(cancel).getString("phone")).isEqualTo("+911123456789");
        assertThat(code(move)).isEqualTo("409 too_late");
        CLOCK.set("2040-01-13T08:00:00+05:30");
        assertThat(CALLS.act(visit, "cancel", new JsonObject()).statusCode()).isEqualTo(200);
    }

    @Test
    void goes_by_the_notice_that_the_clinic_wants() {
        JsonObject visit = CALLS.booked(FRIDAY);
        JsonObject _ = CALLS.put("/v1/clinic", AppointmentCalls.clinic().put("notice", "4d"));

        assertThat(code(CALLS.act(visit, "cancel", new JsonObject()))).isEqualTo("409 too_late");
    }

    @Test
    void lets_an_administrator_cancel_and_move_at_any_time() {
        JsonObject visit = CALLS.booked(FRIDAY);
        CLOCK.set("2040-01-13T09:59:00+05:30");
        String writer = TestAccounts.add(GATEWAY, "default", "messages:write", "messages:read");
        JsonObject late = new JsonObject().put("starts_at", SATURDAY).put("override_notice", true);

        HttpResponse<String> refused = CALLS.act(visit, "reschedule", late, "Authorization", "Bearer " + writer);
        JsonObject moved = CALLS.acted(visit, "reschedule", late);
        JsonObject cancelled = CALLS.acted(visit, "status", new JsonObject().put("status", "cancelled"));

        assertThat(code(refused)).isEqualTo("403 scope_missing");
        assertThat(moved.getInteger("revision")).isEqualTo(2);
        assertThat(cancelled.getString("status")).isEqualTo("cancelled");
        assertThat(CALLS.show(visit).getJsonArray("history").getJsonObject(2).getString("by"))
                .isEqualTo("administrator");
        assertThat(code(CALLS.act(
                        visit,
                        "status",
                        new JsonObject().put("status", "booked"),
                        "Authorization",
                        "Bearer " + writer)))
                .isEqualTo("403 scope_missing");
    }

    @Test
    void says_which_moves_are_allowed_instead() {
        JsonObject visit = CALLS.booked(FRIDAY);
        CLOCK.set(FRIDAY);
        JsonObject _ = CALLS.acted(visit, "complete");

        HttpResponse<String> answer = CALLS.act(visit, "cancel", new JsonObject());

        assertThat(code(answer)).isEqualTo("409 transition_not_allowed");
        assertThat(json(answer).getString("appointment_status")).isEqualTo("completed");
        assertThat(json(answer).getJsonArray("allowed")).isEmpty();
        assertThat(json(answer).getJsonArray("allowed_to_administrator")).isEqualTo(new JsonArray().add("no_show"));
        assertThat(CALLS.kinds(visit)).containsExactly("appointment_completed", "appointment_confirmed");
    }

    @Test
    void ends_nothing_that_has_not_begun_but_for_an_administrator() {
        JsonObject visit = CALLS.booked(FRIDAY);
        CLOCK.set("2040-01-13T09:59:59+05:30");

        HttpResponse<String> complete = CALLS.act(visit, "complete", new JsonObject());
        HttpResponse<String> missed = CALLS.act(visit, "no-show", new JsonObject());

        assertThat(code(complete)).isEqualTo("409 too_early");
        assertThat(json(complete).getString("starts_at")).isEqualTo("2040-01-13T04:30:00Z");
        assertThat(json(complete).getJsonArray("allowed"))
                .isEqualTo(new JsonArray().add("booked").add("cancelled"));
        assertThat(code(missed)).isEqualTo("409 too_early");
        assertThat(CALLS.kinds(visit)).containsExactly("appointment_confirmed");
        assertThat(CALLS.acted(visit, "status", new JsonObject().put("status", "no_show"))
                        .getString("status"))
                .isEqualTo("no_show");
        CLOCK.set(FRIDAY);
    }

    @Test
    void books_again_only_what_is_ahead_and_free() {
        JsonObject visit = CALLS.booked(FRIDAY);
        JsonObject _ = CALLS.acted(visit, "cancel");
        JsonObject other = CALLS.booked(FRIDAY);
        JsonObject again = new JsonObject().put("status", "booked");

        assertThat(code(CALLS.act(visit, "status", again))).isEqualTo("409 slot_taken");
        JsonObject _ = CALLS.acted(other, "cancel");
        CLOCK.set("2040-01-13T10:00:00+05:30");
        assertThat(code(CALLS.act(visit, "status", again))).isEqualTo("400 in_the_past");
        CLOCK.set("2040-01-13T09:00:00+05:30");
        assertThat(CALLS.acted(visit, "status", again).getString("status")).isEqualTo("booked");
    }

    @Test
    void follows_up_what_took_place_and_not_what_did_not() {
        JsonObject came = CALLS.booked(FRIDAY);
        JsonObject missed = CALLS.booked(SATURDAY);
        CLOCK.set("2040-01-14T16:00:00+05:30");

        JsonObject _ = CALLS.acted(came, "complete");
        JsonObject _ = CALLS.acted(missed, "no-show");

        assertThat(CALLS.told(came, "appointment_completed").getString("text"))
                .isEqualTo("Thank you for coming to City Clinic. We will ask how you are on Sun 15 Jan."
                        + " Questions? Call +911123456789.");
        assertThat(CALLS.told(missed, "appointment_no_show").getString("text"))
                .isEqualTo("We missed you at City Clinic on Sat 14 Jan, 3:30 PM."
                        + " To book another appointment call +911123456789.");
        assertThat(CALLS.plan(missed)).isEmpty();
    }

    @Test
    void does_the_same_change_once_under_the_same_key() {
        JsonObject visit = CALLS.booked(FRIDAY);
        JsonObject to = new JsonObject().put("starts_at", SATURDAY);

        HttpResponse<String> first = CALLS.act(visit, "reschedule", to, "Idempotency-Key", "move");
        HttpResponse<String> again = CALLS.act(visit, "reschedule", to, "Idempotency-Key", "move");
        HttpResponse<String> other = CALLS.act(visit, "cancel", new JsonObject(), "Idempotency-Key", "move");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(code(other)).isEqualTo("422 idempotency_key_reused");
        assertThat(CALLS.show(visit).getInteger("revision")).isEqualTo(2);
    }

    @Test
    void lets_one_of_many_who_end_it_at_the_same_moment_do_it() throws Exception {
        JsonObject visit = CALLS.booked(wish(FRIDAY, ravi()));
        CLOCK.set(FRIDAY);
        JsonObject late = new JsonObject().put("override_notice", true);

        List<HttpResponse<String>> answers = AtOnce.call(
                20,
                i -> i % 2 == 0 ? CALLS.act(visit, "cancel", late) : CALLS.act(visit, "complete", new JsonObject()));

        assertThat(answers.stream().filter(answer -> answer.statusCode() == 200))
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> code(answer).equals("409 transition_not_allowed")))
                .hasSize(19);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isEqualTo(2);
    }
}
