package io.heliograph.gateway.messages.reading;

import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.messages.fields.Masked;
import io.heliograph.gateway.outbox.NewMessage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How messages look from outside. */
public final class MessageView {
    private static final List<String> WHAT_WAS_SAID =
            List.of("subject", "html", "link", "dlt", "media_urls", "metadata", "reference", "fallback");

    private MessageView() {}

    /** The answer to accepting: made only of what never changes, so that a replay gives the same again. */
    public static JsonObject accepted(NewMessage message, OffsetDateTime createdAt) {
        OffsetDateTime sendAt = message.sendAt();
        JsonObject json = new JsonObject()
                .put("id", message.id().toString())
                .put("status", sendAt != null && sendAt.isAfter(createdAt) ? "scheduled" : "queued")
                .put("channel", message.channel().word())
                .put("to", message.recipient())
                .put("lane", message.lane().word())
                .put("segments", message.segments())
                .put("encoding", message.encoding())
                .put("created_at", Times.text(createdAt))
                .put("estimated_send_at", Times.text(later(message.estimatedSendAt(), createdAt)));
        putIfPresent(json, "send_at", Times.text(sendAt));
        putIfPresent(json, "reference", message.reference());
        return json;
    }

    /** It was estimated before it was stored, and nothing leaves before that. */
    private static OffsetDateTime later(OffsetDateTime estimated, OffsetDateTime createdAt) {
        return estimated.isBefore(createdAt) ? createdAt : estimated;
    }

    /** The same answer from the stored row. */
    static JsonObject acceptedBefore(Row row) {
        OffsetDateTime sendAt = row.getOffsetDateTime("send_at");
        OffsetDateTime createdAt = row.getOffsetDateTime("created_at");
        JsonObject json = new JsonObject()
                .put("id", row.getUUID("id").toString())
                .put("status", sendAt != null && sendAt.isAfter(createdAt) ? "scheduled" : "queued")
                .put("channel", row.getString("channel"))
                .put("to", row.getString("recipient"))
                .put("lane", row.getString("lane"))
                .put("segments", row.getInteger("segments"))
                .put("encoding", row.getString("encoding"))
                .put("created_at", Times.text(createdAt));
        putIfPresent(json, "estimated_send_at", Times.text(row.getOffsetDateTime("estimated_send_at")));
        putIfPresent(json, "send_at", Times.text(sendAt));
        putIfPresent(json, "reference", row.getString("reference"));
        return json;
    }

    public static JsonObject full(Row row) {
        JsonObject json = new JsonObject()
                .put("id", row.getUUID("id").toString())
                .put("status", row.getString("status"))
                .put("reason", row.getString("reason"))
                .put("channel", row.getString("channel"))
                .put("to", Masked.recipient(row))
                .put("from", row.getString("sender"))
                .put("text", row.getString("body"))
                .put("lane", row.getString("lane"))
                .put("segments", row.getInteger("segments"))
                .put("encoding", row.getString("encoding"))
                .put("attempts_made", row.getInteger("attempts_made"))
                .put("provider", row.getString("provider"))
                .put("on_unknown", row.getString("on_unknown"))
                .put("created_at", Times.text(row.getOffsetDateTime("created_at")))
                .put("expires_at", Times.text(row.getOffsetDateTime("expires_at")))
                .put("sent_at", Times.text(row.getOffsetDateTime("sent_at")))
                .put("settled_at", Times.text(row.getOffsetDateTime("settled_at")));
        putIfPresent(json, "redacted_at", Times.text(row.getOffsetDateTime("redacted_at")));
        putIfPresent(json, "send_at", Times.text(row.getOffsetDateTime("send_at")));
        putIfPresent(json, "reference", row.getString("reference"));
        JsonObject content = row.getJsonObject("content");
        if (content != null) {
            json.mergeIn(content);
        }
        putIfPresent(json, "metadata", row.getJsonObject("metadata"));
        putIfPresent(json, "retry", row.getJsonObject("retry"));
        putIfPresent(json, "on_undelivered", row.getString("on_undelivered"));
        putIfPresent(json, "fallback", FallbackView.of(row));
        putIfPresent(json, "fallback_of", text(row.getUUID("fallback_of")));
        String[] avoided = row.getArrayOfStrings("avoided_providers");
        putIfPresent(json, "avoided_providers", avoided == null ? null : new JsonArray(List.of(avoided)));
        JsonArray mediaUrls = row.getJsonArray("media_urls");
        putIfPresent(json, "media_urls", mediaUrls);
        putIfPresent(json, "replay_of", text(row.getUUID("replay_of")));
        putIfPresent(json, "batch_id", text(row.getUUID("batch_id")));
        putIfPresent(json, "campaign_id", text(row.getUUID("campaign_id")));
        if (Boolean.TRUE.equals(row.getBoolean("possible_duplicate"))) {
            json.put("possible_duplicate", true);
        }
        return json;
    }

    /** For whoever may not read messages: whom it went to is masked, and what it says is left out. */
    public static JsonObject masked(JsonObject full) {
        for (String said : WHAT_WAS_SAID) {
            Object _ = full.remove(said);
        }
        return full.put("to", Masked.address(full.getString("to"))).put("text", "");
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    private static void putIfPresent(JsonObject json, String name, @Nullable Object value) {
        if (value != null) {
            JsonObject _ = json.put(name, value);
        }
    }
}
