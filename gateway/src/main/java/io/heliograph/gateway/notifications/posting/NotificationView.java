package io.heliograph.gateway.notifications.posting;

import com.fasterxml.jackson.databind.util.RawValue;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;

/** A notification, as answers show it. */
public final class NotificationView {
    private NotificationView() {}

    /** Of one that was just written, whose outcomes are JSON already: to be encoded, and not to be read. */
    static JsonObject written(PostedEvent event, String outcomes, OffsetDateTime createdAt) {
        return new JsonObject()
                .put("id", event.id().toString())
                .put("type", event.type().name())
                .put("user", event.userId())
                .put("created_at", Times.text(createdAt))
                .put("channels", new RawValue(outcomes));
    }

    public static JsonObject of(Row row) {
        return new JsonObject()
                .put("id", row.getUUID("id").toString())
                .put("type", row.getString("type"))
                .put("user", row.getString("user_id"))
                .put("created_at", Times.text(row.getOffsetDateTime("created_at")))
                .put("channels", row.getJsonObject("outcomes"));
    }
}
