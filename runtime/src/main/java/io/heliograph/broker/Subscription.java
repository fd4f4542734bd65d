package io.heliograph.broker;

import io.heliograph.contract.Envelope;
import io.vertx.core.Future;
import io.vertx.rabbitmq.QueueOptions;
import io.vertx.rabbitmq.RabbitMQClient;
import io.vertx.rabbitmq.RabbitMQConsumer;
import io.vertx.rabbitmq.RabbitMQMessage;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The consuming side of one connection: one queue, explicit acks, and never more than the prefetch in our hands. */
final class Subscription {
    private static final Logger log = LoggerFactory.getLogger(Subscription.class);

    private final BrokerConnection connection;
    private final String queue;
    private final int prefetch;
    private final Consumer<Delivery> sink;
    private final BrokerMeters meters;
    private final AtomicInteger inHand = new AtomicInteger();
    private volatile long heardNanos = System.nanoTime();
    private @Nullable RabbitMQConsumer consumer;

    Subscription(
            BrokerConnection connection, String queue, int prefetch, Consumer<Delivery> sink, BrokerMeters meters) {
        this.connection = connection;
        this.queue = queue;
        this.prefetch = prefetch;
        this.sink = sink;
        this.meters = meters;
    }

    String queue() {
        return queue;
    }

    /** Deliveries without an answer yet. */
    int inHand() {
        return inHand.get();
    }

    boolean isLost() {
        return connection.isLost();
    }

    boolean isConsuming() {
        return consumer != null;
    }

    void consume() throws TimeoutException {
        var _ = connection.ask(client -> client.basicQos(0, prefetch, false));
        heardNanos = System.nanoTime();
        // The client acks by itself unless told not to. Its internal queue drops in silence what exceeds its bound: it
        // gets none here, because the prefetch is one. The handler is set in the same task in which the consumer
        // appears, because what comes while there is none is dropped too.
        QueueOptions options = new QueueOptions().setAutoAck(false);
        consumer = connection.ask(client -> client.basicConsumer(queue, options)
                .map(started -> started.handler(this::receive)
                        .endHandler(_ -> connection.discard("The broker ended the consumer"))));
    }

    /** Takes no more; what is in our hands can still be answered. */
    void cancel() throws TimeoutException {
        RabbitMQConsumer started = consumer;
        consumer = null;
        if (started != null) {
            started.endHandler(null);
            // It blocks its thread until the broker answers.
            Void _ = connection.ask(_ -> connection.blocking(started::cancel));
        }
    }

    /** Consumes, has a hand free, but has heard nothing for that long although its queue is not empty. */
    boolean isStalled(Duration patience) throws TimeoutException {
        if (!isConsuming() || inHand.get() >= prefetch || System.nanoTime() - heardNanos < patience.toNanos()) {
            return false;
        }
        // Some brokers count what is in our hands, too.
        boolean stalled = connection.ask(client -> client.messageCount(queue)) > inHand.get();
        heardNanos = System.nanoTime();
        return stalled;
    }

    void ack(long tag) {
        answer(client -> client.basicAck(tag, false));
    }

    void requeue(long tag) {
        answer(client -> client.basicNack(tag, false, true));
    }

    private void answer(Function<RabbitMQClient, Future<Void>> answer) {
        int _ = inHand.decrementAndGet();
        // On a lost connection nothing is written: a tag means nothing on another channel.
        var _ = connection.call(answer).onFailure(_ -> connection.discard("An answer could not be written"));
    }

    private void receive(RabbitMQMessage message) {
        heardNanos = System.nanoTime();
        meters.delivered();
        int _ = inHand.incrementAndGet();
        long tag = message.envelope().getDeliveryTag();
        try {
            Envelope envelope = Envelope.decode(message.body());
            sink.accept(new Delivery(this, tag, envelope));
        } catch (IllegalArgumentException e) {
            // Its content is not shown: whoever wrote it is not known.
            meters.malformed();
            log.atWarn()
                    .addKeyValue("queue", queue)
                    .addKeyValue("bytes", message.body().length())
                    .log("Threw away a malformed envelope");
            ack(tag);
        }
    }
}
