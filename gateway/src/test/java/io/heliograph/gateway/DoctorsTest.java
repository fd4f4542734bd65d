package io.heliograph.gateway;

import static io.heliograph.gateway.AppointmentCalls.clinic;
import static io.heliograph.gateway.AppointmentCalls.code;
import static io.heliograph.gateway.AppointmentCalls.doctor;
import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A clinic and its doctors: said as a whole, shown as they are, and free when they are. */
class DoctorsTest {
    private static final TestClock CLOCK = new TestClock("2040-01-10T10:00:00+05:30");

    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway(TestDatabase.fresh(), Map.of(), CLOCK);

    private static final AppointmentCalls CALLS = new AppointmentCalls(GATEWAY);

    @BeforeEach
    void on_a_wednesday() {
        CLOCK.set("2040-01-10T10:00:00+05:30");
    }

    @Test
    void shows_a_clinic_as_it_was_said_with_what_was_left_out() {
        JsonObject put = CALLS.put("/v1/clinic", clinic().put("phone", "011 2345 6789"));

        assertThat(put).isEqualTo(TestUsers.get(GATEWAY, "/v1/clinic"));
        assertThat(put)
                .isEqualTo(clinic().put("emergency_number", "112")
                        .put("notice", "2h")
                        .put("follow_up", "1d")
                        .put("notify", new JsonArray().add("sms"))
                        .put("phone", "+911123456789"));
    }

    @Test
    void tells_all_mistakes_of_a_clinic_at_once() {
        HttpResponse<String> answer = TestUsers.send(
                GATEWAY,
                "PUT",
                "/v1/clinic",
                new JsonObject()
                        .put("phone", "x")
                        .put("time_zone", "+05:30")
                        .put("country", "XX")
                        .put("notice", "90d")
                        .put("follow_up", -1)
                        .put("emergency_number", "help!")
                        .put("notify", new JsonArray())
                        .put("motto", "?"));

        assertThat(TestUsers.pointers(answer))
                .containsExactlyInAnyOrder(
                        "/name",
                        "/phone",
                        "/time_zone",
                        "/country",
                        "/notice",
                        "/follow_up",
                        "/emergency_number",
                        "/notify",
                        "/motto");
    }

    @Test
    void lets_an_administrator_alone_say_what_the_clinic_is() {
        String writer = TestAccounts.add(GATEWAY, "default", "messages:write", "messages:read");

        HttpResponse<String> answer = GATEWAY.send(
                GATEWAY.request("/v1/clinic").PUT(BodyPublishers.ofString(clinic().encode())),
                "Authorization",
                "Bearer " + writer);

        assertThat(code(answer)).isEqualTo("403 scope_missing");
        assertThat(GATEWAY.get("/v1/clinic").statusCode()).isEqualTo(404);
    }

    @Test
    void wants_a_clinic_before_its_doctors() {
        HttpResponse<String> answer = TestUsers.send(GATEWAY, "PUT", "/v1/doctors/rao", doctor());

        assertThat(code(answer)).isEqualTo("409 no_clinic");
    }

    @Test
    void keeps_doctors_as_they_were_said() {
        JsonObject _ = CALLS.put("/v1/clinic", clinic());
        JsonArray holidays =
                new JsonArray().add(new JsonObject().put("from", "2040-01-12").put("to", "2040-01-12"));
        JsonObject rao = CALLS.put("/v1/doctors/rao", doctor().put("holidays", holidays));
        JsonObject _ = CALLS.put(
                "/v1/doctors/sen", doctor().put("specialisation", "Skin").put("active", false));

        assertThat(TestUsers.get(GATEWAY, "/v1/doctors/rao")).isEqualTo(rao);
        assertThat(rao)
                .isEqualTo(doctor().put("id", "rao").put("holidays", holidays).put("active", true));
        assertThat(ids("")).containsExactly("rao", "sen");
        assertThat(ids("?specialisation=cardiology")).containsExactly("rao");
        assertThat(ids("?active=false")).containsExactly("sen");
        assertThat(ids("?limit=1&cursor=rao")).containsExactly("sen");
    }

    private static List<String> ids(String query) {
        JsonArray doctors = TestUsers.get(GATEWAY, "/v1/doctors" + query).getJsonArray("doctors");
        return doctors.stream().map(one -> ((JsonObject) one).getString("id")).toList();
    }

    @Test
    void tells_all_mistakes_of_a_doctor_at_once() {
        JsonObject _ = CALLS.put("/v1/clinic", clinic());
        JsonArray overlapping = new JsonArray()
                .add(new JsonObject().put("from", "09:00").put("to", "12:00"))
                .add(new JsonObject().put("from", "11:00").put("to", "13:00"));
        JsonArray backwards =
                new JsonArray().add(new JsonObject().put("from", "17:00").put("to", "09:00"));
        JsonArray never = new JsonArray().add(new JsonObject().put("from", "noon"));
        HttpResponse<String> answer = TestUsers.send(
                GATEWAY,
                "PUT",
                "/v1/doctors/rao",
                new JsonObject()
                        .put("name", " ")
                        .put("slot_minutes", 0)
                        .put(
                                "hours",
                                new JsonObject()
                                        .put("monday", overlapping)
                                        .put("tuesday", backwards)
                                        .put("someday", never))
                        .put("holidays", never));

        assertThat(TestUsers.pointers(answer))
                .containsExactlyInAnyOrder(
                        "/name",
                        "/specialisation",
                        "/slot_minutes",
                        "/hours/monday",
                        "/hours/tuesday/0/to",
                        "/hours/someday",
                        "/holidays/0/from",
                        "/holidays/0/to");
    }

