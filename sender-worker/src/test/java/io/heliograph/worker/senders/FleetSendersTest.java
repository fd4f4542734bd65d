package io.heliograph.worker.senders;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.heliograph.providers.Breaker;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Ids;
import io.heliograph.testing.TestDatabase;
import io.heliograph.worker.testing.FakeClocks;
import io.heliograph.worker.testing.Messages;
import io.heliograph.worker.testing.Own;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two workers, one account with two senders; the state that they share is in a real database. */
class FleetSendersTest {
    private static final Breaker SETTINGS = new Breaker(50, 20, Duration.ofMinutes(1), Duration.ofSeconds(5), 50);
    private static final String A = "+15005550001";
    private static final String B = "+15005550002";

    private final Vertx vertx = Vertx.vertx();
    private final DatabaseUrl database = TestDatabase.fresh();
    private final Messages tables = new Messages(database);
    private final Pool pool = Database.pool(vertx, database, "test", 2);
    private final FakeClocks clocks = new FakeClocks();
    private final Ids ids = new Ids();
    private final Worker first = new Worker();
    private final Worker second = new Worker();

    /** A worker's part in it. */
    private final class Worker {
        final CircuitBreaker account = CircuitBreaker.ofDefaults("twilio");
        final SenderBreakers breakers = new SenderBreakers("twilio", Own.senders(A, B), SETTINGS, clocks::nanos);
        final FleetSenders fleet = new FleetSenders(
                account, "twilio", breakers, SETTINGS.openFor(), new SenderStateStore(pool, ids.get()), clocks::nanos);

        SenderBreaker of(String sender) {
            return Objects.requireNonNull(breakers.of(sender));
        }

        State stateOf(String sender) {
            return of(sender).breaker().getState();
        }

        void fail(String sender, int times) {
            for (int i = 0; i < times; i++) {
                breakers.failed(of(sender), 1);
            }
        }

        void answer(String sender, int times) {
            clocks.pass(Duration.ofMillis(1));
            for (int i = 0; i < times; i++) {
                breakers.answered(of(sender), 1);
            }
        }
    }

    @AfterEach
    void stop() throws Exception {
        tables.close();
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void all_leave_a_sender_alone_once_another_one_was_answered() throws Exception {
        first.fail(A, 10);
        look();
        assertThat(rows()).isZero();

        first.answer(B, 1);
        look();

        assertThat(second.stateOf(A)).isEqualTo(State.OPEN);
        assertThat(second.stateOf(B)).isEqualTo(State.CLOSED);
        assertThat(state()).isEqualTo("down");
    }

    @Test
    void it_is_the_accounts_fault_when_that_is_left_alone_before_another_sender_was_answered() throws Exception {
        first.fail(A, 10);
        first.account.transitionToOpenState();

        look();

        assertThat(first.stateOf(A)).isEqualTo(State.CLOSED);
        assertThat(rows()).isZero();
    }

    @Test
    void a_sender_that_messages_wait_for_is_not_suspected_for_long_where_no_other_is_answered() throws Exception {
        first.fail(A, 10);
        clocks.pass(Duration.ofSeconds(3));
        look();
        assertThat(first.stateOf(A)).isEqualTo(State.OPEN);

        assertThat(first.of(A).tryAcquire()).isFalse();
        look();

        assertThat(first.stateOf(A)).isEqualTo(State.CLOSED);
        first.fail(A, 100);
        assertThat(first.stateOf(A)).isEqualTo(State.CLOSED);
    }

    @Test
    void one_worker_tries_it_when_it_has_rested_and_there_is_a_message_to_try_it_with() throws Exception {
        downAndRested();
        look();
        assertThat(first.stateOf(A)).isEqualTo(State.OPEN);

        first.of(A).passOver();
        second.of(A).passOver();
        look();

        assertThat(first.stateOf(A)).isEqualTo(State.HALF_OPEN);
        assertThat(second.stateOf(A)).isEqualTo(State.OPEN);
        assertThat(state()).isEqualTo("probing");
    }

    @Test
    void all_send_from_it_again_when_the_probes_succeed() throws Exception {
        tried();

        for (int probe = 0; probe < 3; probe++) {
            assertThat(first.of(A).tryAcquire()).isTrue();
            first.answer(A, 1);
        }
        look();
        look();

        assertThat(state()).isEqualTo("up");
        assertThat(first.stateOf(A)).isEqualTo(State.CLOSED);
        assertThat(second.stateOf(A)).isEqualTo(State.CLOSED);
    }

    @Test
    void it_rests_for_longer_when_the_probes_fail() throws Exception {
        tried();

        for (int probe = 0; probe < 3; probe++) {
            assertThat(first.of(A).tryAcquire()).isTrue();
            first.fail(A, 1);
        }
        look();

        assertThat(state()).isEqualTo("down");
        assertThat(first.stateOf(A)).isEqualTo(State.OPEN);
        assertThat(tables.number("SELECT round(date_part('epoch', retry_at - now())) FROM sender_state"))
                .isBetween(110.0, 120.0);
    }

    @Test
    void another_worker_tries_it_when_the_one_that_did_has_died() throws Exception {
        tried();

        tables.execute("UPDATE sender_state SET probing_until = now() - interval '1 second'");
        int _ = second.fleet.runOnce();
        int _ = first.fleet.runOnce();

        assertThat(second.stateOf(A)).isEqualTo(State.HALF_OPEN);
        assertThat(first.stateOf(A)).isEqualTo(State.OPEN);
    }

    @Test
    void a_worker_that_stops_leaves_the_trying_to_another() throws Exception {
        tried();

        first.fleet.stop();
        int _ = second.fleet.runOnce();

        assertThat(second.stateOf(A)).isEqualTo(State.HALF_OPEN);
    }

    private void tried() throws Exception {
        downAndRested();
        first.of(A).passOver();
        second.of(A).passOver();
        look();
        assertThat(first.stateOf(A)).isEqualTo(State.HALF_OPEN);
    }

    private void downAndRested() throws Exception {
        first.fail(A, 10);
        first.answer(B, 1);
        look();
        tables.execute("UPDATE sender_state SET retry_at = now() - interval '1 second'");
    }

    private void look() throws Exception {
        int _ = first.fleet.runOnce();
        int _ = second.fleet.runOnce();
    }

    private double rows() {
        return tables.number("SELECT count(*) FROM sender_state");
    }

    private String state() {
        return String.valueOf(tables.text("SELECT state FROM sender_state WHERE sender = '" + A + "'"));
    }
}
