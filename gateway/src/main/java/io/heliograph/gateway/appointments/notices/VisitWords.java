package io.heliograph.gateway.appointments.notices;

import io.heliograph.gateway.appointments.clinics.Clinic;
import io.heliograph.gateway.appointments.schedules.Slot;
import io.heliograph.gateway.appointments.visits.NoticeKind;
import io.vertx.core.json.JsonObject;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What the templates of visits may name, in the words of a language and by the clock of the clinic. Pure. */
final class VisitWords {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter TWELVE_HOURS = DateTimeFormatter.ofPattern("h:mm a", Locale.ENGLISH);
    private static final DateTimeFormatter HOURS = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    private VisitWords() {}

    static JsonObject of(Occasion occasion, Locale locale) {
        Clinic clinic = occasion.place().clinic();
        JsonObject words = new JsonObject()
                .put("clinic", clinic.name())
                .put("phone", clinic.phone())
                .put("booking_id", occasion.visit().bookingId())
                .put("doctor", occasion.place().doctor().name())
                .put("name", occasion.visit().patient().name());
        put(words, "", occasion.visit().slot(), clinic, locale);
        if (occasion.before() != null) {
            put(words, "old_", occasion.before(), clinic, locale);
        }
        if (occasion.kind() == NoticeKind.COMPLETED && clinic.followUp() != null) {
            ZonedDateTime at = occasion.now().plus(clinic.followUp()).atZoneSameInstant(clinic.zone());
            words.put("follow_up", DATE.withLocale(locale).format(at));
        }
        return words;
    }

    private static void put(JsonObject words, String prefix, Slot slot, Clinic clinic, Locale locale) {
        ZonedDateTime at = slot.startsAt().atZone(clinic.zone());
        DateTimeFormatter hours = locale.getLanguage().equals("en") ? TWELVE_HOURS : HOURS;
        words.put(prefix + "date", DATE.withLocale(locale).format(at))
                .put(prefix + "time", hours.withLocale(locale).format(at));
    }
}
