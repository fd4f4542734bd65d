package io.heliograph.worker.testing;

import static org.awaitility.Awaitility.await;

import io.heliograph.broker.BrokerPublisher;
import io.heliograph.broker.BrokerSettings;
import io.heliograph.broker.QueuedEnvelope;
import io.heliograph.contract.Envelope;
import io.heliograph.contract.Lane;
import io.heliograph.contract.Queues;
import io.heliograph.runtime.Metrics;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Puts ids onto the queues, as the relay does. */
public final class Post implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final BrokerPublisher publisher;

    public Post(Vertx vertx, BrokerSettings broker) {
        publisher = BrokerPublisher.start(vertx, broker, "test", Metrics.registry());
    }

    public void publish(List<UUID> ids) {
        publish("twilio", Lane.NORMAL, ids);
    }

    public void publish(String topic, Lane lane, List<UUID> ids) {
        QueuedEnvelope envelope = new QueuedEnvelope(Queues.name(topic, lane), new Envelope(ids));
        await().atMost(SOON)
                .until(() -> publisher
                        .publish(List.of(envelope))
                        .awaitUnconfirmed(Duration.ofSeconds(5))
                        .isEmpty());
    }

    /** One round of the relay: publishes what is due. */
    public void publishDue(Messages messages) {
        publishDue(messages, "twilio");
    }

    /** The same for another provider. */
    public void publishDue(Messages messages, String topic) {
        List<UUID> due = messages.takeDue(topic);
        if (!due.isEmpty()) {
            publish(topic, Lane.NORMAL, due);
        }
    }

    @Override
    public void close() {
        publisher.close();
    }
}
