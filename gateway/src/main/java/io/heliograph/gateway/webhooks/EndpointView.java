package io.heliograph.gateway.webhooks;

import io.heliograph.gateway.http.Times;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How endpoints look from outside. */
final class EndpointView {
    private EndpointView() {}

    /** Without its secret. */
    static JsonObject of(Row row) {
        return new JsonObject()
                .put("id", row.getUUID("id").toString())
                .put("url", row.getString("url"))
                .put("description", row.getString("description"))
                .put("event_types", words(row.getArrayOfStrings("event_types")))
                .put("channels", words(row.getArrayOfStrings("channels")))
                .put("status", row.getOffsetDateTime("disabled_at") == null ? "enabled" : "disabled")
                .put("disabled_at", Times.text(row.getOffsetDateTime("disabled_at")))
                .put("disabled_reason", row.getString("disabled_reason"))
                .put("failing_since", Times.text(row.getOffsetDateTime("failing_since")))
                .put("created_at", Times.text(row.getOffsetDateTime("created_at")));
    }

    static JsonObject withSecret(Row row) {
        return of(row).put("secret", EndpointSecret.text(row.getBuffer("secret")));
    }

    static JsonObject secrets(Row row) {
        boolean overlaps = Boolean.TRUE.equals(row.getBoolean("overlaps"));
        return new JsonObject()
                .put("secret", EndpointSecret.text(row.getBuffer("secret")))
                .put("previous_secret", overlaps ? EndpointSecret.text(row.getBuffer("previous_secret")) : null)
                .put("previous_until", overlaps ? Times.text(row.getOffsetDateTime("previous_until")) : null);
    }

    private static @Nullable JsonArray words(String @Nullable [] words) {
        return words == null ? null : new JsonArray(List.of(words));
    }
}
