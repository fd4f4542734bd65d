package io.heliograph.gateway.webhooks.deliveries;

import io.heliograph.events.EventPosition;
import io.heliograph.events.EventType;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.webhooks.EndpointFields;
import io.heliograph.runtime.Ids;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events are to be sent to an endpoint again.
 *
 * @param from of the events' ids, which are ordered by time; inside
 * @param until outside
 * @param types null for all that the endpoint takes
 * @param messageIds null for all
 * @param onlyFailed only what has not arrived there
 */
record ReplayRequest(
        UUID from,
        UUID until,
        @Nullable List<String> types,
        @Nullable List<UUID> messageIds,
        boolean onlyFailed,
        EventPosition after,
        int limit,
        boolean dryRun) {
    private static final int LIMIT_MAX = 5_000;
    private static final int LIMIT_DEFAULT = 1_000;
    private static final int MESSAGES_MAX = 100;
    /** By which the clock that makes the ids of events may be behind the one that makes those of messages. */
    private static final Duration CLOCKS_DIFFER_MAX = Duration.ofHours(1);

    private static final EventPosition OLDEST = new EventPosition(0, 0);

    /** Throws the problem of a body that is none, with all its mistakes. */
    static ReplayRequest read(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        Instant since = fields.time("since");
        Instant until = fields.time("until");
        List<UUID> messageIds = messageIds(fields);
        if (fields.isMissing("since") && fields.isMissing("message_ids")) {
            fields.mistake("since", ProblemCode.MISSING, "since is required, unless there are message_ids.");
        }
        ReplayRequest request = new ReplayRequest(
                since == null ? floor(messageIds) : Ids.floor(since),
                until == null ? Ids.LAST : Ids.floor(until),
                EndpointFields.words(fields, "types", EventType.WORDS),
                messageIds,
                fields.flag("only_failed"),
                position(fields),
                fields.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX),
                fields.flag("dry_run"));
        var mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return request;
    }

    private static @Nullable List<UUID> messageIds(JsonFields fields) {
        JsonArray array = fields.array("message_ids");
        if (array == null) {
            return null;
        }
        if (array.isEmpty() || array.size() > MESSAGES_MAX) {
            fields.mistake("message_ids", ProblemCode.WRONG_SIZE, "message_ids must be 1 to " + MESSAGES_MAX + " ids.");
            return null;
        }
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            try {
                boolean _ = ids.add(UUID.fromString(array.getValue(i) instanceof String id ? id : ""));
            } catch (IllegalArgumentException _) {
                fields.mistake("message_ids", i, ProblemCode.NOT_ALLOWED, "This must be the id of a message.");
            }
        }
        return ids;
    }

    private static EventPosition position(JsonFields fields) {
        String text = fields.text("cursor", Integer.MAX_VALUE);
        EventPosition position = text == null ? OLDEST : EventPosition.parse(text);
        if (position == null) {
            fields.mistake(
                    "cursor", ProblemCode.INVALID_CURSOR, "cursor must be the next_cursor of an earlier answer.");
            return OLDEST;
        }
        return position;
    }

    /** No event of a message is older than the message. */
    private static UUID floor(@Nullable List<UUID> messageIds) {
        UUID oldest =
                messageIds == null ? null : messageIds.stream().min(Ids.ORDER).orElse(null);
        return oldest == null
                ? Ids.FIRST
                : Ids.floor(Instant.ofEpochMilli(oldest.getMostSignificantBits() >>> 16)
                        .minus(CLOCKS_DIFFER_MAX));
    }
}
