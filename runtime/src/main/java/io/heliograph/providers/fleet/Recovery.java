package io.heliograph.providers.fleet;

import org.jspecify.annotations.Nullable;

/** How much is trusted to a provider, from what is known of it. */
final class Recovery {
    /** A provider that has just come back gets a tenth, and all of it again only after a while: it may be weak yet. */
    private static final double SHARE_AT_RETURN = 0.1;

    private static final double RETURN_SECONDS = 60;
    /** Fewer receipts say nothing. */
    private static final long RECEIPTS_MIN = 50;

    private Recovery() {}

    static double share(boolean returned, double secondsUp) {
        return returned ? Math.min(1, SHARE_AT_RETURN + (1 - SHARE_AT_RETURN) * secondsUp / RETURN_SECONDS) : 1;
    }

    static @Nullable Double deliveryRate(long delivered, long undelivered) {
        long receipts = delivered + undelivered;
        return receipts < RECEIPTS_MIN ? null : (double) delivered / receipts;
    }
}
