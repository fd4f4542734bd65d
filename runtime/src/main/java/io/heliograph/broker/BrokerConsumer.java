package io.heliograph.broker;

import io.heliograph.runtime.AtOnce;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes envelopes from several queues, with explicit acks. It comes back by itself whatever happens to the broker: lost
 * connections are opened anew, queues declared again, and a consumer that gets nothing from a queue that is not empty is
 * restarted and counted.
 */
public final class BrokerConsumer implements AutoCloseable {
    /**
     * What to consume.
     *
     * @param name shown in the broker's list of connections
     * @param queues in the order in which waiting deliveries are taken
     * @param prefetch envelopes of one queue that may be in our hands
     * @param patience how long a queue that is not empty may be silent
     */
    public record Settings(String name, List<String> queues, int prefetch, Duration patience) {
        private static final Duration PATIENCE = Duration.ofSeconds(10);

        public Settings {
            queues = List.copyOf(queues);
        }

        public Settings(String name, List<String> queues, int prefetch) {
            this(name, queues, prefetch, PATIENCE);
        }
    }

    private static final Duration DRAIN_MAX = Duration.ofSeconds(10);
    private static final Duration DRAIN_LOOK = Duration.ofMillis(20);

    private final DeliveryBuffer buffer;
    private final List<QueueConsumer> consumers;
    private volatile boolean paused;

    private BrokerConsumer(Settings settings, BrokerMeters meters) {
        this.buffer = new DeliveryBuffer(settings.queues());
        this.consumers = settings.queues().stream()
                .map(queue -> new QueueConsumer(queue, settings.prefetch(), settings.patience(), buffer, meters))
                .toList();
    }

    /** Returns at once; the connections are opened in the background. */
    public static BrokerConsumer start(
            Vertx vertx, BrokerSettings broker, Settings settings, PrometheusMeterRegistry registry) {
        BrokerConsumer consumer = new BrokerConsumer(settings, new BrokerMeters(registry));
        consumer.consumers.forEach(queue -> queue.start(vertx, broker, settings.name()));
        return consumer;
    }

    /** The next delivery, of any queue; null when none came in that time, or while paused. For virtual threads. */
    public @Nullable Delivery take(Duration wait) throws InterruptedException {
        return buffer.take(wait);
    }

    /** Hands out nothing more and gives back what waits; what was taken can still be answered. */
    public void pause() {
        paused = true;
        buffer.shut(true);
        consumers.forEach(consumer -> consumer.pause(true));
    }

    public void resume() {
        consumers.forEach(consumer -> consumer.pause(false));
        buffer.shut(false);
        paused = false;
    }

    public boolean isPaused() {
        return paused;
    }

    /** Whether every queue is being consumed, or could be. */
    public boolean isConnected() {
        return consumers.stream().allMatch(QueueConsumer::isConnected);
    }

    /** Gives back what nobody has taken, waits a while for the answers to what was taken, and disconnects. */
    @Override
    public void close() {
        pause();
        try {
            await(() -> consumers.stream().allMatch(consumer -> consumer.isQuiet() && consumer.inHand() == 0));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // At once, not one after the other: each may have to wait for a broker that does not answer.
        AtOnce.forEach(consumers, QueueConsumer::close);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long endNanos = System.nanoTime() + DRAIN_MAX.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < endNanos) {
            Thread.sleep(DRAIN_LOOK);
        }
    }
}
