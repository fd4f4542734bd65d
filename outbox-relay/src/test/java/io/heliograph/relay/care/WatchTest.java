package io.heliograph.relay.care;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Lane;
import io.heliograph.contract.MessageStatus;
import io.heliograph.relay.Relay;
import io.heliograph.relay.TestOutbox;
import io.heliograph.runtime.Metrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The running proof, and what it says when something is broken on purpose. */
class WatchTest {
    private final Vertx vertx = Vertx.vertx();
    private final PrometheusMeterRegistry registry = Metrics.registry();
    private TestOutbox outbox;

    @BeforeEach
    void start() throws Exception {
        outbox = new TestOutbox();
    }

    @AfterEach
    void stop() throws Exception {
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
        outbox.close();
    }

    @Test
    void a_ledger_that_balances_has_no_violations() throws Exception {
        outbox.due(Lane.BULK, 20);
        outbox.scheduled(Duration.ofDays(1));
        outbox.messageWithoutPromise(MessageStatus.DELIVERED);

        assertThat(violations()).isZero();
    }

    @Test
    void finds_unsettled_messages_without_a_promise() throws Exception {
        for (MessageStatus status : MessageStatus.values()) {
            outbox.messageWithoutPromise(status);
        }

        assertThat(violations()).isEqualTo(4);
    }

    @Test
    void finds_promises_of_settled_and_of_missing_messages() throws Exception {
        outbox.promiseOf(MessageStatus.SENT);
        outbox.promiseOf(MessageStatus.UNKNOWN);
        outbox.promiseWithoutMessage();

        assertThat(violations()).isEqualTo(2);
    }

    @Test
    void forgets_violations_that_are_mended() throws Exception {
        outbox.promiseWithoutMessage();
        LedgerCheck check = new LedgerCheck(registry);
        WatchStore store = lock();
        long _ = check.runOnce(store);
        assertThat(check.violations()).isEqualTo(1);

        outbox.execute("DELETE FROM outbox");
        long _ = check.runOnce(store);

        assertThat(check.violations()).isZero();
    }

    @Test
    void sweeps_a_table_that_is_longer_than_a_slice() throws Exception {
        outbox.due(Lane.BULK, 25);
        outbox.messageWithoutPromise(MessageStatus.QUEUED);
        WatchStore store = lock();
        LedgerSweep sweep = new LedgerSweep(10);

        assertThat(sweep.step(store::messagesWithoutPromise)).isZero();
        assertThat(sweep.step(store::messagesWithoutPromise)).isZero();
        assertThat(sweep.step(store::messagesWithoutPromise)).isEqualTo(1);

        assertThat(sweep.violations()).isEqualTo(1);
    }

    @Test
    void counts_what_is_outstanding_by_topic_and_lane() throws Exception {
        outbox.due(Lane.BULK, 3);
        outbox.due(Lane.CRITICAL, 1);
        outbox.execute("UPDATE outbox SET created_at = now() - interval '1 hour', due_at = now() - interval '1 minute'"
                + " WHERE lane = 'bulk'");
        try (Watch watch = watch()) {
            assertThat(watch.runOnce()).isEqualTo(1);

            assertThat(gauge("heliograph_outbox_promises", "bulk")).isEqualTo(3);
            assertThat(gauge("heliograph_outbox_promises", "critical")).isEqualTo(1);
            assertThat(registry.find("heliograph_outbox_promises")
                            .tags("lane", "normal")
                            .gauge())
                    .isNull();
            assertThat(gauge("heliograph_outbox_oldest_age_seconds", "bulk")).isBetween(3_600.0, 3_700.0);
            assertThat(gauge("heliograph_outbox_overdue_seconds", "bulk")).isBetween(60.0, 160.0);
        }
    }

    @Test
    void tells_estimates_that_what_is_held_back_is_in_nobodys_way() throws Exception {
        outbox.execute("INSERT INTO account_rate (account_id, per_second) VALUES (2, 1)");
        outbox.due(Lane.NORMAL, 30);
        outbox.execute("UPDATE outbox SET account_id = 2");
        outbox.due(Lane.NORMAL, 5);
        UUID _ = outbox.dueIn(Duration.ofHours(1));

        try (Watch watch = watch()) {
            assertThat(watch.runOnce()).isEqualTo(1);
        }

        assertThat(outbox.count("SELECT promises FROM backlog")).isEqualTo(36);
        assertThat(outbox.count("SELECT held FROM backlog")).isEqualTo(20 + 1);
    }

    @Test
    void tells_estimates_how_much_is_due_of_an_account_with_a_limit_until_it_is_gone() throws Exception {
        outbox.execute("INSERT INTO account_rate (account_id, per_second) VALUES (2, 1), (3, NULL)");
        outbox.due(Lane.NORMAL, 7);
        outbox.execute("UPDATE outbox SET account_id = 3");
        outbox.due(Lane.NORMAL, 30);
        UUID _ = outbox.dueIn(Duration.ofHours(1));
        outbox.execute("UPDATE outbox SET account_id = 2 WHERE account_id <> 3");
        WatchStore store = lock();
        OutstandingPromises outstanding = new OutstandingPromises(registry);

        outstanding.runOnce(store);

        assertThat(outbox.count("SELECT sum(due) FROM account_backlog WHERE account_id = 2 AND lane = 'normal'"))
                .isEqualTo(30);
        assertThat(outbox.count("SELECT count(*) FROM account_backlog")).isOne();

        outbox.execute("DELETE FROM outbox");
        outstanding.runOnce(store);

        assertThat(outbox.count("SELECT count(*) FROM account_backlog")).isZero();
    }

    @Test
    void only_one_of_two_relays_keeps_watch_and_the_other_takes_over() throws Exception {
        Watch first = watch();
        try (Watch second = new Watch(vertx, Relay.forFewRowsOfABigTable(outbox.url()), Metrics.registry())) {
            assertThat(first.runOnce()).isEqualTo(1);
            assertThat(second.runOnce()).isZero();
            assertThat(first.runOnce()).isEqualTo(1);

            first.close();

            Awaitility.await().until(() -> second.runOnce() == 1);
        }
    }

    private long violations() throws Exception {
        LedgerCheck check = new LedgerCheck(registry);
        long _ = check.runOnce(lock());
        return check.violations();
    }

    private WatchStore lock() throws Exception {
        return Objects.requireNonNull(WatchStore.tryLock(vertx, Relay.forFewRowsOfABigTable(outbox.url())));
    }

    private Watch watch() {
        return new Watch(vertx, Relay.forFewRowsOfABigTable(outbox.url()), registry);
    }

    private double gauge(String name, String lane) {
        return registry.get(name).tags("topic", "sms", "lane", lane).gauge().value();
    }
}
