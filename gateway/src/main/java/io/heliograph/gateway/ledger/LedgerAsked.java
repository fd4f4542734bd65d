package io.heliograph.gateway.ledger;

import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.runtime.Ids;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which part of the ledger is asked for. */
sealed interface LedgerAsked {
    /** Everything in one sum. */
    record Everything() implements LedgerAsked {}

    /** Days of UTC, newest first; {@code next} continues behind the last of them, if more were asked for. */
    record Days(List<LocalDate> days, @Nullable UUID next) implements LedgerAsked {}

    /** Batches, newest first. Ids are bounds: {@code before} is outside, {@code from} inside. */
    record Batches(UUID before, UUID from, int limit) implements LedgerAsked {}

    Instant LAST = Instant.parse("9999-12-31T00:00:00Z");
    Duration SPAN_DEFAULT = Duration.ofDays(30);
    Duration SPAN_MAX = Duration.ofDays(400);
    int DAYS_DEFAULT = 7;
    int DAYS_MAX = 31;
    int BATCHES_DEFAULT = 50;
    int BATCHES_MAX = 200;

    /** Throws the problem of a query that is not one, with all its mistakes. */
    static LedgerAsked read(MultiMap parameters, Instant now) {
        QueryFields query = new QueryFields(parameters);
        String by = query.oneOf("by", List.of("day", "batch"));
        Instant to = within(Objects.requireNonNullElse(query.time("to"), now));
        Instant from = within(Objects.requireNonNullElse(query.time("from"), to.minus(SPAN_DEFAULT)));
        UUID cursor = query.cursor("cursor");
        boolean byDay = "day".equals(by);
        int limit = query.integer("limit", byDay ? DAYS_DEFAULT : BATCHES_DEFAULT, 1, byDay ? DAYS_MAX : BATCHES_MAX);
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(SPAN_MAX) > 0) {
            query.mistake(
                    "from",
                    ProblemCode.NOT_ALLOWED,
                    "from must be before to, by " + SPAN_MAX.toDays() + " days at most.");
        }
        if (by == null && !parameters.isEmpty()) {
            query.mistake("by", ProblemCode.MISSING, "The other parameters need by=day or by=batch.");
        }
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        UUID before = earlier(Ids.floor(to), cursor);
        return by == null
                ? new Everything()
                : byDay ? days(before, to, from, limit) : new Batches(before, Ids.floor(from), limit);
    }

    /** No id is of another time. */
    private static Instant within(Instant time) {
        return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time.isAfter(LAST) ? LAST : time;
    }

    private static Days days(UUID before, Instant to, Instant from, int limit) {
        Instant until = Instant.ofEpochMilli(before.getMostSignificantBits() >>> 16);
        LocalDate last = LocalDate.ofInstant((until.isBefore(to) ? until : to).minusNanos(1), ZoneOffset.UTC);
        LocalDate first = LocalDate.ofInstant(from, ZoneOffset.UTC);
        List<LocalDate> days = Stream.iterate(last, day -> !day.isBefore(first), day -> day.minusDays(1))
                .limit(limit)
                .toList();
        boolean more = !days.isEmpty() && days.getLast().isAfter(first);
        return new Days(
                days,
                more ? Ids.floor(days.getLast().atStartOfDay(ZoneOffset.UTC).toInstant()) : null);
    }

    private static UUID earlier(UUID id, @Nullable UUID cursor) {
        return cursor != null && Ids.ORDER.compare(cursor, id) < 0 ? cursor : id;
    }
}
