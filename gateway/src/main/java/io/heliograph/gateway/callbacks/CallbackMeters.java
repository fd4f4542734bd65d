package io.heliograph.gateway.callbacks;

import io.heliograph.gateway.callbacks.CallbackStore.Stored;
import io.heliograph.runtime.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;

/** What is counted about callbacks; shared by all event loops. */
public final class CallbackMeters {
    private static final String NAME = "heliograph_callbacks";
    private static final String HELP = "Provider callbacks by what became of them";

    private final PrometheusMeterRegistry registry;
    private final DeliveryRates rates;
    private final Counter moved;
    private final Counter nothingToMove;
    private final Counter parked;
    private final Counter duplicate;
    private final Counter badSignature;
    private final Counter addressRefused;
    private final Counter unparked;
    private final Counter dropped;
    private final Counter unreadable;

    public CallbackMeters(PrometheusMeterRegistry registry, DeliveryRates rates) {
        this.registry = registry;
        this.rates = rates;
        this.moved = counter("moved");
        this.nothingToMove = counter("nothing_to_move");
        this.parked = counter("parked");
        this.duplicate = counter("duplicate");
        this.badSignature = counter("bad_signature");
        this.addressRefused = counter("address_refused");
        this.unparked = counter("unparked");
        this.dropped = counter("dropped_stranger");
        this.unreadable = counter("unreadable");
    }

    void count(Stored stored) {
        rates.count(stored);
        switch (stored) {
            case Stored.Moved move -> {
                moved.increment();
                acceptedTo(move).record((long) (move.secondsSinceAccepted() * 1e9), TimeUnit.NANOSECONDS);
            }
            case Stored.NothingToMove _ -> nothingToMove.increment();
            case Stored.Parked _ -> parked.increment();
            case Stored.Duplicate _ -> duplicate.increment();
        }
    }

    void badSignature() {
        badSignature.increment();
    }

    void addressRefused() {
        addressRefused.increment();
    }

    /** Of reports that came together, those that tell of no message where it is. */
    void unreadable(int count) {
        unreadable.increment(count);
    }

    /** Of one that had been counted as parked before. */
    void countUnparked(Stored stored) {
        switch (stored) {
            case Stored.Moved _ -> {
                unparked.increment();
                count(stored);
            }
            case Stored.NothingToMove _ -> unparked.increment();
            // Another gateway was faster, or the message has gone again.
            case Stored.Duplicate _, Stored.Parked _ -> {}
        }
    }

    void dropped(int count) {
        dropped.increment(count);
    }

    /** heliograph_accept_to_delivered_seconds and its like; the registry answers the same timer for the same name. */
    private Timer acceptedTo(Stored.Moved move) {
        return Metrics.histogram(
                registry,
                "heliograph_accept_to_" + move.status(),
                "From acceptance to the receipt that moved the message",
                "channel",
                move.channel());
    }

    private Counter counter(String result) {
        return Metrics.counter(registry, NAME, HELP, "result", result);
    }
}
