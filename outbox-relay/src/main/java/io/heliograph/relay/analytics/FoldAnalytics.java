package io.heliograph.relay.analytics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Counts messages into the sums of analytics, some at a time, when most of them have come to their end; and moves those between
 * the sums that move later.
 */
public final class FoldAnalytics {
    /** Until then most messages have been sent, and the receipts of most have come: later moves cost more. */
    public static final Duration DELAY = Duration.ofMinutes(1);

    public static final Duration PAUSE = Duration.ofSeconds(1);

    /** A quarter of a second. */
    private static final int MESSAGES_MAX = 50_000;

    private static final long SECONDS_MAX = 60;
    private static final double NANOS_PER_SECOND = 1e9;

    private final AnalyticsFoldStore store;
    private final Duration delay;
    private volatile Lag lag = new Lag(Double.NaN, 0);

    /** As it was at that reading of the clock; it grows while nobody reads it. */
    private record Lag(double seconds, long readAt) {
        double now() {
            return seconds + (System.nanoTime() - readAt) / NANOS_PER_SECOND;
        }
    }

    public FoldAnalytics(Pool pool, Duration delay, PrometheusMeterRegistry registry) {
        this.store = new AnalyticsFoldStore(pool);
        this.delay = delay;
        Gauge.builder("heliograph_analytics_lag_seconds", () -> lag.now())
                .description("How long ago the last messages were accepted that analytics counts")
                .register(registry);
    }

    /** Answers 1 when there is more to do at once. */
    public int runOnce() throws TimeoutException {
        boolean more = store.fold(delay, MESSAGES_MAX).await(SECONDS_MAX, TimeUnit.SECONDS);
        lag = new Lag(store.lagSeconds().await(SECONDS_MAX, TimeUnit.SECONDS), System.nanoTime());
        return more ? 1 : 0;
    }
}
