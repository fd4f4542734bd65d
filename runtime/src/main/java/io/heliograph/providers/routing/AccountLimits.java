package io.heliograph.providers.routing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much a provider account may be given.
 *
 * @param perSecond messages in any second, of all workers together; null for no limit
 * @param concurrency calls at once, of one worker. Defaults to 64.
 * @param timeout the longest that one call may take. Defaults to 10 s.
 * @param batch recipients in one call. Defaults to what the kind of provider takes.
 */
public record AccountLimits(@Nullable Double perSecond, int concurrency, Duration timeout, int batch) {
    /** Of a limit, in one call: a call makes all of its messages leave in the last one's slot. */
    private static final double CALL_SHARE_MAX = 0.005;

    /** The most messages that one call may carry under a limit of so many messages a second. */
    public static int callSizeMax(double perSecond) {
        return 1 + (int) (CALL_SHARE_MAX * perSecond);
    }
}
