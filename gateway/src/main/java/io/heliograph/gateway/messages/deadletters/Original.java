package io.heliograph.gateway.messages.deadletters;

import io.heliograph.gateway.messages.reading.FallbackView;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.outbox.TwilioExtras;
import io.heliograph.runtime.Durations;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A dead letter as it was asked for: the request that would make the same message, to go through every check again. */
final class Original {
    private Original() {}

    /** Its validity begins anew, with the new time. */
    static JsonObject request(Row row, OffsetDateTime sendAt) {
        JsonObject request = new JsonObject()
                .put("channel", row.getString("channel"))
                .put("to", row.getString("recipient"))
                .put("lane", row.getString("lane"))
                .put("on_unknown", row.getString("on_unknown"))
                .put("send_at", sendAt.toString())
                .put("valid_for", Durations.write(Duration.ofMillis(Math.round(row.getDouble("valid_for_ms")))));
        putIfPresent(request, "from", row.getString("sender"));
        putIfPresent(request, "text", row.getString("body").isEmpty() ? null : row.getString("body"));
        putIfPresent(request, "media_urls", row.getJsonArray("media_urls"));
        putIfPresent(request, "reference", row.getString("reference"));
        putIfPresent(request, "metadata", row.getJsonObject("metadata"));
        putIfPresent(request, "retry", row.getJsonObject("retry"));
        putIfPresent(request, "on_undelivered", row.getString("on_undelivered"));
        putIfPresent(request, "fallback", FallbackView.of(row.getJsonArray("fallback")));
        JsonObject content = row.getJsonObject("content");
        return content == null ? request : request.mergeIn(content);
    }

    /** What no request says, and belongs to it all the same. */
    static TwilioExtras twilio(Row row) {
        return new TwilioExtras(row.getString("status_callback"), row.getString("messaging_service_sid"));
    }

    /** Whom it told of what, so that a withdrawal stops it as it stops the first; null for a message of the account's own. */
    static NewMessage.@Nullable Told told(Row row) {
        String purpose = row.getString("purpose");
        return purpose == null
                ? null
                : new NewMessage.Told(
                        row.getUUID("notification_id"),
                        row.getString("user_id"),
                        row.getString("notification_type"),
                        row.getString("variant"),
                        purpose);
    }

    private static void putIfPresent(JsonObject json, String name, @Nullable Object value) {
        if (value != null) {
            JsonObject _ = json.put(name, value);
        }
    }
}
