package io.heliograph.gateway.messages.deadletters;

import io.heliograph.contract.Reason;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.messages.fields.Masked;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How dead letters look from outside: what it takes to decide about them, and no content. */
final class DeadLetterView {
    private DeadLetterView() {}

    static JsonObject of(Row row) {
        return brief(row)
                .put("status", row.getString("status"))
                .put("code", row.getString("code"))
                .put("channel", row.getString("channel"))
                .put("to", Masked.recipient(row))
                .put("from", row.getString("sender"))
                .put("lane", row.getString("lane"))
                .put("reference", row.getString("reference"))
                .put("provider", row.getString("provider"))
                .put("attempts_made", row.getInteger("attempts_made"))
                .put("created_at", Times.text(row.getOffsetDateTime("created_at")))
                .put("settled_at", Times.text(row.getOffsetDateTime("settled_at")))
                .put("redacted_at", Times.text(row.getOffsetDateTime("redacted_at")))
                .put("may_have_been_sent", row.getBoolean("may_have_been_sent"))
                .put("replayed_as", text(row.getUUID("replayed_as")))
                .put("fallback_id", text(row.getUUID("fallback_id")));
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    /** Which one, and why it is one. */
    static JsonObject brief(Row row) {
        String reason = row.getString("reason");
        return new JsonObject()
                .put("id", row.getUUID("id").toString())
                .put("reason", reason)
                .put("cause", Reason.of(reason).cause().word());
    }
}
