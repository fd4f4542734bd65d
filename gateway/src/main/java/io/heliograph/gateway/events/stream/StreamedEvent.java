package io.heliograph.gateway.events.stream;

import io.heliograph.events.EventPosition;
import io.heliograph.gateway.events.EventView;
import io.heliograph.gateway.http.sse.EventStream;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/**
 * An event, written once for all streams that it goes to.
 *
 * @param text for WebSockets
 * @param block the same, as Server-Sent Events have it
 */
record StreamedEvent(
        EventPosition position, String type, @Nullable String channel, String text, Buffer block) {
    static StreamedEvent of(Row row) {
        JsonObject json = EventView.json(row);
        EventPosition position = EventView.position(row);
        String type = row.getString("type");
        String text = json.encode();
        return new StreamedEvent(
                position,
                type,
                json.getJsonObject("data").getString("channel"),
                text,
                EventStream.block(position, type, text));
    }
}
