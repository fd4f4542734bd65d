package io.heliograph.providers.routing;

import org.jspecify.annotations.Nullable;

/**
 * How a provider is doing.
 *
 * @param share how much of its traffic it may have, from 0 (it is down) to 1; in between while it comes back
 * @param deliveryRate how many of its messages arrive, from 0 to 1; null while too few have been sent to tell
 * @param slow it answers, and takes long over it
 */
public record ProviderCondition(double share, @Nullable Double deliveryRate, boolean slow) {
    /** What it is preferred by, the best first. */
    public enum Standing {
        WELL,
        SLOW,
        DOWN
    }

    /** Well, as far as is known. What holds of a provider that nobody says anything about. */
    public static final ProviderCondition WELL = new ProviderCondition(1, null);

    public ProviderCondition {
        if (!isShare(share) || (deliveryRate != null && !isShare(deliveryRate))) {
            throw new IllegalArgumentException("A share is from 0 to 1");
        }
    }

    public ProviderCondition(double share, @Nullable Double deliveryRate) {
        this(share, deliveryRate, false);
    }

    public Standing standing() {
        return share == 0 ? Standing.DOWN : slow ? Standing.SLOW : Standing.WELL;
    }

    private static boolean isShare(double value) {
        return value >= 0 && value <= 1;
    }
}
