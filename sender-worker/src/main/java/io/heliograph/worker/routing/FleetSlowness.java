package io.heliograph.worker.routing;

import io.heliograph.providers.Breaker;
import io.heliograph.runtime.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the fleet that a provider is slow, so that others are preferred to it for a while. It is not left alone: slow is
 * better than never, where there is no other.
 */
public final class FleetSlowness {
    private static final Logger log = LoggerFactory.getLogger(FleetSlowness.class);

    private static final long SECONDS_MAX = 5;

    private final String provider;
    private final Breaker settings;
    private final BooleanSupplier notice;
    private final FleetBreakerStore store;
    private final LongSupplier nanos;
    private final Counter noticed;
    /** What the fleet has last been told holds until then. */
    private long untilNanos;

    /** {@code notice} answers whether it is slow, by what was seen since it was last asked. */
    public FleetSlowness(
            String provider,
            Breaker settings,
            BooleanSupplier notice,
            FleetBreakerStore store,
            PrometheusMeterRegistry registry,
            LongSupplier nanos) {
        this.provider = provider;
        this.settings = settings;
        this.notice = notice;
        this.store = store;
        this.nanos = nanos;
        this.noticed = Metrics.counter(
                registry,
                "heliograph_provider_slow",
                "How often a provider was found slow, and others preferred to it",
                "provider",
                provider);
        this.untilNanos = nanos.getAsLong();
    }

    /** Answers 0: there is no work to be done at once. */
    public int runOnce() throws TimeoutException {
        Duration left = Duration.ofNanos(untilNanos - nanos.getAsLong());
        if (notice.getAsBoolean() && left.compareTo(settings.openFor().dividedBy(2)) < 0) {
            tell(left.isPositive());
        }
        return 0;
    }

    private void tell(boolean again) throws TimeoutException {
        boolean heard =
                store.slow(provider, settings.openFor(), settings.slowCall()).await(SECONDS_MAX, TimeUnit.SECONDS);
        if (!heard) {
            return;
        }
        untilNanos = nanos.getAsLong() + settings.openFor().toNanos();
        if (!again) {
            noticed.increment();
            log.atWarn()
                    .addKeyValue("provider", provider)
                    .addKeyValue("slow_call_ms", settings.slowCall().toMillis())
                    .log("Provider is slow, others are preferred to it");
        }
    }
}
