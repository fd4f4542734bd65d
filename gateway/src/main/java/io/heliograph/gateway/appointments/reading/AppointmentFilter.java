package io.heliograph.gateway.appointments.reading;

import io.heliograph.gateway.appointments.visits.Status;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.gateway.messages.fields.Recipients;
import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which visits to list, in the order of their beginnings. {@code from} is inside, {@code to} outside.
 *
 * @param after the last of the page before; null for the first page
 */
record AppointmentFilter(
        @Nullable String status,
        @Nullable String doctor,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String user,
        @Nullable String phone,
        @Nullable Cursor after,
        int limit) {
    private static final int TEXT_LENGTH_MAX = 128;
    private static final int LIMIT_DEFAULT = 50;
    private static final int LIMIT_MAX = 200;

    /** Where a page has ended. */
    record Cursor(OffsetDateTime startsAt, UUID id) {
        private static final String SEPARATOR = "_";

        String text() {
            return startsAt.toInstant().toEpochMilli() + SEPARATOR + id;
        }

        static Cursor of(String text) {
            int at = text.indexOf(SEPARATOR);
            if (at < 0) {
                throw new IllegalArgumentException("No cursor");
            }
            Instant startsAt = Instant.ofEpochMilli(Long.parseLong(text.substring(0, at)));
            return new Cursor(Times.within(startsAt.atOffset(ZoneOffset.UTC)), UUID.fromString(text.substring(at + 1)));
        }
    }

    /** Throws the problem of a query that is not one, with all its mistakes. */
    static AppointmentFilter read(MultiMap parameters, Recipients recipients) {
        QueryFields query = new QueryFields(parameters);
        AppointmentFilter filter = new AppointmentFilter(
                query.oneOf("status", Status.WORDS),
                query.text("doctor", TEXT_LENGTH_MAX),
                time(query, "from"),
                time(query, "to"),
                query.text("user", TEXT_LENGTH_MAX),
                phone(query, "phone", recipients),
                cursor(query),
                query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX));
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return filter;
    }

    private static @Nullable Instant time(QueryFields query, String name) {
        Instant time = query.time(name);
        try {
            return time == null
                    ? null
                    : Times.within(time.atOffset(ZoneOffset.UTC)).toInstant();
        } catch (DateTimeException _) {
            query.mistake(name, ProblemCode.INVALID_TIME, name + " must be of a year with four digits.");
            return null;
        }
    }

    static @Nullable String phone(QueryFields query, String name, Recipients recipients) {
        String text = query.text(name, TEXT_LENGTH_MAX);
        if (text == null) {
            return null;
        }
        // A plus sign that was not escaped arrives as a space.
        String number = recipients.e164(text.startsWith(" ") ? "+" + text.trim() : text);
        if (number == null) {
            query.mistake(name, ProblemCode.INVALID_RECIPIENT, name + " cannot be a phone number.");
        }
        return number;
    }

    private static @Nullable Cursor cursor(QueryFields query) {
        String text = query.text("cursor", TEXT_LENGTH_MAX);
        try {
            return text == null ? null : Cursor.of(text);
        } catch (IllegalArgumentException | DateTimeException _) {
            query.mistake("cursor", ProblemCode.INVALID_CURSOR, "cursor must be the next_cursor of an earlier page.");
            return null;
        }
    }
}
