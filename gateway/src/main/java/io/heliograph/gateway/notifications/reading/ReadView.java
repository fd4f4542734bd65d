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

    private static final String ITEM_ID = "inbox_item_id";

    private ReadView() {}

    static JsonObject of(Row row) {
        return NotificationView.of(row);
    }

    static List<UUID> messageIds(List<JsonObject> views) {
        List<UUID> ids = new ArrayList<>();
        views.forEach(view -> forEach(view, MESSAGE_ID, outcome -> ids.addAll(messageIds(outcome))));
        return ids;
    }

    static List<UUID> itemIds(List<JsonObject> views) {
        List<UUID> ids = new ArrayList<>();
        views.forEach(view -> forEach(view, ITEM_ID, outcome -> ids.add(id(outcome, ITEM_ID))));
        return ids;
    }

    /** One that was deleted, or is no longer kept, is not shown. */
    static void addItem(JsonObject view, Map<UUID, JsonObject> items) {
        forEach(view, ITEM_ID, outcome -> {
            JsonObject item = items.get(id(outcome, ITEM_ID));
            if (item != null) {
                outcome.put("inbox_item", item);
            }
        });
    }

    /** A message that is no longer kept has no status. */
    static void add(JsonObject view, Map<UUID, Row> messages) {
        forEach(view, MESSAGE_ID, outcome -> {
            addState(outcome, messages.get(id(outcome, MESSAGE_ID)));
            if (outcome.containsKey(MESSAGE_IDS)) {
                JsonArray each = new JsonArray();
                messageIds(outcome)
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

    private static void forEach(JsonObject view, String name, Consumer<JsonObject> each) {
        JsonObject channels = view.getJsonObject("channels");
        for (String channel : channels.fieldNames()) {
            JsonObject outcome = channels.getJsonObject(channel);
            if (outcome.containsKey(name)) {
                each.accept(outcome);
            }
        }
    }

    private static List<UUID> messageIds(JsonObject outcome) {
        JsonArray several = outcome.getJsonArray(MESSAGE_IDS);
        return several == null
                ? List.of(id(outcome, MESSAGE_ID))
                : several.stream().map(id -> UUID.fromString(id.toString())).toList();
    }

    private static UUID id(JsonObject outcome, String name) {
        return UUID.fromString(outcome.getString(name));
    }
}
