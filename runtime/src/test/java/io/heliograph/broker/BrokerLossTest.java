package io.heliograph.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.contract.Queues;
import io.heliograph.testing.PrivateRabbit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A broker of our own is killed, wiped and frozen; publisher and consumer resume by themselves. */
class BrokerLossTest {
    private static final PrivateRabbit RABBIT = PrivateRabbit.start();
    private static final String QUEUE = Queues.of("sms").getFirst();

    private final BrokerEnds ends = new BrokerEnds(RABBIT.settings());

    @AfterEach
    void close() throws Exception {
        ends.close();
    }

    @AfterAll
    static void stopRabbit() {
        RABBIT.close();
    }

    @Test
    void resumes_after_the_broker_was_killed_and_wiped() throws Exception {
        BrokerPublisher publisher = ends.publisher();
        BrokerConsumer consumer = ends.consumer(10, QUEUE);
        List<QueuedEnvelope> before = ends.envelopes(QUEUE, 20);
        assertThat(BrokerEnds.publish(publisher, before)).isEmpty();
        Delivery held = BrokerEnds.take(consumer);

        RABBIT.wipe();
        await().atMost(BrokerEnds.SOON).until(() -> !publisher.isConnected() && !consumer.isConnected());
        List<QueuedEnvelope> during = ends.envelopes(QUEUE, 1);
        assertThat(BrokerEnds.publish(publisher, during)).isEqualTo(during);
        held.ack();
        RABBIT.startAgain();

        await().atMost(BrokerEnds.SOON).until(() -> publisher.isConnected() && consumer.isConnected());
        List<QueuedEnvelope> after = ends.envelopes(QUEUE, 20);
        assertThat(BrokerEnds.publish(publisher, after)).isEmpty();
        assertThat(BrokerEnds.receive(consumer, 20)).isEqualTo(BrokerEnds.idsOf(after));
    }

    @Test
    void counts_as_not_published_what_a_frozen_broker_does_not_confirm() throws Exception {
        BrokerPublisher publisher = ends.publisher();
        List<QueuedEnvelope> sent = ends.envelopes(QUEUE, 5);

        RABBIT.freeze();
        List<QueuedEnvelope> unconfirmed = publisher.publish(sent).awaitUnconfirmed(Duration.ofMillis(500));
        RABBIT.thaw();

        assertThat(unconfirmed).isEqualTo(sent);
        await().atMost(BrokerEnds.SOON).until(publisher::isConnected);
        assertThat(BrokerEnds.publish(publisher, ends.envelopes(QUEUE, 5))).isEmpty();
    }
}
