package io.heliograph.relay.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.contract.Lane;
import io.heliograph.relay.Relay;
import io.heliograph.relay.TestOutbox;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.Metrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Days of messages that nobody wants kept any more. */
class DayDropperTest {
    private final Vertx vertx = Vertx.vertx();
    private final PrometheusMeterRegistry registry = Metrics.registry();
    private TestOutbox outbox;
    private OldDays days;
    private Pool pool;
    private DayDropper dropper;

    @BeforeEach
    void start() throws Exception {
        outbox = new TestOutbox();
        days = new OldDays(outbox);
        pool = Database.pool(vertx, Relay.forFewRowsOfABigTable(outbox.url()), 4);
        dropper = new DayDropper(pool, new RetentionMeters(registry));
        days.keep("messages", 30);
    }

    @AfterEach
    void stop() throws Exception {
        Void _ = pool.close().await(10, TimeUnit.SECONDS);
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
        outbox.close();
    }

    @Test
    void drops_the_days_that_are_past_and_then_their_receipts() throws Exception {
        days.day(32);
        days.day(31);
        days.day(30);
        UUID old = days.delivered(1, 32);
        UUID alsoOld = days.delivered(2, 31);
        UUID young = days.delivered(1, 30);

        sweep(dropper);
        assertThat(dropper.forgetLeftovers()).isEqualTo(2);

        assertThat(days.hasDay(32)).isFalse();
        assertThat(days.hasDay(31)).isFalse();
        assertThat(days.left(old)).isEqualTo("0 0 0");
        assertThat(days.left(alsoOld)).isEqualTo("0 0 0");
        assertThat(days.left(young)).isEqualTo("1 1 1");
        assertThat(registry.scrape()).contains("heliograph_retention_days_dropped_total 2.0");
    }

    @Test
    void keeps_a_day_for_the_account_that_wants_it_longest() throws Exception {
        days.day(31);
        days.keepOf(2, "messages", 40);
        UUID old = days.delivered(1, 31);

        sweep(dropper);

        assertThat(days.left(old)).isEqualTo("1 1 1");
    }

    @Test
    void keeps_a_day_of_which_something_is_promised_and_drops_the_next() throws Exception {
        days.day(33);
        days.day(32);
        UUID waits = days.message(1, 33, "queued", 0);
        days.promise(waits);
        UUID done = days.delivered(1, 32);

        sweep(dropper);

        assertThat(days.left(waits)).isEqualTo("1 1 1");
        assertThat(days.left(done)).startsWith("0 0");
        assertThat(registry.scrape()).contains("heliograph_retention_days_overdue 1.0");

        outbox.execute("UPDATE message SET status = 'sent', settled_at = now() WHERE id = ?", waits);
        outbox.execute("DELETE FROM outbox");
        sweep(dropper);
        assertThat(days.hasDay(33)).isFalse();
    }

    @Test
    void keeps_the_promise_that_is_made_after_it_has_looked() throws Exception {
        days.day(33);
        UUID sent = days.delivered(1, 33);
        assertThat(dropper.runOnce()).isEqualTo(1);
        days.promise(sent);

        sweep(dropper);

        assertThat(days.left(sent)).isEqualTo("1 1 1");
    }

    @Test
    void hides_no_fault_of_the_ledger_and_reads_for_it_seldom() throws Exception {
        days.day(33);
        UUID lost = days.message(1, 33, "queued", 0);

        sweep(dropper);

        assertThat(days.left(lost)).isEqualTo("1 1 1");
        assertThat(dropper.runOnce()).isZero();

        outbox.execute("UPDATE message SET status = 'sent', settled_at = now() WHERE id = ?", lost);
        for (int round = 0; round < 12; round++) {
            sweep(dropper);
        }
        assertThat(days.hasDay(33)).isFalse();
    }

    @Test
    void keeps_what_analytics_have_not_counted() throws Exception {
        days.day(33);
        UUID uncounted = days.delivered(1, 33);
        UUID stray = days.delivered(1, 50);
        outbox.execute("UPDATE analytics_position SET counted = uuid_v7_floor(now() - interval '60 days')");

        sweep(dropper);
        assertThat(days.text("SELECT drop_message_day((now() AT TIME ZONE 'UTC')::date - 33)"))
                .isEqualTo("kept");
        assertThat(dropper.forgetLeftovers()).isZero();
        assertThat(days.left(uncounted)).isEqualTo("1 1 1");
        assertThat(days.left(stray)).isEqualTo("1 1 1");

        outbox.execute("UPDATE analytics_position SET counted = listed");
        sweep(dropper);
        int _ = dropper.forgetLeftovers();
        assertThat(days.left(uncounted)).isEqualTo("0 0 0");
        assertThat(days.left(stray)).isEqualTo("0 0 0");
    }

    @Test
    void keeps_a_day_that_was_asked_for_after_it_has_looked() throws Exception {
        days.day(33);
        UUID wanted = days.delivered(1, 33);
        assertThat(dropper.runOnce()).isEqualTo(1);
        days.keepOf(2, "messages", 400);

        sweep(dropper);

        assertThat(days.left(wanted)).isEqualTo("1 1 1");
    }

    @Test
    void gives_up_soon_while_somebody_reads_for_long_and_drops_the_day_later() throws Exception {
        days.day(33);
        UUID old = days.delivered(1, 33);

        try (Connection dump = outbox.connect()) {
            dump.setAutoCommit(false);
            dump.createStatement().execute("LOCK TABLE message IN ACCESS SHARE MODE");
            sweep(dropper);
            assertThat(days.hasDay(33)).isTrue();
            // Nobody waits behind it.
            UUID accepted = outbox.due(Lane.NORMAL);
            assertThat(outbox.statusOf(accepted)).isEqualTo("queued");
        }
        sweep(dropper);

        assertThat(days.left(old)).startsWith("0 0");
    }

    @Test
    void may_be_done_by_several_relays_at_once() throws Exception {
        for (int day = 31; day < 41; day++) {
            days.day(day);
            UUID _ = days.delivered(1, day);
        }

        try (var relays = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs = relays.invokeAll(IntStream.range(0, 3)
                    .mapToObj(_ -> new DayDropper(pool, new RetentionMeters(registry)))
                    .<Callable<Integer>>map(one -> () -> {
                        sweep(one);
                        return 0;
                    })
                    .toList());
            for (var run : runs) {
                assertThat(run.get()).isZero();
            }
        }
        await().until(() -> {
            sweep(dropper);
            return outbox.count("SELECT count(*) FROM message WHERE created_at < now() - interval '30 days'") == 0;
        });

        assertThat(IntStream.range(31, 41).filter(this::isThere)).isEmpty();
    }

    @Test
    void forgets_what_lies_outside_all_days() throws Exception {
        UUID stray = days.delivered(1, 50);
        UUID waits = days.message(1, 45, "queued", 0);
        days.promise(waits);

        assertThat(dropper.forgetLeftovers()).isEqualTo(2);

        assertThat(days.left(stray)).isEqualTo("0 0 0");
        assertThat(days.left(waits)).isEqualTo("1 1 1");
    }

    private boolean isThere(int daysAgo) {
        try {
            return days.hasDay(daysAgo);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sweep(DayDropper dropper) throws Exception {
        while (dropper.runOnce() > 0) {
            // As its loop does.
        }
    }
}
