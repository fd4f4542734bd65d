package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of a batch, in their order, as they were read: what goes to the database, and what is refused already. */
record EventBatch(List<Slot> slots, List<PostedEvent> submitted) {
    /** One event for one user; {@code user} is there where its item names several. */
    record Slot(int index, @Nullable String user, @Nullable Problem refused) {}

    /** In the place of each slot what became of it. */
    JsonArray render(List<Notified> answers) {
        JsonArray items = new JsonArray();
        int place = 0;
        for (Slot slot : slots) {
            JsonObject item = new JsonObject().put("index", slot.index());
            if (slot.user() != null) {
                item.put("user", slot.user());
            }
            items.add(item.mergeIn(slot.refused() == null ? rendered(answers.get(place++)) : refused(slot.refused())));
        }
        return items;
    }

    private static JsonObject rendered(Notified answer) {
        return switch (answer) {
            case Notified.Stored(JsonObject view) -> accepted(view);
            case Notified.Replayed(JsonObject view) -> accepted(view);
            case Notified.KeyReused _, Notified.BatchKeyReused _ -> refused(Problem.keyReused());
            case Notified.KeyUnknown _ -> refused(Problem.keyUnknown());
            case Notified.UnknownUser _ ->
                refused(Problem.of(
                        ProblemCode.UNKNOWN_USER, "There is no user with this id. PUT /v1/users/{id} makes one."));
        };
    }

    private static JsonObject accepted(JsonObject view) {
        return new JsonObject().put("status", "accepted").mergeIn(view);
    }

    private static JsonObject refused(Problem problem) {
        return new JsonObject().put("status", "refused").put("error", problem.json());
    }
}
