package io.heliograph.gateway.appointments.clinics;

import io.heliograph.gateway.appointments.schedules.Holiday;
import io.heliograph.gateway.appointments.schedules.OpenHours;
import io.heliograph.gateway.appointments.schedules.Schedule;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Somebody who sees patients.
 *
 * @param no counted over all accounts; 0 for one that is not stored yet
 * @param id the account's own
 * @param active whether visits can be booked
 */
public record Doctor(
        long no,
        long accountId,
        String id,
        String name,
        String specialisation,
        Duration slot,
        Map<DayOfWeek, List<OpenHours>> hours,
        List<Holiday> holidays,
        boolean active) {

    public Doctor {
        hours = Map.copyOf(hours);
        holidays = List.copyOf(holidays);
    }

    public Schedule schedule(Clinic clinic) {
        return new Schedule(clinic.zone(), slot, hours, holidays);
    }

    /** Of a row in which its columns begin with {@code doctor_}. */
    public static Doctor of(Row row) {
        return new Doctor(
                row.getLong("doctor_no"),
                row.getLong("doctor_account_id"),
                row.getString("doctor_id"),
                row.getString("doctor_name"),
                row.getString("doctor_specialisation"),
                Duration.ofMinutes(row.getInteger("doctor_slot_minutes")),
                hours(row.getJsonObject("doctor_hours")),
                row.getJsonArray("doctor_holidays").stream()
                        .map(one -> (JsonObject) one)
                        .map(one -> new Holiday(
                                LocalDate.parse(one.getString("from")), LocalDate.parse(one.getString("to"))))
                        .toList(),
                row.getBoolean("doctor_active"));
    }

    private static Map<DayOfWeek, List<OpenHours>> hours(JsonObject json) {
        Map<DayOfWeek, List<OpenHours>> hours = new EnumMap<>(DayOfWeek.class);
        json.forEach(day -> hours.put(
                DayOfWeek.valueOf(day.getKey().toUpperCase(Locale.ROOT)),
                ((JsonArray) day.getValue())
                        .stream()
                                .map(one -> (JsonObject) one)
                                .map(one -> new OpenHours(
                                        LocalTime.parse(one.getString("from")), LocalTime.parse(one.getString("to"))))
                                .toList()));
        return hours;
    }

    /** As it is stored and shown, from Monday to Sunday. */
    JsonObject hoursJson() {
        JsonObject json = new JsonObject();
        for (DayOfWeek day : DayOfWeek.values()) {
            JsonArray open = new JsonArray();
            hours.getOrDefault(day, List.of())
                    .forEach(one -> open.add(new JsonObject()
                            .put("from", one.from().toString())
                            .put("to", one.to().toString())));
            if (!open.isEmpty()) {
                json.put(day.name().toLowerCase(Locale.ROOT), open);
            }
        }
        return json;
    }

    JsonArray holidaysJson() {
        JsonArray json = new JsonArray();
        holidays.forEach(one -> json.add(new JsonObject()
                .put("from", one.from().toString())
                .put("to", one.to().toString())));
        return json;
    }
}
