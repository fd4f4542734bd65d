package io.heliograph.gateway.notifications.consents;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * That a user has agreed to something, or has taken it back, as the account tells it.
 *
 * @param change grant or withdraw
 * @param source where they said so, such as a form's name
 * @param textVersion of what they had read before
 */
record Consent(
        String channel,
        String purpose,
        String change,
        String source,
        @Nullable String ip,
        @Nullable String userAgent,
        @Nullable String textVersion,
        OffsetDateTime occurredAt) {
    static final String GRANT = "grant";
    static final String WITHDRAW = "withdraw";

    boolean isGrant() {
        return change.equals(GRANT);
    }

    /** Says nothing about the person. */
    @Override
    public String toString() {
        return change;
    }
}
