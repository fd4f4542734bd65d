package io.heliograph.gateway.outbox;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a user is told, which is stored with its messages.
 *
 * @param outcomes by channel, if nobody has opted out, as JSON
 * @param key null when it may be told twice, or when its key was taken before
 * @param inboxItem what it leaves in the user's inbox; null where that is nothing
 */
public record NewNotification(
        UUID id,
        long accountId,
        String userId,
        String type,
        String outcomes,
        AcceptIntent.@Nullable Key key,
        @Nullable NewInboxItem inboxItem) {}
