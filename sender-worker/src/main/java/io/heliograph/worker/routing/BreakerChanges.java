package io.heliograph.worker.routing;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.heliograph.runtime.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log when a breaker changes, and counts it. */
public final class BreakerChanges {
    private static final Logger log = LoggerFactory.getLogger(BreakerChanges.class);

    private BreakerChanges() {}

    public static void tell(CircuitBreaker breaker, String provider, PrometheusMeterRegistry registry) {
        // There from the start: what appears with its first change is no rise to whoever asks for the rate.
        List.of(State.CLOSED, State.HALF_OPEN, State.OPEN).forEach(to -> counter(registry, provider, to));
        breaker.getEventPublisher().onStateTransition(event -> {
            State to = event.getStateTransition().getToState();
            log.atWarn()
                    .addKeyValue("provider", provider)
                    .addKeyValue("from", event.getStateTransition().getFromState())
                    .addKeyValue("to", to)
                    .log("Breaker changed");
            counter(registry, provider, to).increment();
        });
    }

    private static Counter counter(PrometheusMeterRegistry registry, String provider, State to) {
        return Metrics.counter(
                registry,
                "heliograph_provider_breaker_changes",
                "How often this worker's breaker of a provider changed, by what it changed to",
                "provider",
                provider,
                "to",
                to.name().toLowerCase(Locale.ROOT));
    }
}
