package io.heliograph.simulator.twilio;

import io.heliograph.simulator.http.Form;
import io.heliograph.simulator.ledger.Message;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Which messages a list shows. Times are in UTC; a day stands for all of it, and both ends are included. */
record MessageFilter(@Nullable String to, @Nullable String from, long sentFrom, long sentUntil) {
    /** A stretch of time, the end excluded. */
    private record Span(long start, long end) {}

    /** Null when a date is none. */
    static @Nullable MessageFilter read(Form query) {
        try {
            Span on = span(query.given("DateSent"));
            Span since = span(query.given("DateSent>"));
            Span until = span(query.given("DateSent<"));
            long start = Math.max(on == null ? Long.MIN_VALUE : on.start, since == null ? Long.MIN_VALUE : since.start);
            long end = Math.min(on == null ? Long.MAX_VALUE : on.end, until == null ? Long.MAX_VALUE : until.end);
            return new MessageFilter(query.given("To"), query.given("From"), start, end);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A message that is not sent yet is taken by when it was made. */
    boolean matches(Message message) {
        if (message.state().deleted()) {
            return false;
        }
        long sentAt = message.state().sentAt();
        long at = sentAt == 0 ? message.createdAt() : sentAt;
        return at >= sentFrom
                && at < sentUntil
                && (to == null || to.equals(message.content().to()))
                && (from == null || from.equals(message.content().from()));
    }

    private static @Nullable Span span(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (text.length() == "2026-11-01".length()) {
            return span(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant(), Duration.ofDays(1));
        }
        Instant second = Schedule.parse(text);
        if (second == null) {
            throw new DateTimeException("Not a date");
        }
        return span(second, Duration.ofSeconds(1));
    }

    private static Span span(Instant start, Duration length) {
        return new Span(start.toEpochMilli(), start.plus(length).toEpochMilli());
    }
}
