package io.heliograph.gateway.inbound;

import io.heliograph.gateway.http.Times;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person's message as the API shows it. */
final class InboundView {
    private InboundView() {}

    static JsonObject brief(Row row) {
        return new JsonObject()
                .put("id", text(row.getUUID("id")))
                .put("received_at", Times.text(row.getOffsetDateTime("received_at")))
                .put("channel", row.getString("channel"))
                .put("from", row.getString("sender"))
                .put("to", row.getString("recipient"))
                .put("text", row.getString("body"))
                .put("media", row.getValue("media"))
                .put("keyword", row.getString("word"))
                .put("in_reply_to", text(row.getUUID("in_reply_to")))
                .put("provider", row.getString("provider"))
                .put("provider_message_id", row.getString("provider_message_id"));
    }

    /** With everything that the provider told of it. */
    static JsonObject full(Row row) {
        return brief(row).put("fields", row.getValue("fields"));
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
