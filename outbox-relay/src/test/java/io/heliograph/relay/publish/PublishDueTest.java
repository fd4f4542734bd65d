package io.heliograph.relay.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.contract.Envelope;
import io.heliograph.contract.Lane;
import io.heliograph.contract.Queues;
import io.heliograph.relay.TestOutbox;
import io.heliograph.testing.PrivateRabbit;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rounds of publishing on a real PostgreSQL and a real RabbitMQ, one by one. */
class PublishDueTest {
    private static final PublishLimits LIMITS =
            new PublishLimits(Duration.ofSeconds(60), Duration.ofMinutes(5), 1_000, 20, Duration.ofSeconds(5));

    private final PrivateRabbit rabbit = PrivateRabbit.shared();
    private RelayBench relay;
    private TestOutbox outbox;

    @BeforeEach
    void start() throws Exception {
        relay = new RelayBench(rabbit, LIMITS);
        outbox = relay.outbox;
    }

    @AfterEach
    void stop() throws Exception {
        relay.close();
    }

    @Test
    void publishes_what_is_due_and_nothing_that_is_not() throws Exception {
        UUID due = outbox.dueIn(Duration.ofSeconds(-1));
        UUID later = outbox.dueIn(Duration.ofMinutes(1));

        assertThat(relay.runOnce()).isEqualTo(1);

        assertThat(relay.takeIds(Lane.NORMAL)).containsExactly(due);
        assertThat(outbox.publishesOf(later)).isZero();
    }

    @Test
    void rests_when_nothing_is_due() throws Exception {
        assertThat(relay.runOnce()).isZero();
    }

    @Test
    void puts_no_more_than_a_hundred_ids_in_an_envelope() throws Exception {
        List<UUID> due = outbox.due(Lane.NORMAL, 130);

        assertThat(relay.runOnce()).isEqualTo(130);

        List<Envelope> envelopes = relay.takeAll(Lane.NORMAL);
        assertThat(envelopes).extracting(envelope -> envelope.ids().size()).containsExactly(100, 30);
        assertThat(envelopes.stream().flatMap(envelope -> envelope.ids().stream()))
                .containsExactlyInAnyOrderElementsOf(due);
    }

    @Test
    void publishes_the_longest_due_first() throws Exception {
        UUID second = outbox.dueIn(Duration.ofSeconds(-10));
        UUID third = outbox.dueIn(Duration.ofSeconds(-5));
        UUID first = outbox.dueIn(Duration.ofSeconds(-20));

        int _ = relay.runOnce();

        assertThat(relay.takeIds(Lane.NORMAL)).containsExactly(first, second, third);
    }

    @Test
    void doubles_the_lease_with_each_publish_up_to_the_limit() throws Exception {
        UUID id = outbox.due(Lane.NORMAL);
        List<Long> leases = new ArrayList<>();

        for (int i = 0; i < 5; i++) {
            assertThat(relay.runOnce()).isEqualTo(1);
            leases.add(outbox.secondsUntilDue(id));
            outbox.execute("UPDATE outbox SET due_at = now() WHERE message_id = ?", id);
        }

        assertThat(leases).containsExactly(60L, 120L, 240L, 300L, 300L);
        assertThat(outbox.publishesOf(id)).isEqualTo(5);
    }

    @Test
    void publishes_of_a_limited_account_no_more_than_it_may_send_soon_and_of_another_all() throws Exception {
        outbox.execute("INSERT INTO account_rate (account_id, per_second) VALUES (2, 100)");
        List<UUID> limited = outbox.due(Lane.NORMAL, 300);
        outbox.execute("UPDATE outbox SET account_id = 2");
        List<UUID> free = outbox.due(Lane.NORMAL, 300);

        int first = relay.runOnce();
        int second = relay.runOnce();

        List<UUID> published = relay.takeIds(Lane.NORMAL);
        assertThat(published).containsAll(free).hasSize(first + second);
        // A fifth of a second, and what has become free since.
        assertThat(published.stream().filter(limited::contains)).hasSizeBetween(18, 100);
    }

    @Test
    void publishes_all_of_a_limited_account_in_its_time() throws Exception {
        outbox.execute("INSERT INTO account_rate (account_id, per_second) VALUES (1, 200)");
        List<UUID> due = outbox.due(Lane.NORMAL, 100);

        List<UUID> published = new ArrayList<>();
        await().until(() -> {
            int _ = relay.runOnce();
            published.addAll(relay.takeIds(Lane.NORMAL));
            return published.size() == 100;
        });

        assertThat(published).containsExactlyInAnyOrderElementsOf(due);
        // From the first to the last: what it was given is what it may send in that time, and a fifth of a second.
        assertThat(outbox.count("SELECT (1000 * date_part('epoch', next_at - now()))::bigint FROM account_feed"))
                .isLessThanOrEqualTo(200);
    }

    @Test
    void wakes_a_scheduled_message_whose_time_has_come() throws Exception {
        UUID come = outbox.scheduled(Duration.ofSeconds(-1));
        UUID toCome = outbox.scheduled(Duration.ofMinutes(1));

        assertThat(relay.runOnce()).isEqualTo(1);

        assertThat(outbox.statusOf(come)).isEqualTo("queued");
        assertThat(outbox.statusOf(toCome)).isEqualTo("scheduled");
        assertThat(relay.takeIds(Lane.NORMAL)).containsExactly(come);
    }

