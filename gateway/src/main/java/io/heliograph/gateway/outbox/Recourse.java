package io.heliograph.gateway.outbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What a message wants to be done when it is not taken, or does not arrive.
 *
 * @param retry how it is tried again, as far as it has a wish of its own
 * @param onUndelivered what follows a receipt that says that the provider could not deliver it; null for nothing
 * @param fallback what is tried next when it has ended without reaching the person, as it is stored; null for nothing
 */
public record Recourse(
        @Nullable JsonObject retry,
        @Nullable String onUndelivered,
        @Nullable JsonArray fallback) {
    public static final Recourse USUAL = new Recourse(null, null, null);

    /** About what it weighs on the wire to the database. */
    int bytes() {
        return (retry == null ? 0 : retry.encode().length())
                + (fallback == null ? 0 : fallback.encode().length());
    }
}
