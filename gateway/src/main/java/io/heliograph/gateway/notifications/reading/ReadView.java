package io.heliograph.gateway.notifications.reading;

import io.heliograph.gateway.notifications.posting.NotificationView;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** A notification as it was answered, and where its messages are now. */
final class ReadView {
    private static final String MESSAGE_ID = "message_id";
    private static final String ITEM_ID = "inbox_item_id";

    private ReadView() {}

    static JsonObject of(Row row) {
        return NotificationView.of(row);
    }

    static List<UUID> messageIds(List<JsonObject> views) {
        List<UUID> ids = new ArrayList<>();
        views.forEach(view -> forEach(view, MESSAGE_ID, outcome -> ids.add(id(outcome, MESSAGE_ID))));
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
            Row message = messages.get(id(outcome, MESSAGE_ID));
            if (message != null) {
                outcome.put("message_status", message.getString("status"));
                if (message.getString("reason") != null) {
                    outcome.put("message_reason", message.getString("reason"));
                }
            }
        });
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

    private static UUID id(JsonObject outcome, String name) {
        return UUID.fromString(outcome.getString(name));
    }
}
