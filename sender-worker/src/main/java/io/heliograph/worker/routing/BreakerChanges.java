package io.heliograph.worker.routing;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.heliograph.runtime.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Says in the log when a breaker of a provider changes, and counts it. */
public final class BreakerChanges {
    private static final Logger log = LoggerFactory.getLogger(BreakerChanges.class);

    private final String provider;
    private final PrometheusMeterRegistry registry;

    public BreakerChanges(String provider, PrometheusMeterRegistry registry) {
        this.provider = provider;
        this.registry = registry;
    }

    public void tell(CircuitBreaker account) {
        tell(account, "account", null);
    }

    public void tell(CircuitBreaker one, String sender) {
        tell(one, "sender", sender);
    }

    /** Senders are told apart in the log, and not in metrics: there may be hundreds. */
    private void tell(CircuitBreaker breaker, String scope, @Nullable String sender) {
        // There from the start: what appears with its first change is no rise to whoever asks for the rate.
        for (State to : List.of(State.CLOSED, State.HALF_OPEN, State.OPEN)) {
            Counter _ = counter(scope, to);
        }
        breaker.getEventPublisher().onStateTransition(event -> {
            State to = event.getStateTransition().getToState();
            LoggingEventBuilder line = log.atWarn().addKeyValue("provider", provider);
            (sender == null ? line : line.addKeyValue("sender", sender))
                    .addKeyValue("from", event.getStateTransition().getFromState())
                    .addKeyValue("to", to)
                    .log("Breaker changed");
            counter(scope, to).increment();
        });
    }

    private Counter counter(String scope, State to) {
        return Metrics.counter(
                registry,
                "heliograph_provider_breaker_changes",
                "How often this worker's breakers of a provider and of its senders changed, by what they changed to",
                "provider",
                provider,
                "scope",
                scope,
                "to",
                to.name().toLowerCase(Locale.ROOT));
    }
}
