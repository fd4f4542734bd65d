package io.heliograph.gateway.callbacks.inbound;

import io.heliograph.gateway.callbacks.inbound.InboundStore.Stored;
import io.heliograph.runtime.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** What is counted about people's messages; shared by all event loops. */
public final class InboundMeters {
    private final PrometheusMeterRegistry registry;
    private final Counter stored;
    private final Counter nobodys;
    private final Counter duplicate;
    private final Counter answered;

    public InboundMeters(PrometheusMeterRegistry registry) {
        this.registry = registry;
        this.stored = inbound("stored");
        this.nobodys = inbound("nobodys");
        this.duplicate = inbound("duplicate");
        this.answered = Metrics.counter(
                registry, "heliograph_inbound_answers", "Keywords that were answered with a message of our own");
    }

    void count(Stored outcome) {
        switch (outcome) {
            case Stored.Duplicate _ -> duplicate.increment();
            case Stored.New fresh -> {
                (fresh.nobodys() ? nobodys : stored).increment();
                if (fresh.word() != null) {
                    keyword(fresh.word(), fresh.changed()).increment();
                }
                if (fresh.answered()) {
                    answered.increment();
                }
            }
        }
    }

    /** The registry answers the same counter for the same name. */
    private Counter keyword(String word, boolean changed) {
        return Metrics.counter(
                registry,
                "heliograph_inbound_keywords",
                "Keywords by what they mean, and whether they changed anybody's consent",
                "word",
                word,
                "changed",
                Boolean.toString(changed));
    }

    private Counter inbound(String result) {
        return Metrics.counter(
                registry, "heliograph_inbound", "Messages of people by what became of them", "result", result);
    }
}
