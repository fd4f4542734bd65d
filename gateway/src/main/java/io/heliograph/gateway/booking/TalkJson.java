package io.heliograph.gateway.booking;

import io.heliograph.gateway.booking.talk.Choice;
import io.heliograph.gateway.booking.talk.Plan;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a conversation has gathered and offered, as it is stored. */
final class TalkJson {
    private TalkJson() {}

    static JsonObject of(Plan plan) {
        JsonObject json = new JsonObject();
        put(json, "complaint", plan.complaint());
        put(json, "specialisation", plan.specialisation());
        put(json, "doctor", plan.doctorId());
        put(json, "booking_id", plan.bookingId());
        put(json, "day", plan.day());
        put(json, "at", plan.at());
        put(json, "name", plan.name());
        if (plan.page() != 0) {
            json.put("page", plan.page());
        }
        return plan.age() == null ? json : json.put("age", plan.age());
    }

    static Plan plan(JsonObject json) {
        String day = json.getString("day");
        String at = json.getString("at");
        return new Plan(
                json.getString("complaint"),
                json.getString("specialisation"),
                json.getString("doctor"),
                json.getString("booking_id"),
                day == null ? null : LocalDate.parse(day),
                at == null ? null : LocalDateTime.parse(at),
                json.getInteger("page", 0),
                json.getString("name"),
                json.getInteger("age"));
    }

    static JsonArray of(List<Choice> choices) {
        JsonArray json = new JsonArray();
        choices.forEach(choice -> json.add(new JsonArray().add(choice.value()).add(choice.label())));
        return json;
    }

    static List<Choice> choices(JsonArray json) {
        return json.stream()
                .map(choice -> (JsonArray) choice)
                .map(choice -> new Choice(choice.getString(0), choice.getString(1)))
                .toList();
    }

    private static void put(JsonObject json, String name, @Nullable Object value) {
        if (value != null) {
            JsonObject _ = json.put(name, value.toString());
        }
    }
}
