package io.heliograph.gateway;

import static io.heliograph.gateway.AppointmentCalls.PHONE;
import static io.heliograph.gateway.AppointmentCalls.code;
import static io.heliograph.gateway.AppointmentCalls.ravi;
import static io.heliograph.gateway.AppointmentCalls.wish;
import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A visit is booked as a whole: once, with its history, its confirmation and its reminders; or not at all. */
class BookingAppointmentsTest {
    private static final TestClock CLOCK = new TestClock("2040-01-10T10:00:00+05:30");
    private static final String IN_THREE_DAYS = "2040-01-13T10:00:00+05:30";

    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway(TestDatabase.fresh(), Map.of(), CLOCK);

    private static final AppointmentCalls CALLS = new AppointmentCalls(GATEWAY);

    @BeforeEach
    void a_clinic_with_a_doctor() {
        CLOCK.set("2040-01-10T10:00:00+05:30");
        CALLS.open();
    }

    @Test
    void stores_the_visit_with_its_history_its_confirmation_and_its_reminders() {
        JsonObject visit =
                CALLS.booked(wish(IN_THREE_DAYS, ravi()).put("by", "patient").put("notes", "First visit"));

        assertThat(visit.getString("booking_id")).matches("APT[34679ACDEFGHJKMNPQRTVWXY]{10}");
        assertThat(visit.getString("status")).isEqualTo("booked");
        assertThat(visit.getString("starts_at")).isEqualTo("2040-01-13T04:30:00Z");
        assertThat(visit.getString("ends_at")).isEqualTo("2040-01-13T05:00:00Z");
        assertThat(visit.getString("local")).isEqualTo("2040-01-13T10:00");
        JsonObject shown = CALLS.show(visit);
        assertThat(shown.getString("notes")).isEqualTo("First visit");
        assertThat(shown.getJsonArray("history"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("revision", 1)
                                .put("at", "2040-01-10T04:30:00Z")
                                .put("by", "patient")
                                .put("to_status", "booked")
                                .put("to_starts_at", "2040-01-13T04:30:00Z")
                                .put("notice", "appointment_confirmed")));
        assertThat(CALLS.plan(visit))
                .containsExactly(
                        "appointment_reminder_24h 2040-01-12T04:30:00Z",
                        "appointment_reminder_2h 2040-01-13T02:30:00Z",
                        "follow_up 2040-01-14T05:00:00Z");
        JsonObject notice = CALLS.told(visit, "appointment_confirmed");
        assertThat(notice.getString("status")).isEqualTo("queued");
        assertThat(notice.getString("to")).isEqualTo(PHONE);
        assertThat(notice.getString("text"))
                .isEqualTo("Confirmed: your appointment at City Clinic on Fri 13 Jan, 10:00 AM. Booking "
                        + visit.getString("booking_id") + ". To change it call +911123456789.");
        assertThat(GATEWAY.sql().state(notice.getString("message_id"))).isEqualTo("queued promised");
        CALLS.requireNothingHalfDone(1);
    }

