package io.heliograph.relay.publish;

import io.heliograph.runtime.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is counted about publishing. */
public final class PublishMeters {
    private final PrometheusMeterRegistry registry;
    private final QueueRoom room;
    private final Map<QueueKey, Counter> published = new ConcurrentHashMap<>();
    private final Counter unconfirmed;
    private final Counter rounds;
    private final Counter woken;
    private final Timer roundDuration;

    public PublishMeters(PrometheusMeterRegistry registry, QueueRoom room) {
        this.registry = registry;
        this.room = room;
        unconfirmed = Metrics.counter(
                registry,
                "heliograph_relay_promises_unconfirmed_total",
                "Promises that are due again at once, because the broker did not confirm them");
        rounds = Metrics.counter(registry, "heliograph_relay_rounds_total", "Rounds that found something due");
        woken = Metrics.counter(
                registry, "heliograph_relay_messages_woken_total", "Scheduled messages whose time came");
        roundDuration = Metrics.histogram(
                registry, "heliograph_relay_round_seconds", "From looking for due promises to the last confirm");
    }

    void published(QueueKey key, int promises) {
        published.computeIfAbsent(key, this::meter).increment(promises);
    }

    private Counter meter(QueueKey key) {
        String[] tags = {"topic", key.topic(), "lane", key.lane().word()};
        Gauge _ = Gauge.builder("heliograph_relay_queue_depth", () -> room.depth(key.queue()))
                .description("Envelopes that wait on the queue")
                .tags(tags)
                .register(registry);
        return Metrics.counter(
                registry, "heliograph_relay_promises_published_total", "Promises that were published", tags);
    }

    void unconfirmed(int promises) {
        unconfirmed.increment(promises);
    }

    void woken(int messages) {
        woken.increment(messages);
    }

    void round(Duration took) {
        rounds.increment();
        roundDuration.record(took);
    }
}
