package io.heliograph.relay.retention;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** How much was forgotten, and what should have been. */
public final class RetentionMeters {
    private final MeterRegistry registry;
    private final Counter days;
    private final AtomicInteger overdue = new AtomicInteger();

    public RetentionMeters(MeterRegistry registry) {
        this.registry = registry;
        this.days = Counter.builder("heliograph_retention_days_dropped")
                .description("Days of messages that were dropped")
                .register(registry);
        Gauge _ = Gauge.builder("heliograph_retention_days_overdue", overdue, AtomicInteger::get)
                .description(
                        "Days of messages that nobody wants kept and that are there, because something of them is still promised")
                .register(registry);
    }

    void forgot(String kind, double rows) {
        Counter.builder("heliograph_retention_rows")
                .description("Rows that were forgotten, or emptied, by kind")
                .tag("kind", kind)
                .register(registry)
                .increment(rows);
    }

    void droppedDay() {
        days.increment();
    }

    void overdue(int days) {
        overdue.set(days);
    }
}
