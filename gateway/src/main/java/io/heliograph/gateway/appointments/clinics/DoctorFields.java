package io.heliograph.gateway.appointments.clinics;

import io.heliograph.gateway.appointments.schedules.Holiday;
import io.heliograph.gateway.appointments.schedules.OpenHours;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a doctor. Throws the problem of a body that is none, with all its mistakes. */
final class DoctorFields {
    private static final int TEXT_LENGTH_MAX = 100;
    private static final int SLOT_MINUTES_DEFAULT = 30;
    private static final int SLOT_MINUTES_MIN = 5;
    private static final int SLOT_MINUTES_MAX = 480;
    private static final int HOURS_OF_A_DAY_MAX = 10;
    private static final int HOLIDAYS_MAX = 200;

    /** From one thing to another: how each is read, and which of them fit together. */
    private record Kind<P, R>(
            Function<String, P> parse, String example, BiPredicate<P, P> fits, BiFunction<P, P, R> range) {}

    private static final Kind<LocalTime, OpenHours> HOURS =
            new Kind<>(DoctorFields::minute, "09:30", LocalTime::isBefore, OpenHours::new);

    private static final Kind<LocalDate, Holiday> DAYS =
            new Kind<>(LocalDate::parse, "2026-12-24", (from, to) -> !to.isBefore(from), Holiday::new);

    private DoctorFields() {}

    static Doctor read(long accountId, String id, JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        String name = fields.requiredText("name", TEXT_LENGTH_MAX);
        String specialisation = fields.requiredText("specialisation", TEXT_LENGTH_MAX);
        int minutes = fields.integer("slot_minutes", SLOT_MINUTES_DEFAULT, SLOT_MINUTES_MIN, SLOT_MINUTES_MAX);
        Map<DayOfWeek, List<OpenHours>> hours = hours(fields);
        List<Holiday> holidays = ranges(fields, "holidays", HOLIDAYS_MAX, DAYS);
        boolean active = fields.any("active") == null || fields.flag("active");
        ClinicFields.refuse(fields.mistakes());
        if (name == null || specialisation == null) {
            throw new IllegalStateException("What is missing is a mistake");
        }
        return new Doctor(0, accountId, id, name, specialisation, Duration.ofMinutes(minutes), hours, holidays, active);
    }

    private static Map<DayOfWeek, List<OpenHours>> hours(JsonFields fields) {
        Map<DayOfWeek, List<OpenHours>> hours = new EnumMap<>(DayOfWeek.class);
        if (fields.isMissing("hours")) {
            fields.mistake("hours", ProblemCode.MISSING, "hours are required, by days such as monday.");
        }
        JsonFields days = fields.child("hours");
        if (days == null) {
            return hours;
        }
        for (DayOfWeek day : DayOfWeek.values()) {
            String name = day.name().toLowerCase(Locale.ROOT);
            List<OpenHours> open = ranges(days, name, HOURS_OF_A_DAY_MAX, HOURS).stream()
                    .sorted(Comparator.comparing(OpenHours::from))
                    .toList();
            if (overlap(open)) {
                days.mistake(name, ProblemCode.NOT_ALLOWED, "The hours of a day must not overlap.");
            }
            if (!open.isEmpty()) {
                hours.put(day, open);
            }
        }
        fields.mistakesOf(days);
        return hours;
    }

    private static boolean overlap(List<OpenHours> sorted) {
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).from().isBefore(sorted.get(i - 1).to())) {
                return true;
            }
        }
        return false;
    }

    private static LocalTime minute(String text) {
        LocalTime time = LocalTime.parse(text);
        if (time.getSecond() != 0 || time.getNano() != 0) {
            throw new DateTimeException("Hours begin and end with a minute");
        }
        return time;
    }

    private static <P, R> List<R> ranges(JsonFields fields, String name, int max, Kind<P, R> kind) {
        JsonArray array = fields.array(name);
        List<R> ranges = new ArrayList<>();
        if (array == null) {
            return ranges;
        }
        if (array.size() > max) {
            fields.mistake(name, ProblemCode.TOO_MANY, name + " takes at most " + max + ".");
            return ranges;
        }
        for (int i = 0; i < array.size(); i++) {
            if (array.getValue(i) instanceof JsonObject one) {
                JsonFields item = fields.item(name, i, one);
                P from = part(item, "from", kind);
                P to = part(item, "to", kind);
                if (from != null && to != null && !kind.fits().test(from, to)) {
                    item.mistake("to", ProblemCode.NOT_ALLOWED, "to must come after from.");
                } else if (from != null && to != null) {
                    ranges.add(kind.range().apply(from, to));
                }
                fields.mistakesOf(item);
            } else {
                fields.mistake(name, i, ProblemCode.WRONG_TYPE, "Each is an object with from and to.");
            }
        }
        return ranges;
    }

    private static <P, R> @Nullable P part(JsonFields item, String name, Kind<P, R> kind) {
        String text = item.requiredText(name, TEXT_LENGTH_MAX);
        try {
            return text == null ? null : kind.parse().apply(text);
        } catch (DateTimeException _) {
            item.mistake(name, ProblemCode.INVALID_TIME, name + " must look like " + kind.example() + ".");
            return null;
        }
    }
}
