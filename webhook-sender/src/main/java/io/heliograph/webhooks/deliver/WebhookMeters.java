package io.heliograph.webhooks.deliver;

import io.heliograph.runtime.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/** What is counted about deliveries. */
public final class WebhookMeters {
    private final Counter arrived;
    private final Counter failed;
    private final Counter givenUp;
    private final Counter dropped;
    private final Counter disabled;
    private final Timer duration;
    private volatile double overdueSeconds;
    private volatile double overdueFailingSeconds;
    private volatile int inFlight;

    public WebhookMeters(PrometheusMeterRegistry registry) {
        arrived = tries(registry, "arrived");
        failed = tries(registry, "failed");
        givenUp = tries(registry, "given_up");
        dropped = Metrics.counter(
                registry,
                "heliograph_webhook_deliveries_dropped_total",
                "Deliveries to endpoints that are disabled or deleted, or that had nothing to tell");
        disabled = Metrics.counter(
                registry, "heliograph_webhook_endpoints_disabled_total", "Endpoints that were disabled for failing");
        duration = Metrics.histogram(
                registry, "heliograph_webhook_try_seconds", "From the start of a try to the end of its answer");
        Gauge _ = overdue(registry, "well", () -> overdueSeconds);
        Gauge _ = overdue(registry, "failing", () -> overdueFailingSeconds);
        Gauge _ = Gauge.builder("heliograph_webhook_in_flight", () -> inFlight)
                .description("Deliveries that are taken and not recorded yet")
                .register(registry);
    }

    void arrived(Duration took) {
        arrived.increment();
        duration.record(took);
    }

    void failed(Duration took, boolean forGood) {
        (forGood ? givenUp : failed).increment();
        duration.record(took);
    }

    void dropped(int deliveries) {
        dropped.increment(deliveries);
    }

    void disabled(int endpoints) {
        disabled.increment(endpoints);
    }

    void overdue(Duration well, Duration failing) {
        overdueSeconds = well.toMillis() / 1e3;
        overdueFailingSeconds = failing.toMillis() / 1e3;
    }

    void inFlight(int deliveries) {
        inFlight = deliveries;
    }

    private static Counter tries(PrometheusMeterRegistry registry, String result) {
        return Metrics.counter(
                registry, "heliograph_webhook_tries_total", "Deliveries that were tried", "result", result);
    }

    private static Gauge overdue(PrometheusMeterRegistry registry, String line, Supplier<Number> seconds) {
        return Gauge.builder("heliograph_webhook_overdue_seconds", seconds)
                .description("How late the oldest due delivery is, to receivers that are well and to those that fail")
                .tags("line", line)
                .register(registry);
    }
}
