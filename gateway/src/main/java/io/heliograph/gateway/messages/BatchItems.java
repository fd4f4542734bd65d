package io.heliograph.gateway.messages;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.messages.reading.MessageView;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.Accepted;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The items of a batch, in their order, as they were read: what goes to the database, and what is refused already. */
record BatchItems(List<Slot> slots, List<AcceptIntent.Item> submitted) {
    /** One item. */
    sealed interface Slot {
        /** Wrong; nothing of it goes to the database. */
        record Refused(Problem problem) implements Slot {}

        /** Wrong only in coming too late: it may have come in time before, under the same key. */
        record TooLate(Problem problem, AcceptIntent.Key key) implements Slot {}

        /** Waits at this place among the submitted. */
        record Submitted(int position) implements Slot {}
    }

    /** The keys of what came too late, with the hashes that they must stand for. */
    Map<String, Buffer> keysOfTheLate() {
        Map<String, Buffer> hashes = new HashMap<>();
        for (Slot slot : slots) {
            if (slot instanceof Slot.TooLate late) {
                hashes.put(late.key().value(), late.key().requestHash());
            }
        }
        return hashes;
    }

    /** What was known before: answers by the id of their message, and by the key of what comes too late today; and their batch. */
    record Known(
            Map<UUID, JsonObject> byId,
            Map<String, JsonObject> byKey,
            @Nullable UUID batchId,
            boolean complete) {
        /** When the database could not be asked. */
        static final Known NOTHING = new Known(Map.of(), Map.of(), null, false);

        private Problem problemOfMissing(Problem whenComplete) {
            return complete ? whenComplete : Problem.keyUnknown();
        }
    }

    /** The answer of each item, with its index. */
    JsonArray render(List<Accepted.ItemAnswer> answers, Known known) {
        JsonArray items = new JsonArray();
        for (int i = 0; i < slots.size(); i++) {
            JsonObject item = switch (slots.get(i)) {
                case Slot.Refused(Problem problem) -> refused(problem);
                case Slot.TooLate(Problem problem, AcceptIntent.Key key) -> {
                    JsonObject first = known.byKey().get(key.value());
                    yield first == null ? refused(known.problemOfMissing(problem)) : first;
                }
                case Slot.Submitted(int position) -> render(answers.get(position), known);
            };
            items.add(new JsonObject().put("index", i).mergeIn(item));
        }
        return items;
    }

    private static JsonObject render(Accepted.ItemAnswer answer, Known known) {
        return switch (answer) {
            case Accepted.Stored stored -> MessageView.accepted(stored.message(), stored.createdAt());
            case Accepted.KeyReused _ -> refused(Problem.keyReused());
            case Accepted.OptedOut _ -> refused(Problem.optedOut());
            case Accepted.KeyUnknown _ -> refused(Problem.keyUnknown());
            case Accepted.Replayed replayed -> {
                JsonObject first = known.byId().get(replayed.firstId());
                yield first == null ? refused(known.problemOfMissing(Problem.noSuchMessage())) : first;
            }
        };
    }

    private static JsonObject refused(Problem problem) {
        return new JsonObject().put("status", "refused").put("error", problem.json());
    }
}
