package io.heliograph.gateway.notifications.deciding;

import io.heliograph.gateway.notifications.catalog.Digest;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a user, as an application told it; every variable of its type is there.
 *
 * @param id of the notification that it becomes
 * @param key null when it may be told twice
 */
public record PostedEvent(
        UUID id,
        long accountId,
        NotificationType type,
        String userId,
        JsonObject data,
        AcceptIntent.@Nullable Key key,
        OffsetDateTime now) {

    /** The last of several that are told as one. */
    public PostedEvent withAll(List<JsonObject> items) {
        JsonObject all = data.copy()
                .put(
                        Digest.ITEMS,
                        items.stream()
                                .map(item -> Digest.item(type, item.getMap()))
                                .toList())
                .put(Digest.COUNT, items.size())
                .put(Digest.SEVERAL, items.size() > 1);
        return new PostedEvent(id, accountId, type, userId, all, key, now);
    }

    /** Names the event, and nobody. */
    @Override
    public String toString() {
        return "event " + id;
    }
}
