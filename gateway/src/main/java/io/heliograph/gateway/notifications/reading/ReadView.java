package io.heliograph.gateway.notifications.reading;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.heliograph.gateway.notifications.posting.NotificationView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A notification as it was answered, and where its messages are now. */
final class ReadView {
    private static final String MESSAGE_ID = "message_id";
    /** Where a user has several addresses. */
    private static final String MESSAGE_IDS = "message_ids";

    private ReadView() {}

    static JsonObject of(Row row) {
        return NotificationView.of(row);
    }

    static List<UUID> messageIds(List<JsonObject> views) {
        List<UUID> ids = new ArrayList<>();
        views.forEach(view -> forEachMessage(view, outcome -> ids.addAll(ids(outcome))));
        return ids;
    }

    /** A message that is no longer kept has no status. */
    static void add(JsonObject view, Map<UUID, Row> messages) {
        forEachMessage(view, outcome -> {
            addState(outcome, messages.get(UUID.fromString(outcome.getString(MESSAGE_ID))));
            if (outcome.containsKey(MESSAGE_IDS)) {
                JsonArray each = new JsonArray();
                ids(outcome)
                        .forEach(id ->
                                each.add(addState(new JsonObject().put(MESSAGE_ID, id.toString()), messages.get(id))));
                outcome.put("messages", each);
            }
        });
    }

    @CanIgnoreReturnValue
    private static JsonObject addState(JsonObject outcome, @Nullable Row message) {
        if (message != null) {
            outcome.put("message_status", message.getString("status"));
            if (message.getString("reason") != null) {
                outcome.put("message_reason", message.getString("reason"));
            }
        }
        return outcome;
    }

    private static void forEachMessage(JsonObject view, Consumer<JsonObject> each) {
        JsonObject channels = view.getJsonObject("channels");
        for (String channel : channels.fieldNames()) {
            JsonObject outcome = channels.getJsonObject(channel);
            if (outcome.containsKey(MESSAGE_ID)) {
                each.accept(outcome);
            }
        }
    }

    private static List<UUID> ids(JsonObject outcome) {
        JsonArray several = outcome.getJsonArray(MESSAGE_IDS);
        return several == null
                ? List.of(UUID.fromString(outcome.getString(MESSAGE_ID)))
                : several.stream().map(id -> UUID.fromString(id.toString())).toList();
    }
}
