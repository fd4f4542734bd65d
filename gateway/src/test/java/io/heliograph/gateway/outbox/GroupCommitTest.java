package io.heliograph.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.outbox.TestCommits.Intent;
import io.heliograph.gateway.outbox.TestCommits.Statement;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private static final GroupCommit.Bounds BOUNDS = TestCommits.bounds(2, 20_000);

    private final TestCommits bench = new TestCommits();

    @Test
    void commits_a_single_intent_at_once() {
        GroupCommit<Intent, String> commits = bench.heldBack(BOUNDS);

        Future<String> answer = commits.submit(new Intent("a"));

        assertThat(bench.statements.getFirst().names()).containsExactly("a");
        assertThat(answer.isComplete()).isFalse();
        bench.statements.getFirst().commit();
        assertThat(answer.result()).isEqualTo("stored a");
    }

    @Test
    void groups_what_comes_while_every_connection_is_busy_and_answers_each_its_own() {
        GroupCommit<Intent, String> commits = bench.heldBack(BOUNDS);

        List<Future<String>> answers = TestCommits.submit(commits, "a", "b", "c", "d", "e");

        assertThat(bench.statements).extracting(Statement::names).containsExactly(List.of("a"), List.of("b"));
        assertThat(commits.rowsWaiting()).isEqualTo(3);
        bench.statements.get(1).commit();
        assertThat(bench.statements).extracting(Statement::names).last().isEqualTo(List.of("c", "d", "e"));
        assertThat(commits.rowsWaiting()).isZero();
        bench.statements.get(2).commit();
        assertThat(answers)
                .extracting(Future::result)
                .containsExactly(null, "stored b", "stored c", "stored d", "stored e");
    }

    @Test
    void begins_another_statement_beside_one_in_flight_only_when_that_is_worth_it() {
        GroupCommit<Intent, String> commits = bench.heldBack(new GroupCommit.Bounds(
                2, 256, 1_000_000, 20_000, 1_000_000, 3, TestCommits.LONG, TestCommits.LONG, TestCommits.LONG));

        TestCommits.submit(commits, "a", "b", "c");
        assertThat(bench.statements).extracting(Statement::names).containsExactly(List.of("a"));

        TestCommits.submit(commits, "d");
        assertThat(bench.statements).extracting(Statement::names).containsExactly(List.of("a"), List.of("b", "c", "d"));
    }

    @Test
    void passes_by_a_statement_that_takes_long() {
        GroupCommit<Intent, String> commits = bench.heldBack(new GroupCommit.Bounds(
                2, 256, 1_000_000, 20_000, 1_000_000, 3, Duration.ofMillis(20), TestCommits.LONG, TestCommits.LONG));
        TestCommits.submit(commits, "hangs", "waits");

        await().until(() -> {
            bench.turns.later.getLast().run();
            return bench.statements.size() == 2;
        });

        assertThat(bench.statements).extracting(Statement::names).containsExactly(List.of("hangs"), List.of("waits"));
    }

    @Test
    void passes_by_a_statement_that_takes_long_after_another_has_ended() {
        GroupCommit<Intent, String> commits = bench.heldBack(new GroupCommit.Bounds(
                2, 256, 1_000_000, 20_000, 1_000_000, 3, Duration.ofMillis(20), TestCommits.LONG, TestCommits.LONG));
        TestCommits.submit(commits, "hangs", "b", "c", "d");
        bench.turns.later.getLast().run();
        bench.turns.later.clear();
        TestCommits.submit(commits, "waits");

        bench.statements.get(1).commit();

        await().until(() -> {
            bench.turns.later.getLast().run();
            return bench.statements.size() == 3;
        });
        assertThat(bench.statements).extracting(Statement::names).last().isEqualTo(List.of("waits"));
    }

    @Test
    void gathers_what_the_event_loop_has_read_at_once() throws Exception {
        Vertx vertx = Vertx.vertx();
        List<List<Intent>> groups = new ArrayList<>();
        GroupCommit<Intent, String> commits = new GroupCommit<>(BOUNDS, Turns.of(vertx), intents -> {
            groups.add(intents);
            return TestCommits.stored(intents);
        });

        Future<?> answers = Future.future(promise -> vertx.runOnContext(
                _ -> Future.all(TestCommits.submit(commits, "a", "b", "c")).onComplete(done -> promise.complete())));

        await().until(answers::isComplete);
        assertThat(groups).hasSize(1);
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void puts_no_more_into_a_statement_than_its_bounds_but_always_one_intent() {
        GroupCommit<Intent, String> commits = bench.heldBack(new GroupCommit.Bounds(
                1, 10, 1_000, 20_000, 1_000_000, 1, TestCommits.LONG, TestCommits.LONG, TestCommits.LONG));
        commits.submit(new Intent("first"));
        commits.submit(new Intent("rows", 6, 1));
        commits.submit(new Intent("more rows", 5, 1));
        commits.submit(new Intent("bytes", 1, 999));
        commits.submit(new Intent("too large by itself", 500, 100_000));
        commits.submit(new Intent("last"));

        IntStream.range(0, 5).forEach(i -> bench.statements.get(i).commit());

        assertThat(bench.statements)
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
        GroupCommit<Intent, String> commits = bench.heldBack(TestCommits.bounds(1, 10));
        commits.submit(new Intent("under way"));
        Future<String> waits = commits.submit(new Intent("waits", 9, 1));

        Future<String> refused = commits.submit(new Intent("refused", 2, 1));
        Future<String> fits = commits.submit(new Intent("fits", 1, 1));

        assertThat(TestCommits.problemOf(refused)).isEqualTo(ProblemCode.UNAVAILABLE);
        assertThat(fits.isComplete()).isFalse();
        bench.statements.get(0).commit();
        assertThat(commits.submit(new Intent("later", 10, 1)).isComplete()).isFalse();
        bench.statements.get(1).commit();
        assertThat(waits.result()).isEqualTo("stored waits");
    }

    @Test
    void refuses_with_503_when_what_waits_is_too_large_but_never_one_alone() {
        GroupCommit<Intent, String> commits = bench.heldBack(new GroupCommit.Bounds(
                1, 256, 1_000_000, 20_000, 1_000, 1, TestCommits.LONG, TestCommits.LONG, TestCommits.LONG));
        commits.submit(new Intent("under way"));
        Future<String> alone = commits.submit(new Intent("too large by itself", 1, 5_000));

        Future<String> refused = commits.submit(new Intent("refused", 1, 1));
        bench.statements.get(0).commit();
        Future<String> waits = commits.submit(new Intent("waits", 1, 900));
        Future<String> fits = commits.submit(new Intent("fits", 1, 100));
        Future<String> tooMuch = commits.submit(new Intent("too much", 1, 1));

        assertThat(TestCommits.problemOf(refused)).isEqualTo(ProblemCode.UNAVAILABLE);
        assertThat(TestCommits.problemOf(tooMuch)).isEqualTo(ProblemCode.UNAVAILABLE);
        bench.statements.get(1).commit();
        bench.statements.get(2).commit();
        assertThat(List.of(alone, waits, fits)).extracting(Future::succeeded).containsOnly(true);
    }
}
