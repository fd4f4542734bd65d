package io.heliograph.gateway.twilio.reading;

import io.heliograph.gateway.twilio.words.TwilioErrors;
import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's filter by the time of sending: {@code DateSent=}, {@code DateSent>=} and {@code DateSent<=} a day or a second, in UTC. The keys
 * of the last two end with the sign, and both include what they name.
 */
record DateSent(@Nullable OffsetDateTime from, @Nullable OffsetDateTime before) {
    private static final String NAME = "DateSent";
    private static final int YEAR_MAX = 9_999;

    /** Of one value: a day, or a second. */
    private record Span(OffsetDateTime start, OffsetDateTime end) {}

    /** Throws Twilio's error about a date that is none. */
    static DateSent read(MultiMap query) {
        Span on = span(query.get(NAME));
        if (on != null) {
            return new DateSent(on.start(), on.end());
        }
        Span from = span(query.get(NAME + ">"));
        Span until = span(query.get(NAME + "<"));
        return new DateSent(from == null ? null : from.start(), until == null ? null : until.end());
    }

    private static @Nullable Span span(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            if (text.indexOf('T') < 0) {
                OffsetDateTime day = LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC);
                return new Span(kept(day), day.plusDays(1));
            }
            OffsetDateTime second = text.endsWith("Z")
                    ? OffsetDateTime.parse(text)
                    : LocalDateTime.parse(text).atOffset(ZoneOffset.UTC);
            return new Span(kept(second), second.plusSeconds(1));
        } catch (DateTimeException e) {
            throw TwilioErrors.invalidParameter("DateSent must be a date such as 2026-12-01 or 2026-12-01T10:00:00Z.");
        }
    }

    /** The database knows no other years, and Twilio neither. */
    private static OffsetDateTime kept(OffsetDateTime date) {
        if (date.getYear() < 1 || date.getYear() > YEAR_MAX) {
            throw new DateTimeException("The year has more than four digits");
        }
        return date;
    }
}
