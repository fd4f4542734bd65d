package io.heliograph.webhooks.deliver;

import io.heliograph.events.Event;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A promise that this process has taken for a while.
 *
 * @param tries counts this one.
 * @param destination null when there is nowhere to send it any more: its endpoint is deleted or disabled, or its event gone.
 */
record Delivery(
        UUID id,
        Line line,
        UUID eventId,
        int tries,
        OffsetDateTime promisedAt,
        @Nullable Destination destination) {

    /** Where it goes, and what it says. */
    sealed interface Destination {
        String url();
    }

    /**
     * @param secrets one, or two while they are changed.
     * @param failing nothing has arrived there since its last failure.
     */
    record Endpoint(String url, List<byte[]> secrets, boolean failing, Event event) implements Destination {
        @Override
        public String toString() {
            return "Endpoint";
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Endpoint that
                    && url.equals(that.url)
                    && failing == that.failing
                    && event.equals(that.event)
                    && Arrays.deepEquals(secrets.toArray(), that.secrets.toArray());
        }

        @Override
        public int hashCode() {
            return event.hashCode();
        }
    }

    /** The callback that a message of the Twilio-compatible API brought with it. */
    record StatusCallback(
            String url,
            UUID messageId,
            boolean hasMedia,
            @Nullable String messagingServiceSid,
            Event event) implements Destination {
        @Override
        public String toString() {
            return "StatusCallback";
        }
    }
}