    @Test
    void does_not_wait_for_a_scheduled_message_that_someone_holds() throws Exception {
        UUID held = outbox.scheduled(Duration.ofSeconds(-1));

        try (Connection other = outbox.connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("SELECT FROM message WHERE id = '" + held + "' FOR UPDATE");
            assertThat(relay.runOnce()).isEqualTo(1);
        }

        assertThat(outbox.statusOf(held)).isEqualTo("scheduled");
        assertThat(relay.takeIds(Lane.NORMAL)).containsExactly(held);
    }

    @Test
    void does_not_feed_a_full_queue() throws Exception {
        outbox.due(Lane.BULK, 100);
        UUID critical = outbox.due(Lane.CRITICAL);
        fill(Lane.BULK);
        relay.lookAtQueues();

        assertThat(relay.runOnce()).isEqualTo(1);
        assertThat(relay.takeIds(Lane.CRITICAL)).containsExactly(critical);
        assertThat(outbox.count("SELECT count(*) FROM outbox WHERE publishes = 0"))
                .isEqualTo(100);

        assertThat(relay.takeAll(Lane.BULK)).hasSize(LIMITS.highWaterMark());
        relay.lookAtQueues();
        assertThat(relay.runOnce()).isEqualTo(100);
    }

    @Test
    void another_accounts_message_does_not_wait_behind_a_long_line() throws Exception {
        outbox.due(Lane.NORMAL, 20_000);
        int _ = relay.runOnce();
        List<UUID> _ = relay.takeIds(Lane.NORMAL);
        UUID other = outbox.due(Lane.NORMAL);
        outbox.execute("UPDATE outbox SET account_id = 2 WHERE message_id = ?", other);

        List<UUID> published = new ArrayList<>();
        await().until(() -> {
            int _ = relay.runOnce();
            published.addAll(relay.takeIds(Lane.NORMAL));
            relay.lookAtQueues();
            return published.contains(other);
        });

        // Those rounds that a quarter of a second has room for, in which nobody looks for new accounts.
        assertThat(published.indexOf(other)).isLessThan(15_000);
        assertThat(outbox.count("SELECT count(*) FROM outbox WHERE publishes = 0"))
                .isPositive();
    }

    @Test
    void fills_a_queue_to_the_mark_and_not_beyond() throws Exception {
        outbox.due(Lane.NORMAL, 2_500);

        int published = 0;
        int round = relay.runOnce();
        while (round > 0) {
            published += round;
            round = relay.runOnce();
        }

        assertThat(published).isEqualTo(LIMITS.highWaterMark() * Envelope.IDS_MAX);
        assertThat(relay.takeAll(Lane.NORMAL)).hasSize(LIMITS.highWaterMark());
    }

    @Test
    void shares_a_round_by_lane_when_all_have_more_and_starves_none() throws Exception {
        outbox.due(Lane.BULK, 2_500);
        outbox.due(Lane.NORMAL, 2_500);
        outbox.due(Lane.CRITICAL, 2_500);
        assertThat(relay.runOnce()).isGreaterThan(LIMITS.batch());
        for (Lane lane : Lane.values()) {
            assertThat(relay.takeIds(lane)).hasSize(LIMITS.batch());
        }
        relay.lookAtQueues();

        int _ = relay.runOnce();

        assertThat(relay.takeIds(Lane.CRITICAL)).hasSize(761);
        assertThat(relay.takeIds(Lane.NORMAL)).hasSize(190);
        assertThat(relay.takeIds(Lane.BULK)).hasSize(100);
    }

    @Test
    void two_relays_publish_each_promise_once() throws Exception {
        List<UUID> due = outbox.due(Lane.NORMAL, 1_500);
        try (RelayBench second = new RelayBench(rabbit, LIMITS, new TestOutbox(outbox.url()));
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> byFirst = executor.submit(untilNothingIsDue(relay));
            Future<Integer> bySecond = executor.submit(untilNothingIsDue(second));

            assertThat(byFirst.get() + bySecond.get()).isEqualTo(1_500);
        }

        assertThat(relay.takeIds(Lane.NORMAL)).containsExactlyInAnyOrderElementsOf(due);
        assertThat(outbox.count("SELECT count(*) FROM outbox WHERE publishes <> 1"))
                .isZero();
    }

    @Test
    void finds_a_promise_that_appeared_long_before_the_last_one_published() throws Exception {
        UUID recent = outbox.dueIn(Duration.ZERO);
        assertThat(relay.runOnce()).isEqualTo(1);
        assertThat(relay.takeIds(Lane.NORMAL)).containsExactly(recent);
        UUID late = outbox.dueIn(Duration.ofMinutes(-10));

        await().atMost(Duration.ofSeconds(30)).until(() -> relay.runOnce() == 1);

        assertThat(relay.takeIds(Lane.NORMAL)).containsExactly(late);
    }

    private void fill(Lane lane) throws Exception {
        try (var connection = rabbit.connect();
                var channel = connection.createChannel()) {
            byte[] body = new Envelope(List.of(new UUID(1, 1))).encode().getBytes();
            channel.confirmSelect();
            for (int i = 0; i < LIMITS.highWaterMark(); i++) {
                channel.basicPublish("", Queues.name("sms", lane), null, body);
            }
            boolean _ = channel.waitForConfirms();
        }
    }

    private static Callable<Integer> untilNothingIsDue(RelayBench relay) {
        return () -> {
            int published = 0;
            int round = relay.runOnce();
            while (round > 0) {
                published += round;
                round = relay.runOnce();
            }
            return published;
        };
    }
}
