package io.heliograph.gateway.appointments.notices;

import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.gateway.notifications.telling.Plan;
import io.heliograph.gateway.outbox.NewMessage;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a patient is told by one channel, or why they are not. Whether they have opted out is known only when it is stored. */
public sealed interface Notice {
    NotificationChannel channel();

    /**
     * A message.
     *
     * @param plan of one message, by this channel
     * @param reference under which the account finds it
     * @param userId null for whoever is none
     * @param validUntil when it is worth nothing any more; null: as usual
     */
    record Written(
            NotificationChannel channel,
            Plan plan,
            String reference,
            @Nullable String userId,
            @Nullable OffsetDateTime validUntil)
            implements Notice {

        NewMessage message() {
            return plan.messages().getOrDefault(channel, List.of()).getFirst();
        }

        /** As it is stored: it tells of a visit, and there is no notification beside it. */
        NewMessage forVisit() {
            NewMessage message = message();
            NewMessage.Told told = message.told();
            OffsetDateTime from = message.sendAt() == null ? plan.event().now() : message.sendAt();
            return message.with(
                    reference,
                    validUntil == null
                            ? message.validFor()
                            : shorter(message.validFor(), Duration.between(from, validUntil)),
                    told == null
                            ? null
                            : new NewMessage.Told(null, userId, told.type(), told.variant(), told.purpose()));
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** {@code id} stands where a message's would. */
    record Skipped(NotificationChannel channel, UUID id, Reason reason) implements Notice {}
}
