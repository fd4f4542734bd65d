package io.heliograph.worker.guard;

import io.heliograph.runtime.Metrics;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Provider;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Times every call that really goes to the provider. */
public final class Measured extends Guard {
    private final Timer sends;
    private final Timer lookUps;

    public Measured(Provider next, PrometheusMeterRegistry registry) {
        super(next);
        this.sends = timer(registry, "send");
        this.lookUps = timer(registry, "look_up");
    }

    @Override
    public List<Outcome> send(List<Outgoing> call) {
        long startedNanos = System.nanoTime();
        try {
            return next.send(call);
        } finally {
            sends.record(System.nanoTime() - startedNanos, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public LookUp find(Outgoing lost) {
        long startedNanos = System.nanoTime();
        try {
            return next.find(lost);
        } finally {
            lookUps.record(System.nanoTime() - startedNanos, TimeUnit.NANOSECONDS);
        }
    }

    private Timer timer(PrometheusMeterRegistry registry, String call) {
        return Metrics.histogram(
                registry,
                "heliograph_provider_call",
                "From the start of a call to a provider to its answer",
                "provider",
                name(),
                "call",
                call);
    }
}
