package io.heliograph.gateway.turns;

import io.heliograph.runtime.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** What is counted about answering people. */
public final class TurnMeters {
    private final Counter answered;
    private final Counter putOff;
    private final Counter failed;
    private final Counter givenUp;
    private final AtomicLong waiting = new AtomicLong();

    public TurnMeters(PrometheusMeterRegistry registry) {
        this.answered = turns(registry, "answered");
        this.putOff = turns(registry, "put_off");
        this.failed = turns(registry, "failed");
        this.givenUp = turns(registry, "given_up");
        Gauge.builder("heliograph_turns_waiting", waiting, AtomicLong::doubleValue)
                .description("Inbound messages that nobody has answered yet, in the whole fleet")
                .register(registry);
    }

    void answered() {
        answered.increment();
    }

    void putOff() {
        putOff.increment();
    }

    void failed() {
        failed.increment();
    }

    void givenUp() {
        givenUp.increment();
    }

    void waiting(long count) {
        waiting.set(count);
    }

    private static Counter turns(PrometheusMeterRegistry registry, String result) {
        return Metrics.counter(
                registry,
                "heliograph_turns",
                "Inbound messages to numbers that talk, by what became of the attempt to answer",
                "result",
                result);
    }
}