    @Test
    void shows_what_nobody_has_by_days_of_the_clinic() {
        CALLS.open();
        JsonObject _ = CALLS.booked("2040-01-10T11:00:00+05:30");
        JsonObject cancelled = CALLS.booked("2040-01-10T16:00:00+05:30");
        JsonObject _ = CALLS.acted(cancelled, "cancel");

        JsonObject slots = TestUsers.get(GATEWAY, "/v1/doctors/rao/slots?from=2040-01-10&to=2040-01-10");

        assertThat(slots.getString("time_zone")).isEqualTo("Asia/Kolkata");
        assertThat(begins(slots))
                .hasSize(13)
                .startsWith("2040-01-10T10:00", "2040-01-10T10:30", "2040-01-10T11:30")
                .endsWith("2040-01-10T15:30", "2040-01-10T16:00", "2040-01-10T16:30");
    }

    private static List<String> begins(JsonObject slots) {
        return slots.getJsonArray("slots").stream()
                .map(slot -> ((JsonObject) slot).getString("local"))
                .toList();
    }

    @Test
    void shows_a_week_where_nobody_says_which_days() {
        CALLS.open();

        JsonObject slots = TestUsers.get(GATEWAY, "/v1/doctors/rao/slots");

        assertThat(slots.getString("from")).isEqualTo("2040-01-10");
        assertThat(slots.getString("to")).isEqualTo("2040-01-16");
        // Today from ten on.
        assertThat(begins(slots)).hasSize(14 + 6 * 16);
    }

    @Test
    void shows_a_month_at_the_most_and_a_year_ahead() {
        CALLS.open();

        HttpResponse<String> tooMany = GATEWAY.get("/v1/doctors/rao/slots?from=2040-02-01&to=2040-03-03");
        HttpResponse<String> backwards = GATEWAY.get("/v1/doctors/rao/slots?from=2040-02-02&to=2040-02-01");
        HttpResponse<String> never = GATEWAY.get("/v1/doctors/rao/slots?from=soon");

        assertThat(code(tooMany)).isEqualTo("400 not_allowed");
        assertThat(code(backwards)).isEqualTo("400 not_allowed");
        assertThat(code(never)).isEqualTo("400 invalid_time");
        for (String from : List.of("9999-12-01", "0001-01-01", "2042-01-01")) {
            assertThat(begins(TestUsers.get(GATEWAY, "/v1/doctors/rao/slots?from=" + from)))
                    .as(from)
                    .isEmpty();
        }
    }

    @Test
    void has_no_slots_for_a_doctor_who_is_not_there_any_more() {
        CALLS.open();
        JsonObject visit = CALLS.booked("2040-01-13T10:00:00+05:30");

        assertThat(TestUsers.delete(GATEWAY, "/v1/doctors/rao").statusCode()).isEqualTo(204);

        assertThat(begins(TestUsers.get(GATEWAY, "/v1/doctors/rao/slots"))).isEmpty();
        assertThat(TestUsers.get(GATEWAY, "/v1/doctors/rao").getBoolean("active"))
                .isFalse();
        assertThat(TestUsers.delete(GATEWAY, "/v1/doctors/nobody").statusCode()).isEqualTo(404);
        // Whoever has a visit keeps it.
        assertThat(CALLS.show(visit).getString("status")).isEqualTo("booked");
    }

    @Test
    void lists_visits_by_what_they_are() {
        CALLS.open();
        JsonObject first = CALLS.booked("2040-01-13T10:00:00+05:30");
        JsonObject second = CALLS.booked("2040-01-13T09:00:00+05:30");
        JsonObject _ = CALLS.acted(first, "cancel");

        assertThat(visits("")).containsExactly(second.getString("id"), first.getString("id"));
        assertThat(visits("?status=cancelled")).containsExactly(first.getString("id"));
        assertThat(visits("?from=2040-01-13T04:00:00Z")).containsExactly(first.getString("id"));
        assertThat(visits("?to=2040-01-13T04:00:00Z&doctor=rao&phone=%2B919876543210"))
                .containsExactly(second.getString("id"));
        assertThat(visits("?doctor=sen")).isEmpty();
        JsonObject page = TestUsers.get(GATEWAY, "/v1/appointments?limit=1");
        assertThat(visits("?limit=1&cursor=" + page.getString("next_cursor"))).containsExactly(first.getString("id"));
        assertThat(json(GATEWAY.get("/v1/appointments?cursor=x")).getString("code"))
                .isEqualTo("invalid_cursor");
    }

    private static List<String> visits(String query) {
        JsonArray visits = TestUsers.get(GATEWAY, "/v1/appointments" + query).getJsonArray("appointments");
        return visits.stream().map(one -> ((JsonObject) one).getString("id")).toList();
    }
}
