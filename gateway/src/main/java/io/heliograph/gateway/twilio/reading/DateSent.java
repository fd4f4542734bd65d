package io.heliograph.gateway.twilio.reading;

import io.heliograph.gateway.twilio.words.TwilioErrors;
import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's filter by the time of sending, in UTC: {@code DateSent=} a day, {@code DateSent>=} and {@code DateSent<=} a day or a second. The
 * keys of the last two end with the sign, and both include what they name.
 */
record DateSent(@Nullable OffsetDateTime from, @Nullable OffsetDateTime before) {
    private static final String NAME = "DateSent";
    private static final int YEAR_MAX = 9_999;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_DATE_TIME;

    /** Of one value: a day, or a second. */
    private record Span(OffsetDateTime start, OffsetDateTime end) {}

    /** Throws Twilio's error about a date that is none. */
    static DateSent read(MultiMap query) {
        Span on = span(query.get(NAME));
        if (on != null) {
            // Twilio's SDKs have no days: who means one names its first second.
            OffsetDateTime day = on.start().truncatedTo(ChronoUnit.DAYS);
            return new DateSent(day, day.plusDays(1));
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
            OffsetDateTime second = second(text);
            return new Span(kept(second), second.plusSeconds(1));
        } catch (DateTimeException e) {
            throw TwilioErrors.invalidParameter("DateSent must be a date such as 2026-12-01 or 2026-12-01T10:00:00Z.");
        }
    }

    /** Without a zone it is UTC: Twilio's Java SDK leaves it out. */
    private static OffsetDateTime second(String text) {
        return switch (TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from)) {
            case OffsetDateTime time -> time.withOffsetSameInstant(ZoneOffset.UTC);
            case TemporalAccessor time -> LocalDateTime.from(time).atOffset(ZoneOffset.UTC);
        };
    }

    /** The database knows no other years, and Twilio neither. */
    private static OffsetDateTime kept(OffsetDateTime date) {
        if (date.getYear() < 1 || date.getYear() > YEAR_MAX) {
            throw new DateTimeException("The year has more than four digits");
        }
        return date;
    }
}
