package io.heliograph.worker.routing;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.heliograph.providers.Breaker;
import java.time.Duration;

/** Says how much may be claimed for a provider now, from the state of its breaker. */
public final class ProviderHealth {
    /** Calls that try out whether a provider is back. */
    private static final int PROBES = 3;

    private final CircuitBreaker breaker;
    private final int inFlightMax;

    public ProviderHealth(CircuitBreaker breaker, int inFlightMax) {
        this.breaker = breaker;
        this.inFlightMax = inFlightMax;
    }

    public static CircuitBreaker breaker(String provider, Breaker settings) {
        return CircuitBreaker.of(
                provider,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(settings.calls())
                        .minimumNumberOfCalls(settings.calls())
                        .failureRateThreshold(settings.failurePercent())
                        .waitDurationInOpenState(Duration.ofDays(1))
                        .permittedNumberOfCallsInHalfOpenState(PROBES)
                        // Probes that hang must not leave the door ajar for ever.
                        .maxWaitDurationInHalfOpenState(Duration.ofMinutes(1))
                        // Whoever tries it again is chosen by the fleet.
                        .automaticTransitionFromOpenToHalfOpenEnabled(false)
                        .build());
    }

    /** How much may be in flight: 0 while the provider is left alone, and what is left of the probes while it is tried. */
    public int allowed() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> 0;
            // What is claimed beyond them would only be given back, to come again at once.
            case HALF_OPEN -> Math.max(0, PROBES - breaker.getMetrics().getNumberOfBufferedCalls());
            case CLOSED, DISABLED, METRICS_ONLY -> inFlightMax;
        };
    }

    /** For the gauge: 0 closed, 1 trying, 2 open. */
    public int state() {
        return switch (breaker.getState()) {
            case CLOSED, DISABLED, METRICS_ONLY -> 0;
            case HALF_OPEN -> 1;
            case OPEN, FORCED_OPEN -> 2;
        };
    }
}
