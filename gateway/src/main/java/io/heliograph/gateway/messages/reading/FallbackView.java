package io.heliograph.gateway.messages.reading;

import io.heliograph.gateway.messages.fields.Masked;
import io.heliograph.runtime.Durations;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is tried after a message, as it was asked for: without what only the database needs. */
public final class FallbackView {
    private FallbackView() {}

    /** Of a stored message: a row with its fallback and its notification_type. */
    static @Nullable JsonArray of(Row message) {
        JsonArray asked = of(message.getJsonArray("fallback"));
        if (asked != null && Masked.isToDonor(message)) {
            asked.stream()
                    .map(JsonObject.class::cast)
                    .forEach(one -> one.put("to", Masked.address(one.getString("to"))));
        }
        return asked;
    }

    public static @Nullable JsonArray of(@Nullable JsonArray stored) {
        if (stored == null) {
            return null;
        }
        JsonArray asked = new JsonArray();
        for (int i = 0; i < stored.size(); i++) {
            asked.add(asked(stored.getJsonObject(i).copy()));
        }
        return asked;
    }

    private static JsonObject asked(JsonObject one) {
        Object _ = one.remove("segments");
        Object _ = one.remove("encoding");
        Object validFor = one.remove("valid_for_ms");
        if (validFor instanceof Number millis) {
            one.put("valid_for", Durations.write(Duration.ofMillis(millis.longValue())));
        }
        return one.remove("content") instanceof JsonObject content ? one.mergeIn(content) : one;
    }
}
