package io.heliograph.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.outbox.TestCommits.Intent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What fails alone, what is repeated, and who is refused. */
class GroupCommitFailuresTest {
    private static final GroupCommit.Bounds BOUNDS = TestCommits.bounds(2, 20_000);

    private final TestCommits bench = new TestCommits();
    private final Throwable dataError = new PgException("bad value", "ERROR", "22P02", "the value itself");
    private final Throwable conflict = new PgException("deadlock", "ERROR", "40P01", "");
    private final Throwable outage = new IOException("gone");

    @Test
    void lets_one_bad_intent_fail_alone() {
        for (int bad = 0; bad < 7; bad++) {
            String badName = "i" + bad;
            GroupCommit<Intent, String> commits = bench.answering(
                    intents -> intents.stream().anyMatch(one -> one.name().equals(badName))
                            ? Future.failedFuture(dataError)
                            : TestCommits.stored(intents));
            List<Future<String>> answers = bench.grouped(
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
        GroupCommit<Intent, String> commits = bench.answering(
                intents -> intents.stream().anyMatch(one -> one.name().startsWith("bad"))
                        ? Future.failedFuture(dataError)
                        : TestCommits.stored(intents));

        List<Future<String>> answers = bench.grouped(commits, List.of("bad 1", "a", "b", "bad 2", "bad 3", "c"));

        assertThat(answers).extracting(Future::succeeded).containsExactly(false, true, true, false, false, true);
    }

    @Test
    void takes_an_intent_that_cannot_even_be_written_for_a_bad_one() {
        GroupCommit<Intent, String> commits = bench.answering(intents -> {
            if (intents.stream().anyMatch(one -> one.name().equals("bad"))) {
                throw new IllegalArgumentException("cannot be encoded");
            }
            return TestCommits.stored(intents);
        });

        List<Future<String>> answers = bench.grouped(commits, List.of("a", "bad", "b"));

        assertThat(answers).extracting(Future::succeeded).containsExactly(true, false, true);
    }

    @Test
    void repeats_a_conflict_a_few_times() {
        List<Integer> calls = new ArrayList<>();
        GroupCommit<Intent, String> commits = bench.answering(intents -> {
            calls.add(intents.size());
            return calls.size() < 5 ? Future.failedFuture(conflict) : TestCommits.stored(intents);
        });

        assertThat(commits.submit(new Intent("a")).result()).isEqualTo("stored a");
        assertThat(calls).hasSize(5);
    }

    @Test
    void refuses_with_503_when_a_conflict_does_not_end() {
        List<Integer> calls = new ArrayList<>();
        GroupCommit<Intent, String> commits = bench.answering(intents -> {
            calls.add(intents.size());
            return Future.failedFuture(conflict);
        });

        assertThat(TestCommits.problemOf(commits.submit(new Intent("a")))).isEqualTo(ProblemCode.UNAVAILABLE);
        assertThat(calls).hasSize(6);
    }

    @Test
    void refuses_everyone_in_the_group_with_503_in_an_outage_without_trying_each() {
        List<Integer> calls = new ArrayList<>();
        GroupCommit<Intent, String> commits = bench.answering(intents -> {
            calls.add(intents.size());
            return Future.failedFuture(outage);
        });

        List<Future<String>> answers = bench.grouped(commits, List.of("a", "b", "c"));

        assertThat(answers).extracting(TestCommits::problemOf).containsOnly(ProblemCode.UNAVAILABLE);
        assertThat(calls).containsExactly(3);
    }

    @Test
    void goes_on_after_an_outage() {
        GroupCommit<Intent, String> commits = bench.heldBack(BOUNDS);
        List<Future<String>> answers = TestCommits.submit(commits, "a", "b", "c");

        bench.statements.get(0).promise().fail(outage);
        bench.statements.get(1).promise().fail(outage);
        bench.statements.get(2).commit();

        assertThat(answers.get(2).result()).isEqualTo("stored c");
    }

    @Test
    void refuses_a_statement_that_does_not_answer_in_its_time() throws Exception {
        Vertx vertx = Vertx.vertx();
        Duration briefly = Duration.ofMillis(50);
        GroupCommit<Intent, String> commits = bench.heldBack(new GroupCommit.Bounds(
                1, 256, 1_000_000, 20_000, 1_000_000, 1, TestCommits.LONG, briefly, TestCommits.LONG));

        Future<String> answer = Future.future(promise ->
                vertx.runOnContext(_ -> commits.submit(new Intent("a")).onComplete(promise)));

        await().until(answer::isComplete);
        assertThat(TestCommits.problemOf(answer)).isEqualTo(ProblemCode.UNAVAILABLE);
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void refuses_whoever_waited_too_long_for_a_turn_and_serves_the_rest() {
        GroupCommit<Intent, String> commits = bench.heldBack(new GroupCommit.Bounds(
                1, 256, 1_000_000, 20_000, 1_000_000, 1, TestCommits.LONG, TestCommits.LONG, Duration.ofMillis(50)));
        commits.submit(new Intent("under way"));
        Future<String> late = commits.submit(new Intent("late"));
        long since = System.nanoTime();
        await().until(() -> System.nanoTime() - since > 60_000_000);
        Future<String> young = commits.submit(new Intent("young"));

        bench.statements.getFirst().commit();

        assertThat(TestCommits.problemOf(late)).isEqualTo(ProblemCode.UNAVAILABLE);
        assertThat(bench.statements.get(1).names()).containsExactly("young");
        bench.statements.get(1).commit();
        assertThat(young.result()).isEqualTo("stored young");
    }
}
