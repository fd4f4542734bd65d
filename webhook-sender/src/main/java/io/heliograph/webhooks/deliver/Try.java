package io.heliograph.webhooks.deliver;

import io.heliograph.webhooks.deliver.Delivery.Endpoint;
import io.heliograph.webhooks.deliver.Delivery.StatusCallback;
import io.heliograph.webhooks.post.Posted;
import io.heliograph.webhooks.post.Posted.Answered;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How one taken delivery ended, here and for now. */
sealed interface Try {
    Delivery delivery();

    /** Sent, with whatever came of it. {@code pause} until the next try; empty when there is none. */
    record Made(Delivery delivery, OffsetDateTime at, Duration took, Posted posted, Optional<Duration> pause)
            implements Try {
        private static final int GONE = 410;

        /** The receiver wants nothing more, ever. */
        boolean gone() {
            return posted instanceof Answered answered
                    && answered.status() == GONE
                    && delivery.destination() instanceof Endpoint;
        }

        /** Whose own callback it is; null where it is an endpoint's. */
        @Nullable
        UUID messageId() {
            return delivery.destination() instanceof StatusCallback callback ? callback.messageId() : null;
        }

        boolean endpointIsFailing() {
            return delivery.destination() instanceof Endpoint endpoint && endpoint.failing();
        }
    }

    /** There was nowhere to send it, or nothing to tell. */
    record Dropped(Delivery delivery) implements Try {}
}
