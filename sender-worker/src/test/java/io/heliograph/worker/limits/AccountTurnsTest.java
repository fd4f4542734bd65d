package io.heliograph.worker.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.providers.routing.FleetLimits;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import io.heliograph.worker.ledger.Patience;
import io.heliograph.worker.limits.AccountTurn.Answer;
import io.heliograph.worker.testing.Messages;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several workers share the limit of a customer account; their database is their only bond. */
class AccountTurnsTest {
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final FleetLimits LIMITS = new FleetLimits(null, 100.0, Map.of("acme", 50.0));

    private final Vertx vertx = Vertx.vertx();
    private final DatabaseUrl database = TestDatabase.fresh();
    private final Messages messages = new Messages(database);
    private final Pool pool = Database.pool(vertx, database, "test", 8);
    private final AccountRateStore store = new AccountRateStore(pool);
    private long acme;
    private long other;

    @BeforeEach
    void accounts() {
        acme = account("acme");
        other = account("other");
    }

    @AfterEach
    void stop() throws Exception {
        messages.close();
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void four_workers_together_never_send_more_in_any_second_than_the_limit() throws Exception {
        List<Long> left = together(4, acme, 40);

        assertThat(left).hasSize(160);
        assertThat(peak(left)).isBetween(20, 50);
    }

    @Test
    void many_calls_at_once_share_one_question_and_still_keep_to_the_limit() throws Exception {
        AccountTurn turn = turn(worker(LIMITS), other);
        Callable<Answer> ask = () -> ask(turn);

        List<Answer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> answer : threads.invokeAll(Collections.nCopies(500, ask))) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).hasSize(500).hasAtLeastOneElementOfType(Answer.Go.class);
        assertThat(answers.stream().filter(Answer.Go.class::isInstance)).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void a_call_of_several_messages_takes_the_time_of_all_of_them() throws Exception {
        FleetLimits fast = new FleetLimits(null, 1_000.0, Map.of());
        AccountTurn turn = turn(worker(fast), other);

        Answer first = turn.ask(turn.callSizeMax(), 0);
        double ahead = messages.number("SELECT date_part('epoch', next_at - clock_timestamp()) FROM account_rate");

        assertThat(turn.callSizeMax()).isEqualTo(6);
        assertThat(first).isInstanceOf(Answer.Go.class);
        assertThat(ahead).isBetween(-5.0, 6 / 920.0);
    }

    @Test
    void a_turn_is_taken_for_the_moment_in_which_the_call_leaves() throws Exception {
        AccountTurns worker = new AccountTurns(store, new FleetLimits(null, 1.0, Map.of()), 0, new Patience(), () -> 0);
        worker.meet(Set.of(acme, other));
        AccountTurn turn = turn(worker, other);
        // So that the worker knows the database's clock.
        Answer _ = turn(worker, acme).ask(1, 0);

        Answer ahead = turn.ask(1, 140_000_000);
        Answer before = turn.ask(1, 0);
        Answer after = turn.ask(1, 1_280_000_000);

        assertThat(ahead).isEqualTo(new Answer.Go(160_000_000));
        // A second and a little after the first, less what may come early and what has passed.
        assertThat(before)
                .isInstanceOfSatisfying(
                        Answer.Wait.class,
                        wait -> assertThat(wait.time()).isBetween(Duration.ofMillis(1), Duration.ofMillis(1_200)));
        assertThat(after).isInstanceOf(Answer.Go.class);
    }

    @Test
    void one_account_does_not_wait_for_another() throws Exception {
        FleetLimits slow = new FleetLimits(null, 0.001, Map.of());
        AccountTurns worker = worker(slow);
        Answer first = ask(turn(worker, acme));
        Answer second = ask(turn(worker, acme));

        Answer others = ask(turn(worker, other));

        assertThat(first).isInstanceOf(Answer.Go.class);
        assertThat(second)
                .isInstanceOfSatisfying(
                        Answer.Wait.class,
                        wait -> assertThat(wait.time())
                                .isBetween(Duration.ofSeconds(1_000), Duration.ofSeconds(1_100)));
        assertThat(others).isInstanceOf(Answer.Go.class);
    }

    @Test
    void paces_its_own_calls_one_after_the_other_and_takes_no_turn_that_is_far() throws Exception {
        AccountTurn turn = turn(worker(new FleetLimits(null, 10.0, Map.of())), other);

        Duration first = turn.pace(1, Duration.ofMillis(150));
        Duration second = turn.pace(1, Duration.ofMillis(150));
        Duration third = turn.pace(1, Duration.ofMillis(150));

        assertThat(first).isZero();
        assertThat(Objects.requireNonNull(second)).isBetween(Duration.ofMillis(1), Duration.ofMillis(100));
        assertThat(third).isNull();
        assertThat(turn.untilNext()).isGreaterThan(Duration.ofMillis(100));
    }

    @Test
    void a_turn_that_its_worker_was_too_slow_for_is_lost() throws Exception {
        AtomicLong now = new AtomicLong();
        AccountTurns frozen = new AccountTurns(store, LIMITS, 0, new Patience(), () -> now.getAndAdd(30_000_000));
        frozen.meet(Set.of(acme));

        assertThat(Objects.requireNonNull(frozen.of(acme)).ask(1, 0)).isEqualTo(new Answer.Wait(Duration.ZERO));
    }

