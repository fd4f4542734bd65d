package io.heliograph.broker;

import static org.awaitility.Awaitility.await;

import io.heliograph.contract.Envelope;
import io.heliograph.runtime.Ids;
import io.heliograph.runtime.Metrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.rabbitmq.RabbitMQClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Publishers and consumers of one broker for a test, which closes them all at its end. */
final class BrokerEnds implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(20);

    final Vertx vertx = Vertx.vertx();
    final PrometheusMeterRegistry registry = Metrics.registry();
    final BrokerSettings settings;
    private final Ids ids = new Ids();
    private final List<AutoCloseable> opened = new ArrayList<>();

    BrokerEnds(BrokerSettings settings) {
        this.settings = settings;
    }

    BrokerPublisher publisher() {
        BrokerPublisher publisher = opened(BrokerPublisher.start(vertx, settings, "test out", registry));
        await().atMost(SOON).until(publisher::isConnected);
        return publisher;
    }

    BrokerConsumer consumer(int prefetch, String... queues) {
        return opened(BrokerConsumer.start(vertx, settings, consuming(prefetch, queues), registry));
    }

    <T extends AutoCloseable> T opened(T closeable) {
        opened.add(closeable);
        return closeable;
    }

    List<QueuedEnvelope> envelopes(String queue, int count) {
        return new ArrayList<>(IntStream.range(0, count)
                .mapToObj(_ -> new QueuedEnvelope(queue, new Envelope(List.of(ids.get()))))
                .toList());
    }

    /** Answers those that were not confirmed. */
    static List<QueuedEnvelope> publish(BrokerPublisher publisher, List<QueuedEnvelope> envelopes)
            throws InterruptedException {
        return publisher.publish(envelopes).awaitUnconfirmed(SOON);
    }

    static Delivery take(BrokerConsumer consumer) throws InterruptedException {
        return Objects.requireNonNull(consumer.take(SOON), "No delivery in time");
    }

    /** Takes and acks that many envelopes; answers their ids. */
    static Set<UUID> receive(BrokerConsumer consumer, int envelopes) throws InterruptedException {
        Set<UUID> received = new HashSet<>();
        for (int i = 0; i < envelopes; i++) {
            Delivery delivery = take(consumer);
            received.addAll(delivery.envelope().ids());
            delivery.ack();
        }
        return received;
    }

    static Set<UUID> idsOf(List<QueuedEnvelope> envelopes) {
        Set<UUID> found = new HashSet<>();
        envelopes.forEach(envelope -> found.addAll(envelope.envelope().ids()));
        return found;
    }

    double count(String name) {
        return registry.get(name).counter().count();
    }

    static BrokerConsumer.Settings consuming(int prefetch, String... queues) {
        return new BrokerConsumer.Settings("test in", List.of(queues), prefetch, Duration.ofSeconds(1));
    }

    void publishRaw(String queue, Buffer body) throws Exception {
        BrokerConnection connection = BrokerConnection.open(vertx, settings, "test raw");
        Void _ = connection.ask(RabbitMQClient::confirmSelect);
        Void _ = connection.ask(client -> client.basicPublish("", queue, body));
        Void _ = connection.ask(client -> client.waitForConfirms(5_000));
        connection.discard("Done");
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }
}
