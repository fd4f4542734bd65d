package io.heliograph.gateway.webhooks.deliveries;

import io.heliograph.events.EventType;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.QueryFields;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which tries to list.
 *
 * @param succeeded null for both
 */
record TryFilter(
        @Nullable OffsetDateTime since,
        @Nullable OffsetDateTime until,
        @Nullable Boolean succeeded,
        @Nullable String type,
        @Nullable UUID eventId,
        @Nullable TryCursor cursor,
        int limit) {
    private static final int LIMIT_MAX = 200;
    private static final int LIMIT_DEFAULT = 50;
    static final Instant TIME_MIN = Instant.EPOCH;
    static final Instant TIME_MAX = Instant.parse("9999-12-31T00:00:00Z");
    private static final String SUCCEEDED = "succeeded";

    /** Throws the problem of a query that is not one, with all its mistakes. */
    static TryFilter read(MultiMap parameters) {
        QueryFields query = new QueryFields(parameters);
        String outcome = query.oneOf("outcome", List.of(SUCCEEDED, "failed"));
        TryFilter filter = new TryFilter(
                time(query.time("since")),
                time(query.time("until")),
                outcome == null ? null : Boolean.valueOf(outcome.equals(SUCCEEDED)),
                query.oneOf("type", EventType.WORDS),
                eventId(query),
                cursor(query),
                limit(query));
        var mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return filter;
    }

    boolean isSelective() {
        return succeeded != null || type != null || eventId != null;
    }

    /** The database knows no times so far away, and there were no tries. */
    private static @Nullable OffsetDateTime time(@Nullable Instant time) {
        if (time == null) {
            return null;
        }
        Instant near = time.isBefore(TIME_MIN) ? TIME_MIN : time.isAfter(TIME_MAX) ? TIME_MAX : time;
        return near.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable UUID eventId(QueryFields query) {
        String text = query.text("event_id", Integer.MAX_VALUE);
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            query.mistake("event_id", ProblemCode.NOT_ALLOWED, "event_id must be the id of an event.");
            return null;
        }
    }

    static int limit(QueryFields query) {
        return query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
    }

    static @Nullable TryCursor cursor(QueryFields query) {
        String text = query.text("cursor", Integer.MAX_VALUE);
        TryCursor cursor = text == null ? null : TryCursor.parse(text);
        if (text != null && cursor == null) {
            query.mistake("cursor", ProblemCode.INVALID_CURSOR, "cursor must be the next_cursor of an earlier page.");
        }
        return cursor;
    }
}