    @Test
    void gives_a_slot_that_two_hundred_want_to_one_of_them() throws Exception {
        List<HttpResponse<String>> answers = AtOnce.call(
                200,
                i -> CALLS.book(wish(
                        IN_THREE_DAYS, new JsonObject().put("name", "P" + i).put("phone", "+9198765" + (10_000 + i)))));

        assertThat(answers.stream().filter(answer -> answer.statusCode() == 201))
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 409))
                .hasSize(199)
                .allSatisfy(answer -> {
                    assertThat(code(answer)).isEqualTo("409 slot_taken");
                    assertThat(json(answer).getJsonArray("slots")).hasSize(5);
                });
        CALLS.requireNothingHalfDone(1);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM appointment_reminder"))
                .isEqualTo(3);
    }

    @Test
    void refuses_a_slot_that_overlaps_one_that_is_taken() {
        JsonObject _ = CALLS.booked(IN_THREE_DAYS);
        // The slots are others now, and what is booked stays.
        JsonObject _ = CALLS.put("/v1/doctors/rao", AppointmentCalls.doctor().put("slot_minutes", 20));

        HttpResponse<String> answer = CALLS.book(wish("2040-01-13T10:20:00+05:30", ravi()));

        assertThat(code(answer)).isEqualTo("409 slot_taken");
        assertThat(CALLS.book(wish("2040-01-13T10:40:00+05:30", ravi())).statusCode())
                .isEqualTo(201);
    }

    @Test
    void refuses_a_slot_in_the_past() {
        HttpResponse<String> answer = CALLS.book(wish("2040-01-10T09:30:00+05:30", ravi()));

        assertThat(code(answer)).isEqualTo("400 in_the_past");
        assertThat(TestUsers.pointers(answer)).containsExactly("/starts_at");
        CALLS.requireNothingHalfDone(0);
    }

    @Test
    void refuses_what_is_no_slot_of_the_doctor_and_says_which_are_free() {
        assertThat(code(CALLS.book(wish("2040-01-13T08:30:00+05:30", ravi())))).isEqualTo("409 outside_hours");
        assertThat(code(CALLS.book(wish("2040-01-13T17:00:00+05:30", ravi())))).isEqualTo("409 outside_hours");
        assertThat(code(CALLS.book(wish("2040-01-13T10:07:00+05:30", ravi())))).isEqualTo("409 outside_hours");
        assertThat(code(CALLS.book(wish("2041-01-13T10:00:00+05:30", ravi())))).isEqualTo("400 too_far_ahead");

        HttpResponse<String> answer = CALLS.book(wish("2040-01-13T20:00:00+05:30", ravi()));

        assertThat(json(answer).getJsonArray("slots").getJsonObject(0).getString("local"))
                .isEqualTo("2040-01-13T09:00");
        CALLS.requireNothingHalfDone(0);
    }

    @Test
    void refuses_a_holiday() {
        JsonArray holidays =
                new JsonArray().add(new JsonObject().put("from", "2040-01-12").put("to", "2040-01-13"));
        JsonObject _ = CALLS.put("/v1/doctors/rao", AppointmentCalls.doctor().put("holidays", holidays));

        assertThat(code(CALLS.book(wish(IN_THREE_DAYS, ravi())))).isEqualTo("409 outside_hours");
        assertThat(CALLS.book(wish("2040-01-14T10:00:00+05:30", ravi())).statusCode())
                .isEqualTo(201);
    }

    @Test
    void refuses_a_doctor_who_is_not_there_any_more() {
        assertThat(TestUsers.delete(GATEWAY, "/v1/doctors/rao").statusCode()).isEqualTo(204);

        assertThat(code(CALLS.book(wish(IN_THREE_DAYS, ravi())))).isEqualTo("404 unknown_doctor");
        assertThat(code(CALLS.book(wish(IN_THREE_DAYS, ravi()).put("doctor", "nobody"))))
                .isEqualTo("404 unknown_doctor");
    }

    @Test
    void tells_all_mistakes_at_once() {
        HttpResponse<String> answer = CALLS.book(new JsonObject()
                .put("starts_at", "tomorrow")
                .put("patient", new JsonObject().put("phone", "12").put("locale", "?"))
                .put("notify", new JsonArray().add("pigeon"))
                .put("by", "nobody"));

        assertThat(TestUsers.pointers(answer))
                .containsExactlyInAnyOrder(
                        "/doctor",
                        "/starts_at",
                        "/patient/name",
                        "/patient/phone",
                        "/patient/locale",
                        "/notify/0",
                        "/by");
    }

    @Test
    void wants_an_address_for_each_channel_of_whoever_is_no_user() {
        HttpResponse<String> answer = CALLS.book(wish(IN_THREE_DAYS, ravi())
                .put("notify", new JsonArray().add("sms").add("email")));

        assertThat(TestUsers.pointers(answer)).containsExactly("/notify/1");
        assertThat(TestUsers.pointers(CALLS.book(wish(IN_THREE_DAYS, new JsonObject().put("name", "Nobody")))))
                .containsExactly("/patient/phone");
    }

    @Test
    void takes_a_number_in_the_writing_of_the_clinics_country() {
        JsonObject visit = CALLS.booked(wish(IN_THREE_DAYS, ravi().put("phone", "098765 43210")));

        assertThat(visit.getJsonObject("patient").getString("phone")).isEqualTo(PHONE);
    }

    @Test
    void gives_the_first_answer_again_under_the_same_key() {
        HttpResponse<String> first = CALLS.book(wish(IN_THREE_DAYS, ravi()), "Idempotency-Key", "k1");
        // By then it could not be booked any more.
        CLOCK.set("2040-01-13T11:00:00+05:30");

        HttpResponse<String> again = CALLS.book(wish(IN_THREE_DAYS, ravi()), "Idempotency-Key", "k1");
        HttpResponse<String> other = CALLS.book(wish("2040-01-14T10:00:00+05:30", ravi()), "Idempotency-Key", "k1");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(json(again).getString("id")).isEqualTo(json(first).getString("id"));
        assertThat(code(other)).isEqualTo("422 idempotency_key_reused");
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM appointment")).isEqualTo(1);
    }

    @Test
    void leaves_the_key_of_what_is_refused_free() {
        JsonObject _ = CALLS.booked(IN_THREE_DAYS);
        HttpResponse<String> refused = CALLS.book(wish(IN_THREE_DAYS, ravi()), "Idempotency-Key", "k1");

        HttpResponse<String> other = CALLS.book(wish("2040-01-13T10:30:00+05:30", ravi()), "Idempotency-Key", "k1");

        assertThat(code(refused)).isEqualTo("409 slot_taken");
        assertThat(other.statusCode()).isEqualTo(201);
    }

    @Test
    void shows_whoever_may_not_read_no_name_and_no_number() {
        String writer = TestAccounts.add(GATEWAY, "default", "messages:write");

        JsonObject patient = json(CALLS.book(wish(IN_THREE_DAYS, ravi()), "Authorization", "Bearer " + writer))
                .getJsonObject("patient");

        assertThat(patient.getString("phone")).isEqualTo("+91****3210");
        assertThat(patient.containsKey("name")).isFalse();
    }

    @Test
    void is_nobody_elses() {
        JsonObject visit = CALLS.booked(IN_THREE_DAYS);
        String other = TestAccounts.add(GATEWAY, "other", "messages:write", "messages:read", "admin");
        String path = "/v1/appointments/" + visit.getString("booking_id");

        assertThat(GATEWAY.get(path, "Authorization", "Bearer " + other).statusCode())
                .isEqualTo(404);
        assertThat(GATEWAY.post(path + "/cancel", "", "Authorization", "Bearer " + other)
                        .statusCode())
                .isEqualTo(404);
        assertThat(json(GATEWAY.get("/v1/appointments/notices", "Authorization", "Bearer " + other))
                        .getJsonArray("notices"))
                .isEmpty();
    }
}
