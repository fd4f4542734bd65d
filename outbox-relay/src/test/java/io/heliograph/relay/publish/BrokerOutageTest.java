package io.heliograph.relay.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.broker.BrokerConsumer;
import io.heliograph.broker.Delivery;
import io.heliograph.contract.Lane;
import io.heliograph.contract.Queues;
import io.heliograph.relay.Relay;
import io.heliograph.relay.RelayConfig;
import io.heliograph.relay.TestOutbox;
import io.heliograph.relay.care.VerificationCare;
import io.heliograph.relay.retention.KeptFor;
import io.heliograph.runtime.Metrics;
import io.heliograph.runtime.RunningProcess;
import io.heliograph.testing.PrivateRabbit;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A broker of our own is killed, wiped and frozen under a relay; what was promised is published all the same. */
class BrokerOutageTest {
    private static final PublishLimits SHORT_LEASE =
            new PublishLimits(Duration.ofSeconds(2), Duration.ofSeconds(4), 1_000, 50, Duration.ofSeconds(1));
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final PrivateRabbit RABBIT = PrivateRabbit.start();

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stopRabbit() {
        RABBIT.close();
    }

    @Test
    void publishes_everything_although_the_broker_is_killed_and_wiped() throws Exception {
        try (TestOutbox outbox = new TestOutbox()) {
            RunningProcess relay = Relay.start(vertx, config(outbox)).await(20, TimeUnit.SECONDS);
            Set<UUID> expected = new HashSet<>(outbox.due(Lane.NORMAL, 500));
            await().atMost(SOON).until(() -> outbox.count("SELECT count(*) FROM outbox WHERE publishes > 0") == 500);

            RABBIT.wipe();
            expected.addAll(outbox.due(Lane.CRITICAL, 500));
            RABBIT.startAgain();

            assertThat(received(expected.size())).isEqualTo(expected);
            Void _ = relay.stop().await(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void makes_promises_due_again_when_a_frozen_broker_does_not_confirm_them() throws Exception {
        try (RelayBench relay = new RelayBench(RABBIT, SHORT_LEASE)) {
            UUID id = relay.outbox.due(Lane.BULK);
            RABBIT.freeze();

            assertThat(relay.runOnce()).isZero();

            assertThat(relay.outbox.publishesOf(id)).isZero();
            assertThat(relay.outbox.secondsUntilDue(id)).isLessThanOrEqualTo(0);
            RABBIT.thaw();
            relay.awaitBroker();
            assertThat(relay.runOnce()).isEqualTo(1);
            assertThat(relay.takeIds(Lane.BULK)).contains(id);
        }
    }

    private Set<UUID> received(int count) throws InterruptedException {
        Set<UUID> received = new HashSet<>();
        try (BrokerConsumer consumer = BrokerConsumer.start(
                vertx,
                RABBIT.settings(),
                new BrokerConsumer.Settings("test", Queues.of("sms"), 10),
                Metrics.registry())) {
            long endNanos = System.nanoTime() + SOON.toNanos();
            while (received.size() < count && System.nanoTime() < endNanos) {
                Delivery delivery = consumer.take(Duration.ofSeconds(1));
                if (delivery != null) {
                    received.addAll(delivery.envelope().ids());
                    delivery.ack();
                }
            }
        }
        return received;
    }

    private static RelayConfig config(TestOutbox outbox) {
        return new RelayConfig(
                outbox.url(),
                RABBIT.settings(),
                0,
                SHORT_LEASE,
                Duration.ofMillis(10),
                KeptFor.USUAL,
                VerificationCare.USUAL);
    }
}
