package io.heliograph.broker;

import com.rabbitmq.client.AMQP;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.rabbitmq.RabbitMQConfirmation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The publishing side of one connection: which envelope each confirm is for. */
final class ConfirmedChannel {
    private static final int IN_FLIGHT_MAX = 8_192;

    // Transient: the broker is disposable, and every promise is in the database until it is kept. A message that the
    // broker loses is published again when its lease is over, so there is nothing to pay a write to disk for.
    private static final AMQP.BasicProperties PROPERTIES = new AMQP.BasicProperties.Builder()
            .contentType("application/json")
            .deliveryMode(1)
            .build();

    private final BrokerConnection connection;
    private final ConcurrentNavigableMap<Long, PendingEnvelope> inFlight = new ConcurrentSkipListMap<>();
    private final AtomicInteger unsettled = new AtomicInteger();
    /** What is published to a queue that is not there is lost without a word. Touched on the connection's context only. */
    private final Map<String, Future<Integer>> declared = new HashMap<>();

    private ConfirmedChannel(BrokerConnection connection) {
        this.connection = connection;
    }

    static ConfirmedChannel open(BrokerConnection connection) throws TimeoutException {
        ConfirmedChannel channel = new ConfirmedChannel(connection);
        // The listener's own queue drops what exceeds its bound in silence; what may be in flight is bounded here.
        ReadStream<RabbitMQConfirmation> confirms =
                connection.ask(client -> client.addConfirmListener(Integer.MAX_VALUE));
        var _ = confirms.handler(channel::settle);
        connection.onLoss(_ -> channel.loseAll());
        return channel;
    }

    /** False, with nothing written, when too much is in flight already or the connection is lost. */
    boolean write(List<PendingEnvelope> envelopes) {
        if (connection.isLost() || unsettled.get() + envelopes.size() > IN_FLIGHT_MAX) {
            return false;
        }
        for (PendingEnvelope pending : envelopes) {
            int _ = unsettled.incrementAndGet();
            var _ = pending.settled().thenAccept(_ -> unsettled.decrementAndGet());
        }
        // One task for all of them: the client keeps the order of what one task of one context calls.
        connection.run(() -> envelopes.forEach(this::write));
        return true;
    }

    void discard(String reason) {
        connection.discard(reason);
    }

    private void write(PendingEnvelope pending) {
        String queue = pending.envelope().queue();
        Buffer body = pending.envelope().envelope().encode();
        var _ = declared.computeIfAbsent(queue, connection::declareHere)
                .compose(_ -> connection.callHere(client ->
                        client.basicPublishWithDeliveryTag("", queue, PROPERTIES, body, tag -> register(tag, pending))))
                .onFailure(_ -> {
                    pending.lost();
                    connection.discard("An envelope could not be written");
                });
    }

    /** Before the envelope is written. Tags start again on a replaced channel, on which no confirm will ever come. */
    private void register(long tag, PendingEnvelope pending) {
        inFlight.put(tag, pending);
        if (connection.isLost()) {
            pending.lost();
        }
    }

    private void settle(RabbitMQConfirmation confirmation) {
        long tag = confirmation.getDeliveryTag();
        var settled = confirmation.isMultiple() ? inFlight.headMap(tag, true) : inFlight.subMap(tag, true, tag, true);
        for (PendingEnvelope pending : settled.values()) {
            if (confirmation.isSucceeded()) {
                pending.confirmed();
            } else {
                pending.nacked();
            }
        }
        settled.clear();
    }

    private void loseAll() {
        inFlight.values().forEach(PendingEnvelope::lost);
    }
}
