package io.heliograph.gateway.analytics;

import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.QueryFields;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/** The time that is asked for: half hours from the first to that which is outside, seen by the clock of a time zone. */
record Span(Instant from, Instant to, ZoneId zone) {
    static final Duration MAX = Duration.ofDays(400);

    private static final int DAYS_DEFAULT = 7;
    private static final int SLOT_SECONDS = 1_800;
    private static final int NAME_LENGTH_MAX = 64;
    private static final int TIME_LENGTH_MAX = 40;
    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 1, 1);
    /** Names that Java has, and PostgreSQL has not. */
    private static final String JAVA_ONLY = "SystemV/";

    /** {@code query} is told what is wrong. */
    static Span read(QueryFields query, Instant now) {
        ZoneId zone = zone(query);
        Instant today =
                LocalDate.ofInstant(now, zone).plusDays(1).atStartOfDay(zone).toInstant();
        Instant askedTo = moment(query, "to", zone);
        Instant askedFrom = moment(query, "from", zone);
        Instant to = askedTo == null ? today : askedTo;
        Instant from = askedFrom == null
                ? LocalDate.ofInstant(to.minusNanos(1), zone)
                        .minusDays(DAYS_DEFAULT - 1)
                        .atStartOfDay(zone)
                        .toInstant()
                : askedFrom;
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(MAX) > 0) {
            query.mistake(
                    "from",
                    ProblemCode.NOT_ALLOWED,
                    "from must be before to, which is outside, by " + MAX.toDays() + " days at most.");
        } else if (!keepsHalfHours(zone.getRules(), from, to)) {
            query.mistake(
                    "time_zone",
                    ProblemCode.NOT_ALLOWED,
                    "Messages are summed up by half hours of UTC, and the hours of this time_zone begin between them.");
        }
        return new Span(from, to, zone);
    }

    private static ZoneId zone(QueryFields query) {
        String name = query.text("time_zone", NAME_LENGTH_MAX);
        try {
            if (name == null) {
                return ZoneOffset.UTC;
            }
            if (ZoneId.getAvailableZoneIds().contains(name) && !name.startsWith(JAVA_ONLY)) {
                return ZoneId.of(name);
            }
        } catch (DateTimeException e) {
            // Told below.
        }
        query.mistake(
                "time_zone",
                ProblemCode.NOT_ALLOWED,
                "time_zone must be a name of the tz database, such as Asia/Kolkata.");
        return ZoneOffset.UTC;
    }

    /** A day begins when it does in the time zone. */
    private static @Nullable Instant moment(QueryFields query, String name, ZoneId zone) {
        String text = query.text(name, TIME_LENGTH_MAX);
        if (text == null) {
            return null;
        }
        try {
            LocalDate day = text.contains("T") ? null : LocalDate.parse(text);
            // A plus sign that was not escaped arrives as a space.
            Instant moment = day == null
                    ? OffsetDateTime.parse(text.replace(' ', '+')).toInstant()
                    : within(day).atStartOfDay(zone).toInstant();
            LocalDate date = LocalDate.ofInstant(moment, ZoneOffset.UTC);
            if (moment.getEpochSecond() % SLOT_SECONDS == 0 && moment.getNano() == 0 && date.equals(within(date))) {
                return moment;
            }
            // The time zone is told of its half hours.
            if (day != null) {
                return moment;
            }
        } catch (DateTimeException e) {
            // Told below.
        }
        query.mistake(
                name,
                ProblemCode.INVALID_TIME,
                name + " must be a day such as 2026-12-01, or a whole or half hour such as 2026-12-01T10:30:00Z.");
        return null;
    }

    private static LocalDate within(LocalDate day) {
        return day.isBefore(FIRST) ? FIRST : day.isAfter(LAST) ? LAST : day;
    }

    private static boolean keepsHalfHours(ZoneRules rules, Instant from, Instant to) {
        Instant at = from;
        while (at.isBefore(to)) {
            if (rules.getOffset(at).getTotalSeconds() % SLOT_SECONDS != 0) {
                return false;
            }
            ZoneOffsetTransition next = rules.nextTransition(at);
            at = next == null ? to : next.getInstant();
        }
        return true;
    }
}
