package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** What tests of visits ask a gateway: of a clinic in Delhi, whose doctor sees patients every day from nine to five. */
record AppointmentCalls(RunningGateway gateway) {
    static final String PHONE = "+919876543210";
    private static final List<String> DAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    static JsonObject clinic() {
        return new JsonObject()
                .put("name", "City Clinic")
                .put("phone", "+911123456789")
                .put("time_zone", "Asia/Kolkata")
                .put("country", "IN");
    }

    static JsonObject doctor() {
        JsonArray open =
                new JsonArray().add(new JsonObject().put("from", "09:00").put("to", "17:00"));
        JsonObject hours = new JsonObject();
        DAYS.forEach(day -> hours.put(day, open));
        return new JsonObject()
                .put("name", "Dr. Rao")
                .put("specialisation", "Cardiology")
                .put("slot_minutes", 30)
                .put("hours", hours);
    }

    static JsonObject ravi() {
        return new JsonObject().put("name", "Ravi").put("phone", PHONE);
    }

    static JsonObject wish(String startsAt, JsonObject patient) {
        return new JsonObject().put("doctor", "rao").put("starts_at", startsAt).put("patient", patient);
    }

    void open() {
        open(clinic());
    }

    void open(JsonObject clinic) {
        put("/v1/clinic", clinic);
        put("/v1/doctors/rao", doctor());
    }

    JsonObject put(String path, JsonObject body) {
        HttpResponse<String> answer = TestUsers.send(gateway, "PUT", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return RunningGateway.json(answer);
    }

    HttpResponse<String> book(JsonObject wish, String... headers) {
        return gateway.post("/v1/appointments", wish, headers);
    }

    JsonObject booked(String startsAt) {
        return booked(wish(startsAt, ravi()));
    }

    JsonObject booked(JsonObject wish) {
        HttpResponse<String> answer = book(wish);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return RunningGateway.json(answer);
    }

    HttpResponse<String> act(JsonObject visit, String action, JsonObject body, String... headers) {
        return gateway.post("/v1/appointments/" + visit.getString("booking_id") + "/" + action, body, headers);
    }

    JsonObject acted(JsonObject visit, String action, JsonObject body) {
        HttpResponse<String> answer = act(visit, action, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return RunningGateway.json(answer);
    }

    JsonObject acted(JsonObject visit, String action) {
        return acted(visit, action, new JsonObject());
    }

    JsonObject moved(JsonObject visit, String startsAt) {
        return acted(visit, "reschedule", new JsonObject().put("starts_at", startsAt));
    }

    JsonObject show(JsonObject visit) {
        return TestUsers.get(gateway, "/v1/appointments/" + visit.getString("booking_id"));
    }

    /** "kind due_at" of each thing that is still to be told. */
    List<String> plan(JsonObject visit) {
        JsonArray reminders = show(visit).getJsonArray("reminders");
        return reminders.stream()
                .map(one -> (JsonObject) one)
                .map(one -> one.getString("kind") + " " + one.getString("due_at"))
                .toList();
    }

    /** The newest first. */
    List<JsonObject> notices(JsonObject visit) {
        return notices("booking_id=" + visit.getString("booking_id"));
    }

    List<JsonObject> notices(String query) {
        JsonArray notices =
                TestUsers.get(gateway, "/v1/appointments/notices?" + query).getJsonArray("notices");
        return notices.stream().map(one -> (JsonObject) one).toList();
    }

    /** The newest one of that kind, when it is there. */
    JsonObject told(JsonObject visit, String kind) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> notices(visit).stream()
                        .anyMatch(one -> one.getString("kind").equals(kind)));
        return notices(visit).stream()
                .filter(one -> one.getString("kind").equals(kind))
                .findFirst()
                .orElseThrow();
    }

    List<String> kinds(JsonObject visit) {
        return notices(visit).stream().map(one -> one.getString("kind")).toList();
    }

    /** Nothing is stored of a visit but of those that are booked. */
    void requireNothingHalfDone(int booked) {
        for (String table : List.of("appointment", "appointment_history", "appointment_notice", "message", "outbox")) {
            assertThat(gateway.sql().count("SELECT count(*) FROM " + table))
                    .as(table)
                    .isEqualTo(booked);
        }
    }

    static String code(HttpResponse<String> answer) {
        return answer.statusCode() + " " + RunningGateway.json(answer).getString("code");
    }
}
