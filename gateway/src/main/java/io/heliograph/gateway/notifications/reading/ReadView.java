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

    private ReadView() {}

    static JsonObject of(Row row) {
        return NotificationView.of(row);
    }

    static List<UUID> messageIds(List<JsonObject> views) {
        List<UUID> ids = new ArrayList<>();
        views.forEach(view -> forEachMessage(view, outcome -> ids.add(id(outcome))));
        return ids;
    }

    /** A message that is no longer kept has no status. */
    static void add(JsonObject view, Map<UUID, Row> messages) {
        forEachMessage(view, outcome -> {
            Row message = messages.get(id(outcome));
            if (message != null) {
                outcome.put("message_status", message.getString("status"));
                if (message.getString("reason") != null) {
                    outcome.put("message_reason", message.getString("reason"));
                }
            }
        });
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

    private static UUID id(JsonObject outcome) {
        return UUID.fromString(outcome.getString(MESSAGE_ID));
    }
}
