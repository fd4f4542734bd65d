package io.heliograph.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.contract.Queues;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What must hold on every broker that we run on; its tests are run for each of them. */
public abstract class BrokerContract {
    private static final String FIRST = Queues.of("sms").get(0);
    private static final String SECOND = Queues.of("sms").get(1);

    private BrokerEnds ends;

    /** A broker that is up, with nothing on its queues. */
    protected abstract BrokerSettings broker();

    @BeforeEach
    void open() {
        ends = new BrokerEnds(broker());
    }

    @AfterEach
    void close() throws Exception {
        ends.close();
    }

    @Test
    void delivers_every_envelope_that_was_confirmed() throws Exception {
        BrokerConsumer consumer = ends.consumer(10, FIRST, SECOND);
        List<QueuedEnvelope> sent = ends.envelopes(FIRST, 50);
        sent.addAll(ends.envelopes(SECOND, 50));

        assertThat(BrokerEnds.publish(ends.publisher(), sent)).isEmpty();

        assertThat(BrokerEnds.receive(consumer, 100)).isEqualTo(BrokerEnds.idsOf(sent));
        assertThat(ends.count("heliograph_broker_envelopes_confirmed_total")).isEqualTo(100);
    }

    @Test
    void says_how_many_envelopes_wait_on_a_queue() throws Exception {
        QueueDepths depths = ends.opened(QueueDepths.start(ends.vertx, ends.settings, "test depths", ends.registry));
        BrokerPublisher publisher = ends.publisher();

        assertThat(BrokerEnds.publish(publisher, ends.envelopes(FIRST, 7))).isEmpty();

        await().atMost(BrokerEnds.SOON)
                .until(() -> depths.read(List.of(FIRST, SECOND)), Map.of(FIRST, 7L, SECOND, 0L)::equals);
    }

    @Test
    void never_has_more_than_the_prefetch_of_each_queue_in_hand() throws Exception {
        List<QueuedEnvelope> sent = ends.envelopes(FIRST, 10);
        sent.addAll(ends.envelopes(SECOND, 10));
        assertThat(BrokerEnds.publish(ends.publisher(), sent)).isEmpty();
        BrokerConsumer consumer = ends.consumer(3, FIRST, SECOND);

        List<Delivery> inHand = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            inHand.add(BrokerEnds.take(consumer));
        }

        assertThat(inHand)
                .filteredOn(delivery -> delivery.queue().equals(FIRST))
                .hasSize(3);
        assertThat(consumer.take(Duration.ofMillis(300))).isNull();
        inHand.getFirst().ack();
        Delivery next = BrokerEnds.take(consumer);
        assertThat(next.queue()).isEqualTo(inHand.getFirst().queue());
        inHand.forEach(Delivery::ack);
        next.ack();
    }

    @Test
    void gives_to_another_what_was_not_acked() throws Exception {
        List<QueuedEnvelope> sent = ends.envelopes(FIRST, 5);
        assertThat(BrokerEnds.publish(ends.publisher(), sent)).isEmpty();
        BrokerConsumer first =
                BrokerConsumer.start(ends.vertx, ends.settings, BrokerEnds.consuming(10, FIRST), ends.registry);
        BrokerEnds.take(first).ack();
        BrokerEnds.take(first).requeue();
        BrokerEnds.take(first).requeue();

        first.close();

        assertThat(BrokerEnds.receive(ends.consumer(10, FIRST), 4)).hasSize(4);
    }

    @Test
    void hands_out_nothing_while_paused_and_goes_on_after_that() throws Exception {
        BrokerConsumer paused = ends.consumer(10, FIRST);
        BrokerPublisher publisher = ends.publisher();
        List<QueuedEnvelope> sent = ends.envelopes(FIRST, 1);
        assertThat(BrokerEnds.publish(publisher, sent)).isEmpty();
        Delivery before = BrokerEnds.take(paused);

        paused.pause();
        List<QueuedEnvelope> more = ends.envelopes(FIRST, 20);
        assertThat(BrokerEnds.publish(publisher, more)).isEmpty();

        // Everything is there for another consumer, but what was taken before the pause.
        assertThat(paused.take(Duration.ofMillis(50))).isNull();
        before.ack();
        BrokerConsumer other =
                BrokerConsumer.start(ends.vertx, ends.settings, BrokerEnds.consuming(10, FIRST), ends.registry);
        assertThat(BrokerEnds.receive(other, 20)).isEqualTo(BrokerEnds.idsOf(more));
        other.close();
        paused.resume();
        List<QueuedEnvelope> last = ends.envelopes(FIRST, 3);
        assertThat(BrokerEnds.publish(publisher, last)).isEmpty();
        assertThat(BrokerEnds.receive(paused, 3)).isEqualTo(BrokerEnds.idsOf(last));
    }

    @Test
    void throws_away_what_is_no_envelope_and_counts_it() throws Exception {
        BrokerPublisher publisher = ends.publisher();
        BrokerConsumer consumer = ends.consumer(1, FIRST);
        // Only then there is a queue for certain, without which the broker drops what is published.
        await().atMost(BrokerEnds.SOON).until(consumer::isConnected);
        ends.publishRaw(FIRST, Buffer.buffer("{\"v\":2,\"ids\":[]}"));
        ends.publishRaw(FIRST, Buffer.buffer(new byte[] {0, 1, 2}));
        List<QueuedEnvelope> good = ends.envelopes(FIRST, 1);

        assertThat(BrokerEnds.publish(publisher, good)).isEmpty();

        assertThat(BrokerEnds.receive(consumer, 1)).isEqualTo(BrokerEnds.idsOf(good));
        // They came by another channel, so perhaps after the good one.
        await().untilAsserted(() -> assertThat(ends.count("heliograph_broker_envelopes_malformed_total"))
                .isEqualTo(2));
    }

    @Test
    void an_answer_that_comes_after_the_connection_was_lost_does_no_harm() throws Exception {
        BrokerConnection connection = BrokerConnection.open(ends.vertx, ends.settings, "test");
        DeliveryBuffer buffer = new DeliveryBuffer(List.of(FIRST));
        Subscription subscription =
                new Subscription(connection, FIRST, 10, buffer::add, new BrokerMeters(ends.registry));
        List<QueuedEnvelope> sent = ends.envelopes(FIRST, 2);
        assertThat(BrokerEnds.publish(ends.publisher(), sent)).isEmpty();
        subscription.consume();
        Delivery held = Objects.requireNonNull(buffer.take(BrokerEnds.SOON));

        connection.discard("The test wants it so");
        held.ack();

        assertThat(buffer.take(Duration.ZERO)).isNull();
        assertThat(BrokerEnds.receive(ends.consumer(10, FIRST), 2)).isEqualTo(BrokerEnds.idsOf(sent));
    }

    @Test
    void counts_all_as_lost_while_there_is_no_connection() throws Exception {
        BrokerPublisher publisher = ends.publisher();
        publisher.close();
        List<QueuedEnvelope> envelopes = ends.envelopes(FIRST, 3);

        assertThat(publisher.publish(envelopes).awaitUnconfirmed(BrokerEnds.SOON))
                .isEqualTo(envelopes);
        assertThat(ends.count("heliograph_broker_envelopes_unconfirmed_total")).isEqualTo(3);
    }
}
