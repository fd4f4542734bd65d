package io.heliograph.gateway.outbox;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a user is to find in their inbox.
 *
 * @param category of the notification's type
 * @param variant of its template; null where there is one only
 * @param link what it leads to; null where there is nothing
 * @param data what the event brought; null where that is nothing
 * @param days for which it is kept
 */
public record NewInboxItem(
        UUID id,
        String category,
        @Nullable String variant,
        String title,
        String body,
        @Nullable String link,
        @Nullable JsonObject data,
        int days) {

    /** Names the item, and nobody. */
    @Override
    public String toString() {
        return "inbox item " + id;
    }
}
