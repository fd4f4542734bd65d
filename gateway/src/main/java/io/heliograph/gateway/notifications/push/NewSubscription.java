package io.heliograph.gateway.notifications.push;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A browser that a user wants to be told in. What it says is enough to write to it, so it prints nothing.
 *
 * @param endpoint where its maker's push service takes messages for it
 * @param p256dh the key that they are encrypted for
 * @param auth a secret that the browser shares with whoever may write to it
 * @param userAgent what browser it is, as the account has seen it
 * @param expiresAt null: until the browser ends it
 */
record NewSubscription(
        String endpoint,
        String p256dh,
        String auth,
        @Nullable String userAgent,
        @Nullable OffsetDateTime expiresAt) {
    @Override
    public String toString() {
        return "subscription";
    }
}
