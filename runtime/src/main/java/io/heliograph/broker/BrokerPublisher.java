package io.heliograph.broker;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Publishes envelopes with confirms on a connection of its own. All envelopes of a round are written before the first
 * confirm is waited for. At any doubt the connection is thrown away, and everything that was not confirmed on it counts
 * as not published.
 */
public final class BrokerPublisher implements AutoCloseable {
    private final SupervisedConnection supervised;
    private final BrokerMeters meters;
    private volatile @Nullable ConfirmedChannel channel;

    private BrokerPublisher(Vertx vertx, BrokerSettings settings, String name, PrometheusMeterRegistry registry) {
        this.meters = new BrokerMeters(registry);
        this.supervised = SupervisedConnection.start(vertx, settings, name, meters, new Confirming());
    }

    /** Returns at once; the connection is opened in the background, and again whenever it is lost. */
    public static BrokerPublisher start(
            Vertx vertx, BrokerSettings settings, String name, PrometheusMeterRegistry registry) {
        return new BrokerPublisher(vertx, settings, name, registry);
    }

    /** Whether it is worth while to publish now. */
    public boolean isConnected() {
        return supervised.current() != null;
    }

    /** Writes all of them in order, and answers at once; without a connection all of them are lost. */
    public PublishRound publish(List<QueuedEnvelope> envelopes) {
        List<PendingEnvelope> pending = envelopes.stream()
                .map(envelope -> new PendingEnvelope(envelope, meters))
                .toList();
        ConfirmedChannel open = channel;
        if (open == null || !open.write(pending)) {
            pending.forEach(PendingEnvelope::lost);
            return new PublishRound(pending, () -> {});
        }
        return new PublishRound(pending, () -> open.discard("A confirm did not come in time"));
    }

    @Override
    public void close() {
        supervised.close();
    }

    private final class Confirming implements SupervisedConnection.Tenant {
        @Override
        public void moveIn(BrokerConnection connection) throws Exception {
            channel = ConfirmedChannel.open(connection);
        }

        @Override
        public void lookAfter(BrokerConnection connection) {
            // A lost connection tells by itself, and a silent one by the deadline of whoever waits for a confirm.
        }
    }
}
