package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.GroupCommit;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
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
        OffsetDateTime now)
        implements GroupCommit.Intent {
    /** About what a message weighs that tells of it. */
    private static final int MESSAGE_BYTES = 700;

    @Override
    public int rows() {
        return type.channels().size();
    }

    @Override
    public int bytes() {
        return rows() * MESSAGE_BYTES + data.encode().length();
    }

    /** Names the event, and nobody. */
    @Override
    public String toString() {
        return "event " + id;
    }
}
