package io.heliograph.events;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as customers are told of it. Of a message it tells what was true at that time, and from the message
 * itself what never changes there.
 */
public record Event(UUID id, String type, long sequence, OffsetDateTime occurredAt, JsonObject data) {
    private static final String OF_MESSAGES = "message.";

    /**
     * Reads the columns {@code event_id, type, sequence, occurred_at, message_id, attempt, provider, reason, data} of the event,
     * and {@code channel, recipient, sender, reference, metadata, created_at, send_at} of its message; the latter are null
     * where there is none.
     */
    public static Event of(Row row) {
        JsonObject own = row.getJsonObject("data");
        return new Event(
                row.getUUID("event_id"),
                row.getString("type"),
                row.getLong("sequence"),
                row.getOffsetDateTime("occurred_at"),
                own == null ? message(row) : own);
    }

    /** What is sent, streamed and listed. */
    public JsonObject json() {
        return new JsonObject()
                .put("id", id.toString())
                .put("type", type)
                .put("sequence", sequence)
                .put("occurred_at", occurredAt.toInstant().toString())
                .put("data", data);
    }

    public Buffer body() {
        return json().toBuffer();
    }

    /** The word of the state machine that a message's event tells of: where it began, when it was accepted. */
    private static String status(Row row) {
        String word = row.getString("type").substring(OF_MESSAGES.length());
        if (!word.equals("accepted")) {
            return word;
        }
        return row.getOffsetDateTime("send_at") == null ? "queued" : "scheduled";
    }

    private static JsonObject message(Row row) {
        JsonObject data = new JsonObject();
        if (!row.getString("type").startsWith(OF_MESSAGES)) {
            return data;
        }
        data.put("id", row.getUUID("message_id").toString()).put("status", status(row));
        put(data, "reason", row.getString("reason"));
        put(data, "attempt", row.getShort("attempt"));
        put(data, "provider", row.getString("provider"));
        put(data, "channel", row.getString("channel"));
        put(data, "to", row.getString("recipient"));
        put(data, "from", row.getString("sender"));
        put(data, "reference", row.getString("reference"));
        put(data, "metadata", row.getJsonObject("metadata"));
        OffsetDateTime created = row.getOffsetDateTime("created_at");
        put(data, "created_at", created == null ? null : created.toInstant().toString());
        return data;
    }

    private static void put(JsonObject data, String name, @Nullable Object value) {
        if (value != null) {
            data.put(name, value);
        }
    }
}
