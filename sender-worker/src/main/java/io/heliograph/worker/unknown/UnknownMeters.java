package io.heliograph.worker.unknown;

import io.heliograph.runtime.Metrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** Counts how unknown outcomes end. */
public final class UnknownMeters {
    private final PrometheusMeterRegistry registry;

    public UnknownMeters(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    void resolved(Resolution resolution) {
        String kind = switch (resolution) {
            case Resolution.ItIs _ -> "found";
            case Resolution.LookAgain _ -> "not_found_yet";
            case Resolution.GiveUp _ -> "failed";
            case Resolution.SendAgain _ -> "sent_again";
        };
        Metrics.counter(
                        registry,
                        "heliograph_unknown_looked_up",
                        "Look-ups of unknown outcomes, by what came of them",
                        "resolution",
                        kind)
                .increment();
    }
}
