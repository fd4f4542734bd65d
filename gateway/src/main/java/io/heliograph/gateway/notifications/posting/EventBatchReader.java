package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.IdempotencyKey;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.heliograph.gateway.notifications.posting.EventBatch.Slot;
import io.heliograph.gateway.notifications.users.UserFields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a batch of events, each right or wrong by itself. An item that has {@code users} instead of a user is an event for each of
 * them.
 */
final class EventBatchReader {
    static final int EVENTS_MAX = 1_000;
    /** Beside the first of each item, which is always listed: an answer is not many times as long as what it answers. */
    private static final int MORE_MISTAKES_MAX = 1_000;
    /** Of the values that several users share, once each has them. */
    private static final long SHARED_CHARACTERS_MAX = 8L * 1024 * 1024;

    private static final String EVENTS = "events";
    private static final String USERS = "users";
    private static final String KEY = "idempotency_key";

    private final EventFields fields;
    private final Origins origins;

    EventBatchReader(EventFields fields, Origins origins) {
        this.fields = fields;
        this.origins = origins;
    }

    /** Throws the problem of a body that is no batch at all. An item without a key gets one from the batch's. */
    EventBatch read(Caller caller, JsonObject body, @Nullable String batchKey) {
        JsonFields top = new JsonFields(body, "");
        JsonArray items = top.array(EVENTS);
        if (items == null && top.isMissing(EVENTS)) {
            top.mistake(EVENTS, ProblemCode.MISSING, "events is required.");
        } else if (items != null && (items.isEmpty() || count(items) > EVENTS_MAX)) {
            top.mistake(
                    EVENTS,
                    ProblemCode.WRONG_SIZE,
                    "events must hold 1 to " + EVENTS_MAX + " events, counted for each of its users, not "
                            + count(items) + ".");
        } else if (items != null && shared(items) > SHARED_CHARACTERS_MAX) {
            top.mistake(
                    EVENTS,
                    ProblemCode.TOO_LARGE,
                    "There is too much data for so many users; send fewer in one batch.");
        }
        Mistakes mistakes = top.mistakes();
        if (!mistakes.isEmpty() || items == null) {
            throw Problem.invalid(mistakes).exception();
        }
        Reading reading = new Reading(caller);
        for (int i = 0; i < items.size(); i++) {
            reading.read(items.getValue(i), i, batchKey == null ? null : IdempotencyKey.ofItem(batchKey, i));
        }
        return new EventBatch(reading.slots, reading.submitted);
    }

    private static int count(JsonArray items) {
        return items.stream().mapToInt(EventBatchReader::users).sum();
    }

    private static int users(Object item) {
        return item instanceof JsonObject object && object.getValue(USERS) instanceof JsonArray users
                ? Math.max(1, users.size())
                : 1;
    }

    private static long shared(JsonArray items) {
        return items.stream()
                .filter(item -> users(item) > 1)
                .mapToLong(item -> {
                    Object ofAll = ((JsonObject) item).getValue("data");
                    return ofAll instanceof JsonObject object
                            ? (long) users(item) * object.encode().length()
                            : 0;
                })
                .sum();
    }

    /** What the items read so far came to. */
    private final class Reading {
        private final Caller caller;
        private final List<Slot> slots = new ArrayList<>();
        private final List<PostedEvent> submitted = new ArrayList<>();
        private int moreMistakesLeft = MORE_MISTAKES_MAX;

        Reading(Caller caller) {
            this.caller = caller;
        }

        void read(@Nullable Object item, int index, @Nullable String keyOfBatch) {
            String pointer = "/" + EVENTS + "/" + index;
            if (!(item instanceof JsonObject event)) {
                refuse(index, mistake(pointer, ProblemCode.WRONG_TYPE, "Each event must be an object."));
            } else if (event.containsKey(USERS)) {
                readForEach(event, index, pointer, keyOfBatch);
            } else {
                boolean _ = read(event, null, index, pointer, keyOfBatch);
            }
        }

        /** What is wrong with the event is wrong for all of them, and is said once. */
        private void readForEach(JsonObject event, int index, String pointer, @Nullable String keyOfBatch) {
            JsonFields read = new JsonFields(event, pointer);
            JsonArray users = users(event, read);
            if (users == null) {
                refuse(index, mistakes(read));
                return;
            }
            String ownKey = event.getValue(KEY) instanceof String text && IdempotencyKey.isValid(text) ? text : null;
            String key = ownKey == null ? keyOfBatch : ownKey;
            JsonObject one = event.copy();
            Object _ = one.remove(USERS);
            if (ownKey != null) {
                Object _ = one.remove(KEY);
            }
            for (int i = 0; i < users.size(); i++) {
                String user = users.getString(i);
                String itsKey = key == null ? null : IdempotencyKey.ofItem(key, i);
                if (!read(one.copy().put("user", user), user, index, pointer, itsKey)) {
                    return;
                }
            }
        }

        /** Null when they are none, and {@code read} says why. */
        private static @Nullable JsonArray users(JsonObject event, JsonFields read) {
            JsonArray users = read.array(USERS);
            if (event.containsKey("user")) {
                read.mistake(USERS, ProblemCode.NOT_ALLOWED, "An event has a user or users, not both.");
                return null;
            }
            if (users == null || users.isEmpty()) {
                read.mistake(USERS, ProblemCode.EMPTY, "users must name at least one user.");
                return null;
            }
            boolean right = true;
            for (int i = 0; i < users.size(); i++) {
                if (!(users.getValue(i) instanceof String id && UserFields.isId(id))) {
                    read.mistake(USERS, i, ProblemCode.NOT_ALLOWED, "Each of users must be a user's id.");
                    right = false;
                }
            }
            return right ? users : null;
        }

        /** Answers whether it is right. */
        private boolean read(JsonObject event, @Nullable String user, int index, String pointer, @Nullable String key) {
            return switch (fields.read(event, pointer, key, origins.next(caller))) {
                case EventFields.Read.Invalid(Mistakes mistakes) -> {
                    refuse(index, mistakes);
                    yield false;
                }
                case EventFields.Read.Valid(PostedEvent read) -> {
                    slots.add(new Slot(index, user, null));
                    submitted.add(read);
                    yield true;
                }
            };
        }

        private void refuse(int index, Mistakes mistakes) {
            Problem problem = Problem.invalid(mistakes, 1 + moreMistakesLeft);
            moreMistakesLeft -= problem.errors().size() - 1;
            slots.add(new Slot(index, null, problem));
        }

        /** Only of {@code users}: the other fields are read when these are right. */
        private static Mistakes mistakes(JsonFields read) {
            for (String name : List.of("type", "user", "data", KEY)) {
                Object _ = read.any(name);
            }
            return read.mistakes();
        }

        private static Mistakes mistake(String pointer, ProblemCode code, String detail) {
            return new Mistakes(List.of(FieldMistake.at(pointer, code, detail)), 0);
        }
    }
}
