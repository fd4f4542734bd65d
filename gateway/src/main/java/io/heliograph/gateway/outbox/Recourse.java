package io.heliograph.gateway.outbox;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What a message wants to be done when it is not taken at once.
 *
 * @param retry how it is tried again, as far as it has a wish of its own
 */
public record Recourse(@Nullable JsonObject retry) {
    public static final Recourse USUAL = new Recourse(null);

    /** About what it weighs on the wire to the database. */
    int bytes() {
        return retry == null ? 0 : retry.encode().length();
    }
}
