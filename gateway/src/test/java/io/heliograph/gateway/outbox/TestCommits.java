package io.heliograph.gateway.outbox;

import io.heliograph.gateway.http.Problem.ProblemException;
import io.heliograph.gateway.http.ProblemCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Group commits whose statements end when a test says so. */
final class TestCommits {
    static final Duration LONG = Duration.ofHours(1);

    /** Statements that were begun and wait for the test to end them. */
    final List<Statement> statements = new ArrayList<>();

    final TestTurns turns = new TestTurns();

    /** What is done soon is done at once, what is done later when the test says so. */
    static final class TestTurns implements Turns {
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

    record Intent(String name, int rows, int bytes) implements GroupCommit.Intent {
        Intent(String name) {
            this(name, 1, 100);
        }
    }

    record Statement(List<Intent> intents, Promise<List<String>> promise) {
        void commit() {
            promise.complete(
                    intents.stream().map(intent -> "stored " + intent.name()).toList());
        }

        List<String> names() {
            return intents.stream().map(Intent::name).toList();
        }
    }

    static GroupCommit.Bounds bounds(int statementsInFlightMax, int rowsWaitingMax) {
        return new GroupCommit.Bounds(
                statementsInFlightMax, 256, 1_000_000, rowsWaitingMax, 1_000_000, 1, LONG, LONG, LONG);
    }

    GroupCommit<Intent, String> heldBack(GroupCommit.Bounds bounds) {
        return new GroupCommit<>(bounds, turns, intents -> {
            statements.add(new Statement(intents, Promise.promise()));
            return statements.getLast().promise().future();
        });
    }

    /** One statement at a time, each answered at once, after a first one that lets the others gather. */
    GroupCommit<Intent, String> answering(Function<List<Intent>, Future<List<String>>> statement) {
        return new GroupCommit<>(bounds(1, 20_000), turns, intents -> {
            if (intents.getFirst().name().equals("gather")) {
                statements.add(new Statement(intents, Promise.promise()));
                return statements.getLast().promise().future();
            }
            return statement.apply(intents);
        });
    }

    List<Future<String>> grouped(GroupCommit<Intent, String> commits, List<String> names) {
        commits.submit(new Intent("gather"));
        List<Future<String>> answers = submit(commits, names.toArray(String[]::new));
        statements.getLast().commit();
        return answers;
    }

    static List<Future<String>> submit(GroupCommit<Intent, String> commits, String... names) {
        List<Future<String>> answers = new ArrayList<>();
        for (String name : names) {
            answers.add(commits.submit(new Intent(name)));
        }
        return answers;
    }

    static Future<List<String>> stored(List<Intent> intents) {
        return Future.succeededFuture(
                intents.stream().map(intent -> "stored " + intent.name()).toList());
    }

    static ProblemCode problemOf(Future<String> answer) {
        return ((ProblemException) answer.cause()).problem().code();
    }
}
