package io.heliograph.gateway.messages.history;

import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.messages.fields.Masked;
import io.heliograph.gateway.messages.reading.MessageView;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One message in a user's line of time. */
final class HistoryView {
    private static final String DIRECTION = "direction";

    private HistoryView() {}

    static JsonObject outbound(Row row) {
        JsonObject message = MessageView.full(row).put(DIRECTION, HistoryFilter.OUTBOUND);
        putIfPresent(message, "notification_id", row.getValue("notification_id"));
        putIfPresent(message, "notification_type", row.getValue("notification_type"));
        putIfPresent(message, "variant", row.getValue("variant"));
        return message;
    }

    static JsonObject inbound(Row row) {
        JsonObject message = new JsonObject()
                .put("id", row.getUUID("id").toString())
                .put(DIRECTION, HistoryFilter.INBOUND)
                .put("channel", row.getString("channel"))
                .put("created_at", Times.text(row.getOffsetDateTime("received_at")))
                .put("from", row.getString("sender"))
                .put("to", row.getString("recipient"))
                .put("text", row.getString("body"))
                .put("provider", row.getString("provider"));
        putIfPresent(message, "media", row.getValue("media"));
        putIfPresent(message, "keyword", row.getString("word"));
        putIfPresent(message, "in_reply_to", row.getValue("in_reply_to"));
        return message;
    }

    /** Without what was said, and with no more of the person's number than tells them from others. */
    static JsonObject masked(JsonObject message) {
        if (HistoryFilter.OUTBOUND.equals(message.getString(DIRECTION))) {
            return MessageView.masked(message);
        }
        Object _ = message.remove("media");
        return message.put("from", Masked.address(message.getString("from"))).put("text", "");
    }

    private static void putIfPresent(JsonObject json, String name, @Nullable Object value) {
        if (value != null) {
            JsonObject _ = json.put(name, value instanceof UUID ? value.toString() : value);
        }
    }
}
