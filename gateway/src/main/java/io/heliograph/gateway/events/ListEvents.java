package io.heliograph.gateway.events;

import io.heliograph.events.EventPosition;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.runtime.Ids;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/events}: oldest first, from a position on; the answer says where to go on, now or later. */
final class ListEvents {
    private static final int LIMIT_MAX = 200;
    private static final int LIMIT_DEFAULT = 50;
    private static final EventPosition OLDEST = new EventPosition(0, 0);

    private final EventStore store;
    private final Listening listening;

    ListEvents(EventStore store, Listening listening) {
        this.store = store;
        this.listening = listening;
    }

    /** Throws the problem of a query that is not one. Whoever asks listens: what happens from now on is kept for the next look. */
    Future<JsonObject> list(Caller caller, MultiMap parameters) {
        EventStore.Wanted wanted = read(caller, parameters);
        return listening
                .since(caller.accountId())
                .compose(since -> store.page(wanted))
                .map(ListEvents::json);
    }

    private static EventStore.Wanted read(Caller caller, MultiMap parameters) {
        QueryFields query = new QueryFields(parameters);
        EventStore.Wanted wanted = new EventStore.Wanted(
                caller.accountId(),
                position(query),
                EventFilter.read(query),
                messageId(query),
                floor(query.time("since"), Ids.FIRST),
                floor(query.time("until"), Ids.LAST),
                query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX));
        var mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return wanted;
    }

    private static EventPosition position(QueryFields query) {
        String text = query.text("cursor", Integer.MAX_VALUE);
        EventPosition position = text == null ? OLDEST : EventPosition.parse(text);
        if (position == null) {
            query.mistake("cursor", ProblemCode.INVALID_CURSOR, "cursor must be the next_cursor of an earlier page.");
            return OLDEST;
        }
        return position;
    }

    private static @Nullable UUID messageId(QueryFields query) {
        String text = query.text("message_id", Integer.MAX_VALUE);
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            query.mistake("message_id", ProblemCode.NOT_ALLOWED, "message_id must be the id of a message.");
            return null;
        }
    }

    private static UUID floor(@Nullable Instant time, UUID otherwise) {
        return time == null ? otherwise : Ids.floor(time);
    }

    private static JsonObject json(EventPage page) {
        JsonArray events = new JsonArray();
        page.rows().forEach(row -> events.add(EventView.json(row)));
        return new JsonObject()
                .put("events", events)
                .put("next_cursor", page.next().toString())
                .put("more", !page.caughtUp())
                .put("gap", page.gap());
    }
}
