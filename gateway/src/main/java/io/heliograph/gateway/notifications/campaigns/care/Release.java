package io.heliograph.gateway.notifications.campaigns.care;

import io.heliograph.contract.Reason;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What becomes of a message that a pause held, now that its campaign goes on. */
sealed interface Release {
    UUID messageId();

    default @Nullable OffsetDateTime sendAt() {
        return null;
    }

    default @Nullable Reason reason() {
        return null;
    }

    /** At its turn. */
    record Go(UUID messageId) implements Release {}

    record Defer(UUID messageId, OffsetDateTime sendAt, Reason reason) implements Release {}

    record Refuse(UUID messageId, Reason reason) implements Release {}
}
