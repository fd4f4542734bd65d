package io.heliograph.gateway.events;

import io.heliograph.events.Event;
import io.heliograph.events.EventPosition;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;

/** How an event looks to its reader: as everywhere, and with the position to go on from. */
public final class EventView {
    private EventView() {}

    public static JsonObject json(Row row) {
        return Event.of(row).json().put("position", position(row).toString());
    }

    public static EventPosition position(Row row) {
        return new EventPosition(Long.parseLong(row.getString("xid")), row.getLong("sequence"));
    }
}
