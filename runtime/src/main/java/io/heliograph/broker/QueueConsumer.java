package io.heliograph.broker;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes one queue on a connection of its own. Its own, because a prefetch is per consumer with one broker and per
 * channel with another, and because a queue in trouble must not disturb the others.
 */
final class QueueConsumer implements SupervisedConnection.Tenant, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(QueueConsumer.class);

    private static final String PRECONDITION_FAILED = "reply-code=406";

    private final String queue;
    private final int prefetch;
    private final Duration patience;
    private final DeliveryBuffer buffer;
    private final BrokerMeters meters;
    private volatile boolean paused;
    private volatile @Nullable Subscription subscription;
    private @Nullable SupervisedConnection supervised;
    private volatile boolean declaredOtherwise;

    QueueConsumer(String queue, int prefetch, Duration patience, DeliveryBuffer buffer, BrokerMeters meters) {
        this.queue = queue;
        this.prefetch = prefetch;
        this.patience = patience;
        this.buffer = buffer;
        this.meters = meters;
    }

    void start(Vertx vertx, BrokerSettings settings, String name) {
        supervised = SupervisedConnection.start(vertx, settings, name + " " + queue, meters, this);
    }

    boolean isConnected() {
        SupervisedConnection started = supervised;
        return started != null && started.current() != null;
    }

    void pause(boolean pause) {
        paused = pause;
    }

    /** Paused, and the broker knows it. */
    boolean isQuiet() {
        Subscription open = subscription;
        return open == null || open.isLost() || !open.isConsuming();
    }

    int inHand() {
        Subscription open = subscription;
        return open == null || open.isLost() ? 0 : open.inHand();
    }

    @Override
    public void moveIn(BrokerConnection connection) throws TimeoutException {
        declare(connection);
        Subscription opened = new Subscription(connection, queue, prefetch, buffer::add, meters);
        if (!paused) {
            opened.consume();
        }
        subscription = opened;
    }

    /** A queue that an operator has declared in another way is used as it is. */
    private void declare(BrokerConnection connection) throws TimeoutException {
        if (declaredOtherwise) {
            return;
        }
        try {
            int _ = connection.declare(queue);
        } catch (Exception e) {
            declaredOtherwise = String.valueOf(e.getCause()).contains(PRECONDITION_FAILED);
            throw e;
        }
    }

    @Override
    public void lookAfter(BrokerConnection connection) throws TimeoutException {
        Subscription open = subscription;
        if (open == null) {
            return;
        }
        if (paused && open.isConsuming()) {
            open.cancel();
        } else if (!paused && !open.isConsuming()) {
            open.consume();
        }
        if (paused) {
            buffer.drain(queue).forEach(Delivery::requeue);
        }
        if (open.isStalled(patience)) {
            meters.consumerRestarted();
            log.atWarn().addKeyValue("queue", queue).log("Consumer gets nothing from a queue that is not empty");
            connection.discard("The consumer was stalled");
        }
    }

    @Override
    public void close() {
        SupervisedConnection started = supervised;
        if (started != null) {
            started.close();
        }
    }
}
