package io.heliograph.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.gateway.http.Problem.ProblemException;
import io.heliograph.gateway.http.ProblemCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final GroupCommit.Bounds BOUNDS = bounds(2, 20_000);
    private final Throwable dataError = new PgException("bad value", "ERROR", "22P02", "the value itself");
    private final Throwable conflict = new PgException("deadlock", "ERROR", "40P01", "");
    private final Throwable outage = new IOException("gone");

    /** Statements that were begun and wait for the test to end them. */
    private final List<Statement> statements = new ArrayList<>();

    private final TestTurns turns = new TestTurns();

    /** What is done soon is done at once, what is done later when the test says so. */
    private static final class TestTurns implements Turns {
        final List<Runnable> later = new ArrayList<>();

        @Override
        public void soon(Runnable task) {
            task.run();
        }

        @Override
        public void in(Duration delay, Runnable task) {
            later.add(task);
        }
    }

    private record Intent(String name, int rows, int bytes) implements GroupCommit.Intent {
        Intent(String name) {
            this(name, 1, 100);
        }
    }

    private record Statement(List<Intent> intents, Promise<List<String>> promise) {
        void commit() {
            promise.complete(
                    intents.stream().map(intent -> "stored " + intent.name()).toList());
        }

        List<String> names() {
            return intents.stream().map(Intent::name).toList();
        }
    }

    @Test
    void commits_a_single_intent_at_once() {
        GroupCommit<Intent, String> commits = heldBack(BOUNDS);

        Future<String> answer = commits.submit(new Intent("a"));

        assertThat(statements.getFirst().names()).containsExactly("a");
        assertThat(answer.isComplete()).isFalse();
        statements.getFirst().commit();
        assertThat(answer.result()).isEqualTo("stored a");
    }

    @Test
    void groups_what_comes_while_every_connection_is_busy_and_answers_each_its_own() {
        GroupCommit<Intent, String> commits = heldBack(BOUNDS);

        List<Future<String>> answers = submit(commits, "a", "b", "c", "d", "e");

        assertThat(statements).extracting(Statement::names).containsExactly(List.of("a"), List.of("b"));
        assertThat(commits.rowsWaiting()).isEqualTo(3);
        statements.get(1).commit();
        assertThat(statements).extracting(Statement::names).last().isEqualTo(List.of("c", "d", "e"));
        assertThat(commits.rowsWaiting()).isZero();
        statements.get(2).commit();
        assertThat(answers)
                .extracting(Future::result)
                .containsExactly(null, "stored b", "stored c", "stored d", "stored e");
    }

    @Test
    void begins_another_statement_beside_one_in_flight_only_when_that_is_worth_it() {
        GroupCommit<Intent, String> commits =
                heldBack(new GroupCommit.Bounds(2, 256, 1_000_000, 20_000, 1_000_000, 3, LONG, LONG, LONG));

        submit(commits, "a", "b", "c");
        assertThat(statements).extracting(Statement::names).containsExactly(List.of("a"));

        submit(commits, "d");
        assertThat(statements).extracting(Statement::names).containsExactly(List.of("a"), List.of("b", "c", "d"));
    }

    @Test
    void passes_by_a_statement_that_takes_long() {
        GroupCommit<Intent, String> commits = heldBack(
                new GroupCommit.Bounds(2, 256, 1_000_000, 20_000, 1_000_000, 3, Duration.ofMillis(20), LONG, LONG));
        submit(commits, "hangs", "waits");

        await().until(() -> {
            turns.later.getLast().run();
            return statements.size() == 2;
        });

        assertThat(statements).extracting(Statement::names).containsExactly(List.of("hangs"), List.of("waits"));
    }

    @Test
    void passes_by_a_statement_that_takes_long_after_another_has_ended() {
        GroupCommit<Intent, String> commits = heldBack(
                new GroupCommit.Bounds(2, 256, 1_000_000, 20_000, 1_000_000, 3, Duration.ofMillis(20), LONG, LONG));
        submit(commits, "hangs", "b", "c", "d");
        turns.later.getLast().run();
        turns.later.clear();
        submit(commits, "waits");

        statements.get(1).commit();

        await().until(() -> {
            turns.later.getLast().run();
            return statements.size() == 3;
        });
        assertThat(statements).extracting(Statement::names).last().isEqualTo(List.of("waits"));
    }

    @Test
    void gathers_what_the_event_loop_has_read_at_once() throws Exception {
        Vertx vertx = Vertx.vertx();
        List<List<Intent>> groups = new ArrayList<>();
        GroupCommit<Intent, String> commits = new GroupCommit<>(BOUNDS, Turns.of(vertx), intents -> {
            groups.add(intents);
            return stored(intents);
        });

        Future<?> answers = Future.future(promise -> vertx.runOnContext(
                _ -> Future.all(submit(commits, "a", "b", "c")).onComplete(done -> promise.complete())));

        await().until(answers::isComplete);
        assertThat(groups).hasSize(1);
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void puts_no_more_into_a_statement_than_its_bounds_but_always_one_intent() {
        GroupCommit<Intent, String> commits =
                heldBack(new GroupCommit.Bounds(1, 10, 1_000, 20_000, 1_000_000, 1, LONG, LONG, LONG));
        commits.submit(new Intent("first"));
        commits.submit(new Intent("rows", 6, 1));
        commits.submit(new Intent("more rows", 5, 1));
        commits.submit(new Intent("bytes", 1, 999));
        commits.submit(new Intent("too large by itself", 500, 100_000));
        commits.submit(new Intent("last"));

        IntStream.range(0, 5).forEach(i -> statements.get(i).commit());

        assertThat(statements)
                .extracting(Statement::names)
                .containsExactly(
                        List.of("first"),
                        List.of("rows"),
                        List.of("more rows", "bytes"),
                        List.of("too large by itself"),
                        List.of("last"));
    }

    @Test
    void refuses_with_503_when_too_much_waits_and_takes_more_when_there_is_room_again() {
        GroupCommit<Intent, String> commits = heldBack(bounds(1, 10));
        commits.submit(new Intent("under way"));
        Future<String> waits = commits.submit(new Intent("waits", 9, 1));

        Future<String> refused = commits.submit(new Intent("refused", 2, 1));
        Future<String> fits = commits.submit(new Intent("fits", 1, 1));

        assertThat(problemOf(refused)).isEqualTo(ProblemCode.UNAVAILABLE);
        assertThat(fits.isComplete()).isFalse();
        statements.get(0).commit();
        assertThat(commits.submit(new Intent("later", 10, 1)).isComplete()).isFalse();
        statements.get(1).commit();
        assertThat(waits.result()).isEqualTo("stored waits");
    }

    @Test
    void refuses_with_503_when_what_waits_is_too_large_but_never_one_alone() {
        GroupCommit<Intent, String> commits =
                heldBack(new GroupCommit.Bounds(1, 256, 1_000_000, 20_000, 1_000, 1, LONG, LONG, LONG));
        commits.submit(new Intent("under way"));
        Future<String> alone = commits.submit(new Intent("too large by itself", 1, 5_000));

        Future<String> refused = commits.submit(new Intent("refused", 1, 1));
        statements.get(0).commit();
        Future<String> waits = commits.submit(new Intent("waits", 1, 900));
        Future<String> fits = commits.submit(new Intent("fits", 1, 100));
        Future<String> tooMuch = commits.submit(new Intent("too much", 1, 1));

        assertThat(problemOf(refused)).isEqualTo(ProblemCode.UNAVAILABLE);
        assertThat(problemOf(tooMuch)).isEqualTo(ProblemCode.UNAVAILABLE);
        statements.get(1).commit();
        statements.get(2).commit();
        assertThat(List.of(alone, waits, fits)).extracting(Future::succeeded).containsOnly(true);
    }

    @Test
    void lets_one_bad_intent_fail_alone() {
        for (int bad = 0; bad < 7; bad++) {
            String badName = "i" + bad;
            GroupCommit<Intent, String> commits = answering(
                    intents -> intents.stream().anyMatch(one -> one.name().equals(badName))
                            ? Future.failedFuture(dataError)
                            : stored(intents));
            List<Future<String>> answers = grouped(
                    commits, IntStream.range(0, 7).mapToObj(i -> "i" + i).toList());

            for (int i = 0; i < 7; i++) {
                if (i == bad) {
                    assertThat(answers.get(i).cause()).isSameAs(dataError);
                } else {
                    assertThat(answers.get(i).result()).isEqualTo("stored i" + i);
                }
            }
        }
    }

    @Test
    void lets_all_bad_intents_fail_and_no_good_one() {
        GroupCommit<Intent, String> commits =
                answering(intents -> intents.stream().anyMatch(one -> one.name().startsWith("bad"))
                        ? Future.failedFuture(dataError)
                        : stored(intents));

        List<Future<String>> answers = grouped(commits, List.of("bad 1", "a", "b", "bad 2", "bad 3", "c"));

        assertThat(answers).extracting(Future::succeeded).containsExactly(false, true, true, false, false, true);
    }

    @Test
    void takes_an_intent_that_cannot_even_be_written_for_a_bad_one() {
        GroupCommit<Intent, String> commits = answering(intents -> {
            if (intents.stream().anyMatch(one -> one.name().equals("bad"))) {
                throw new IllegalArgumentException("cannot be encoded");
            }
            return stored(intents);
        });

        List<Future<String>> answers = grouped(commits, List.of("a", "bad", "b"));

        assertThat(answers).extracting(Future::succeeded).containsExactly(true, false, true);
    }

    @Test
    void repeats_a_conflict_a_few_times() {
        List<Integer> calls = new ArrayList<>();
        GroupCommit<Intent, String> commits = answering(intents -> {
            calls.add(intents.size());
            return calls.size() < 5 ? Future.failedFuture(conflict) : stored(intents);
        });

        assertThat(commits.submit(new Intent("a")).result()).isEqualTo("stored a");
        assertThat(calls).hasSize(5);
    }

    @Test
    void refuses_with_503_when_a_conflict_does_not_end() {
        List<Integer> calls = new ArrayList<>();
        GroupCommit<Intent, String> commits = answering(intents -> {
            calls.add(intents.size());
            return Future.failedFuture(conflict);
        });

        assertThat(problemOf(commits.submit(new Intent("a")))).isEqualTo(ProblemCode.UNAVAILABLE);
        assertThat(calls).hasSize(6);
    }

    @Test
    void refuses_everyone_in_the_group_with_503_in_an_outage_without_trying_each() {
        List<Integer> calls = new ArrayList<>();
        GroupCommit<Intent, String> commits = answering(intents -> {
            calls.add(intents.size());
            return Future.failedFuture(outage);
        });

        List<Future<String>> answers = grouped(commits, List.of("a", "b", "c"));

        assertThat(answers).extracting(GroupCommitTest::problemOf).containsOnly(ProblemCode.UNAVAILABLE);
        assertThat(calls).containsExactly(3);
    }

    @Test
    void goes_on_after_an_outage() {
        GroupCommit<Intent, String> commits = heldBack(BOUNDS);
        List<Future<String>> answers = submit(commits, "a", "b", "c");

        statements.get(0).promise().fail(outage);
        statements.get(1).promise().fail(outage);
        statements.get(2).commit();

        assertThat(answers.get(2).result()).isEqualTo("stored c");
    }

    @Test
    void refuses_a_statement_that_does_not_answer_in_its_time() throws Exception {
        Vertx vertx = Vertx.vertx();
        Duration briefly = Duration.ofMillis(50);
        GroupCommit<Intent, String> commits =
                heldBack(new GroupCommit.Bounds(1, 256, 1_000_000, 20_000, 1_000_000, 1, LONG, briefly, LONG));

        Future<String> answer = Future.future(promise ->
                vertx.runOnContext(_ -> commits.submit(new Intent("a")).onComplete(promise)));

        await().until(answer::isComplete);
        assertThat(problemOf(answer)).isEqualTo(ProblemCode.UNAVAILABLE);
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void refuses_whoever_waited_too_long_for_a_turn_and_serves_the_rest() {
        GroupCommit<Intent, String> commits = heldBack(
                new GroupCommit.Bounds(1, 256, 1_000_000, 20_000, 1_000_000, 1, LONG, LONG, Duration.ofMillis(50)));
        commits.submit(new Intent("under way"));
        Future<String> late = commits.submit(new Intent("late"));
        long since = System.nanoTime();
        await().until(() -> System.nanoTime() - since > 60_000_000);
        Future<String> young = commits.submit(new Intent("young"));

        statements.getFirst().commit();

        assertThat(problemOf(late)).isEqualTo(ProblemCode.UNAVAILABLE);
        assertThat(statements.get(1).names()).containsExactly("young");
        statements.get(1).commit();
        assertThat(young.result()).isEqualTo("stored young");
    }

    private static GroupCommit.Bounds bounds(int statementsInFlightMax, int rowsWaitingMax) {
        return new GroupCommit.Bounds(
                statementsInFlightMax, 256, 1_000_000, rowsWaitingMax, 1_000_000, 1, LONG, LONG, LONG);
    }

    private GroupCommit<Intent, String> heldBack(GroupCommit.Bounds bounds) {
        return new GroupCommit<>(bounds, turns, intents -> {
            statements.add(new Statement(intents, Promise.promise()));
            return statements.getLast().promise().future();
        });
    }

    /** One statement at a time, each answered at once, after a first one that lets the others gather. */
    private GroupCommit<Intent, String> answering(Function<List<Intent>, Future<List<String>>> statement) {
        return new GroupCommit<>(bounds(1, 20_000), turns, intents -> {
            if (intents.getFirst().name().equals("gather")) {
                statements.add(new Statement(intents, Promise.promise()));
                return statements.getLast().promise().future();
            }
            return statement.apply(intents);
        });
    }

    private List<Future<String>> grouped(GroupCommit<Intent, String> commits, List<String> names) {
        commits.submit(new Intent("gather"));
        List<Future<String>> answers = submit(commits, names.toArray(String[]::new));
        statements.getLast().commit();
        return answers;
    }

    private static List<Future<String>> submit(GroupCommit<Intent, String> commits, String... names) {
        List<Future<String>> answers = new ArrayList<>();
        for (String name : names) {
            answers.add(commits.submit(new Intent(name)));
        }
        return answers;
    }

    private static Future<List<String>> stored(List<Intent> intents) {
        return Future.succeededFuture(
                intents.stream().map(intent -> "stored " + intent.name()).toList());
    }

    private static ProblemCode problemOf(Future<String> answer) {
        return ((ProblemException) answer.cause()).problem().code();
    }
}
