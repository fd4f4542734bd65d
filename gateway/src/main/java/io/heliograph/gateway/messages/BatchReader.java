package io.heliograph.gateway.messages;

import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.IdempotencyKey;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.messages.BatchItems.Slot;
import io.heliograph.gateway.messages.fields.MessageFields;
import io.heliograph.gateway.messages.fields.MessageFields.Read;
import io.heliograph.gateway.messages.fields.SharedFields;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the body of a batch: defaults that all items share, and the items, each right or wrong by itself. */
final class BatchReader {
    static final int ITEMS_MAX = 1_000;
    /** Beside the first of each item, which is always listed: an answer is not many times as long as what it answers. */
    static final int MORE_MISTAKES_MAX = 1_000;
    /** Of the shared values, once each item has them: every item is read, hashed and stored by itself. */
    static final long SHARED_CHARACTERS_MAX = 32L * 1024 * 1024;

    private static final String KEY = "key";

    private final MessageFields fields;
    private final Origins origins;

    BatchReader(MessageFields fields, Origins origins) {
        this.fields = fields;
        this.origins = origins;
    }

    /** Throws the problem of a body that is no batch at all. An item without a key gets one from the batch's. */
    BatchItems read(Caller caller, JsonObject body, @Nullable String batchKey) {
        JsonFields top = new JsonFields(body, "");
        JsonObject defaults = top.object("defaults");
        JsonArray items = items(top);
        Mistakes mistakes = top.mistakes().and(mistakesOfDefaults(defaults, items));
        if (!mistakes.isEmpty() || items == null) {
            throw Problem.invalid(mistakes).exception();
        }
        Reading reading = new Reading(caller);
        for (int i = 0; i < items.size(); i++) {
            String keyOfBatch = batchKey == null ? null : IdempotencyKey.ofItem(batchKey, i);
            reading.slots.add(
                    items.getValue(i) instanceof JsonObject own
                            ? reading.read(merged(defaults, own), "/messages/" + i, keyOfBatch)
                            : notAnObject("/messages/" + i));
        }
        return new BatchItems(reading.slots, reading.submitted);
    }

    private static @Nullable JsonArray items(JsonFields top) {
        JsonArray items = top.array("messages");
        if (items == null && top.isMissing("messages")) {
            top.mistake("messages", ProblemCode.MISSING, "messages is required.");
        } else if (items != null && (items.isEmpty() || items.size() > ITEMS_MAX)) {
            top.mistake(
                    "messages",
                    ProblemCode.WRONG_SIZE,
                    "messages must hold 1 to " + ITEMS_MAX + " items, not " + items.size() + ".");
        }
        return items;
    }

    /** A key for all would make all items the same request. */
    private static Mistakes mistakesOfDefaults(@Nullable JsonObject defaults, @Nullable JsonArray items) {
        if (defaults == null) {
            return new Mistakes(List.of(), 0);
        }
        Mistakes mistakes = SharedFields.mistakes(defaults, "/defaults");
        long times = items == null ? 0 : items.size();
        return mistakes.isEmpty() && defaults.encode().length() * times > SHARED_CHARACTERS_MAX
                ? new Mistakes(
                        List.of(FieldMistake.at(
                                "/defaults",
                                ProblemCode.TOO_LARGE,
                                "defaults are too much for so many messages; send fewer messages in one batch.")),
                        0)
                : mistakes;
    }

    /** What the items read so far came to. */
    private final class Reading {
        private final Caller caller;
        private final List<Slot> slots = new ArrayList<>();
        private final List<AcceptIntent.Item> submitted = new ArrayList<>();
        private int moreMistakesLeft = MORE_MISTAKES_MAX;

        Reading(Caller caller) {
            this.caller = caller;
        }

        Slot read(JsonObject item, String pointer, @Nullable String keyOfBatch) {
            Object own = item.remove(KEY);
            if (own != null && !(own instanceof String text && IdempotencyKey.isValid(text))) {
                return refused(FieldMistake.at(
                        pointer + "/" + KEY,
                        ProblemCode.INVALID_IDEMPOTENCY_KEY,
                        KEY + " must be " + IdempotencyKey.SHAPE));
            }
            String value = own == null ? keyOfBatch : (String) own;
            AcceptIntent.Key key = value == null
                    ? null
                    : new AcceptIntent.Key(value, IdempotencyKey.hash(PostMessage.OPERATION, item));
            return switch (fields.read(item, pointer, origins.next(caller))) {
                case Read.Invalid(Mistakes mistakes) -> refused(problem(mistakes), key);
                case Read.Valid valid -> {
                    submitted.add(new AcceptIntent.Item(key, valid.message()));
                    yield new Slot.Submitted(submitted.size() - 1);
                }
            };
        }

        private Problem problem(Mistakes mistakes) {
            Problem problem = Problem.invalid(mistakes, 1 + moreMistakesLeft);
            moreMistakesLeft -= problem.errors().size() - 1;
            return problem;
        }
    }

    private static JsonObject merged(@Nullable JsonObject defaults, JsonObject own) {
        return defaults == null ? own.copy() : defaults.copy().mergeIn(own);
    }

    private static Slot notAnObject(String pointer) {
        return refused(FieldMistake.at(pointer, ProblemCode.WRONG_TYPE, "Each message must be an object."));
    }

    private static Slot refused(FieldMistake mistake) {
        return new Slot.Refused(Problem.invalid(List.of(mistake)));
    }

    private static Slot refused(Problem problem, AcceptIntent.@Nullable Key key) {
        return key != null && problem.code().mayHaveBeenFineBefore()
                ? new Slot.TooLate(problem, key)
                : new Slot.Refused(problem);
    }
}
