package io.heliograph.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DeliverCallback;
import io.heliograph.contract.Queues;
import io.heliograph.testing.PrivateRabbit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RabbitMQ, and what only it can do to us. */
class RabbitBrokerTest extends BrokerContract {
    private static final String HELD = "held by another";
    private static final String QUEUE = Queues.of("sms").getFirst();

    private final PrivateRabbit rabbit = PrivateRabbit.shared();
    private final BrokerEnds ends = new BrokerEnds(rabbit.settings());

    @AfterEach
    void closeEnds() throws Exception {
        ends.close();
    }

    @Override
    protected BrokerSettings broker() {
        return rabbit.settings();
    }

    @Test
    void declares_a_queue_again_that_was_deleted_under_its_consumer() throws Exception {
        BrokerConsumer consumer = ends.consumer(10, QUEUE);
        BrokerPublisher publisher = ends.publisher();
        List<QueuedEnvelope> before = ends.envelopes(QUEUE, 1);
        assertThat(BrokerEnds.publish(publisher, before)).isEmpty();
        assertThat(BrokerEnds.receive(consumer, 1)).isEqualTo(BrokerEnds.idsOf(before));

        try (Connection connection = rabbit.connect();
                Channel channel = connection.createChannel()) {
            var _ = channel.queueDelete(QUEUE);
            await().atMost(BrokerEnds.SOON).until(() -> exists(connection));
        }

        List<QueuedEnvelope> after = ends.envelopes(QUEUE, 1);
        assertThat(BrokerEnds.publish(publisher, after)).isEmpty();
        assertThat(BrokerEnds.receive(consumer, 1)).isEqualTo(BrokerEnds.idsOf(after));
    }

    /** Another consumer has the queue to itself and does nothing: ours is connected, has a hand free, and hears nothing. */
    @Test
    void restarts_a_consumer_that_gets_nothing_from_a_queue_that_is_not_empty() throws Exception {
        try (Connection connection = rabbit.connect();
                Channel channel = connection.createChannel()) {
            var _ = channel.queueDeclare(HELD, true, false, false, Map.of("x-single-active-consumer", true));
            channel.basicQos(1);
            DeliverCallback holding = (_, _) -> {};
            CancelCallback ignoring = _ -> {};
            String tag = channel.basicConsume(HELD, false, holding, ignoring);
            List<QueuedEnvelope> sent = ends.envelopes(HELD, 3);
            BrokerConsumer consumer = ends.consumer(10, HELD);
            for (QueuedEnvelope queued : sent) {
                channel.basicPublish("", HELD, null, queued.envelope().encode().getBytes());
            }

            await().atMost(BrokerEnds.SOON).until(() -> ends.count("heliograph_broker_consumers_restarted_total") >= 2);
            channel.basicCancel(tag);
            var _ = channel.basicRecover(true);

            assertThat(BrokerEnds.receive(consumer, 3)).isEqualTo(BrokerEnds.idsOf(sent));
            consumer.close();
            var _ = channel.queueDelete(HELD);
        }
    }

    @Test
    void takes_of_earlier_queues_first_without_starving_the_others() throws Exception {
        String later = Queues.of("sms").getLast();
        List<QueuedEnvelope> sent = ends.envelopes(later, 10);
        sent.addAll(ends.envelopes(QUEUE, 10));
        assertThat(BrokerEnds.publish(ends.publisher(), sent)).isEmpty();
        BrokerConsumer consumer = ends.consumer(20, QUEUE, later);
        await().atMost(BrokerEnds.SOON).until(() -> ends.count("heliograph_broker_envelopes_delivered_total") == 20);

        List<String> taken = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            Delivery delivery = BrokerEnds.take(consumer);
            taken.add(delivery.queue());
            delivery.ack();
        }

        assertThat(taken).filteredOn(QUEUE::equals).hasSizeGreaterThanOrEqualTo(9);
        assertThat(taken).contains(later);
    }

    private static boolean exists(Connection connection) {
        try (Channel channel = connection.createChannel()) {
            var _ = channel.queueDeclarePassive(QUEUE);
            return true;
        } catch (IOException | AlreadyClosedException | TimeoutException e) {
            return false;
        }
    }
}
