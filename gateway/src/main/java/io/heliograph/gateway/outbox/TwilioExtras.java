package io.heliograph.gateway.outbox;

import org.jspecify.annotations.Nullable;

/**
 * What only a message that came through the Twilio-compatible API has.
 *
 * @param statusCallback where its events go, as Twilio tells them; null for nowhere
 * @param messagingServiceSid what stood in for a sender; null for nothing
 */
public record TwilioExtras(
        @Nullable String statusCallback, @Nullable String messagingServiceSid) {
    public static final TwilioExtras NONE = new TwilioExtras(null, null);

    int bytes() {
        return statusCallback == null ? 0 : statusCallback.length();
    }
}
