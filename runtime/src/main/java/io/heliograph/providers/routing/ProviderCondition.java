package io.heliograph.providers.routing;

import org.jspecify.annotations.Nullable;

/**
 * How a provider is doing.
 *
 * @param share how much of its traffic it may have, from 0 (it is down) to 1; in between while it comes back
 * @param deliveryRate how many of its messages arrive, from 0 to 1; null while too few have been sent to tell
 */
public record ProviderCondition(double share, @Nullable Double deliveryRate) {
    /** Well, as far as is known. What holds of a provider that nobody says anything about. */
    public static final ProviderCondition WELL = new ProviderCondition(1, null);

    public ProviderCondition {
        if (!isShare(share) || (deliveryRate != null && !isShare(deliveryRate))) {
            throw new IllegalArgumentException("A share is from 0 to 1");
        }
    }

    boolean isAvailable() {
        return share > 0;
    }

    private static boolean isShare(double value) {
        return value >= 0 && value <= 1;
    }
}