    @Test
    void goes_on_after_a_worker_that_died_with_turns() throws Exception {
        assertThat(ask(turn(worker(LIMITS), acme))).isInstanceOf(Answer.Go.class);

        assertThat(together(1, acme, 5)).hasSize(5);
    }

    @Test
    void only_those_that_are_limited_have_turns() throws Exception {
        AccountTurns some = worker(new FleetLimits(null, null, Map.of("acme", 50.0)));
        AccountTurns none = worker(FleetLimits.NONE);

        assertThat(some.of(acme)).isNotNull();
        assertThat(some.of(other)).isNull();
        assertThat(some.callSizeMax(other)).isNull();
        assertThat(none.of(acme)).isNull();
    }

    @Test
    void an_account_that_is_new_has_the_limit_of_all_from_its_first_message_on() throws Exception {
        AccountTurns worker = worker(LIMITS);
        long late = account("late");

        worker.meet(Set.of(late));

        assertThat(worker.of(late)).isNotNull();
        assertThat(messages.number("SELECT per_second FROM account_rate WHERE account_id = ?", late))
                .isEqualTo(100);
    }

    @Test
    void a_changed_limit_is_in_force_for_everybody_and_one_that_is_gone_is_gone() throws Exception {
        AccountTurns worker = worker(new FleetLimits(null, null, Map.of("acme", 0.001)));
        Answer _ = ask(turn(worker, acme));
        Answer slow = ask(turn(worker, acme));

        define(LIMITS);
        worker.limits(LIMITS, 0);
        Answer fast = ask(turn(worker, acme));
        define(FleetLimits.NONE);
        worker.limits(FleetLimits.NONE, 0);

        assertThat(slow).isInstanceOf(Answer.Wait.class);
        assertThat(fast)
                .isInstanceOfSatisfying(
                        Answer.Wait.class, wait -> assertThat(wait.time()).isLessThan(Duration.ofSeconds(1)));
        assertThat(worker.of(acme)).isNull();
        assertThat(messages.one("SELECT 1 FROM account_rate WHERE per_second IS NOT NULL"))
                .isNull();
    }

    /** A worker whose file is older than what is in force, and that meets a customer for the first time. */
    @Test
    void the_limits_of_an_older_file_do_not_replace_those_of_a_newer_one() throws Exception {
        FleetLimits newer = new FleetLimits(null, null, Map.of("acme", 5.0));
        messages.execute("INSERT INTO routing_table (version, content) VALUES (7, '{}')"
                + " ON CONFLICT (is_the_only_row) DO UPDATE SET version = 7");
        Void _ = store.define(newer, 7).await(5, TimeUnit.SECONDS);

        Map<Long, Double> known = store.know(LIMITS, 6, List.of(acme, other)).await(5, TimeUnit.SECONDS);

        assertThat(known).containsExactly(Map.entry(acme, 5.0));
        assertThat(store.know(LIMITS, 7, List.of(acme, other)).await(5, TimeUnit.SECONDS))
                .containsOnly(Map.entry(acme, 50.0), Map.entry(other, 100.0));
    }

    /** Its clock stands still: no answer of the database comes too late for it. */
    private AccountTurns worker(FleetLimits limits) throws Exception {
        return worker(limits, () -> 0);
    }

    private AccountTurns worker(FleetLimits limits, LongSupplier nanos) throws Exception {
        AccountTurns worker = new AccountTurns(store, limits, 0, new Patience(), nanos);
        worker.meet(Set.of(acme, other));
        return worker;
    }

    private static AccountTurn turn(AccountTurns worker, long account) {
        return Objects.requireNonNull(worker.of(account));
    }

    private static Answer ask(AccountTurn turn) throws InterruptedException {
        return turn.ask(1, 0);
    }

    private void define(FleetLimits limits) throws Exception {
        Void _ = store.define(limits, 0).await(5, TimeUnit.SECONDS);
    }

    private long account(String name) {
        return (long) messages.number("INSERT INTO account (name) VALUES (?) RETURNING id", name);
    }

    /** When each of so many calls left. */
    private List<Long> together(int workers, long account, int each) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<Long>>> work = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                AccountTurn turn = turn(worker(LIMITS, System::nanoTime), account);
                work.add(() -> calls(turn, each));
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> left : threads.invokeAll(work)) {
                all.addAll(left.get());
            }
            return all;
        }
    }

    private static List<Long> calls(AccountTurn turn, int count) throws InterruptedException {
        List<Long> left = new ArrayList<>();
        while (left.size() < count) {
            LockSupport.parkNanos(
                    Objects.requireNonNull(turn.pace(1, Duration.ofDays(1))).toNanos());
            if (turn.ask(1, System.nanoTime()) instanceof Answer.Go) {
                left.add(System.nanoTime());
            }
        }
        return left;
    }

    /** The most in any second, wherever it begins. */
    private static int peak(List<Long> times) {
        long[] nanos = times.stream().mapToLong(Long::longValue).sorted().toArray();
        int most = 0;
        int from = 0;
        for (int to = 0; to < nanos.length; to++) {
            while (nanos[to] - nanos[from] >= SECOND_NANOS) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }
}
