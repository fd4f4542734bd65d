package io.heliograph.gateway.outbox;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.Problem.ProblemException;
import io.heliograph.gateway.outbox.WaitingLine.Waiting;
import io.heliograph.runtime.Failures;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One statement for a group, and an answer for each of it. A group that fails on its data is cut in halves until the one bad
 * intent stands alone, so that no one fails for a neighbour.
 */
final class BisectingCommit<I extends GroupCommit.Intent, R> {
    private static final int CONFLICT_RETRIES_MAX = 5;
    private static final Problem NOT_NOW =
            Problem.unavailable("The database does not take it; nothing of this request was stored. Repeat it later.");

    private final GroupCommit.Bounds bounds;
    private final Function<List<I>, Future<List<R>>> statement;

    BisectingCommit(GroupCommit.Bounds bounds, Function<List<I>, Future<List<R>>> statement) {
        this.bounds = bounds;
        this.statement = statement;
    }

    /** Ends when every intent of the group has its answer, and never fails. */
    Future<Void> commit(List<Waiting<I, R>> group) {
        return commit(group, 0);
    }

    private Future<Void> commit(List<Waiting<I, R>> group, int conflicts) {
        return call(group.stream().map(Waiting::intent).toList())
                .timeout(bounds.statementMax().toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(results -> answer(group, results))
                .<Void>mapEmpty()
                .recover(failure -> afterFailure(group, conflicts, failure));
    }

    /** A value that the client library cannot even write is a data error like any other. */
    private Future<List<R>> call(List<I> intents) {
        try {
            return statement.apply(intents);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Void> afterFailure(List<Waiting<I, R>> group, int conflicts, Throwable failure) {
        boolean conflict = Failures.isConflict(failure);
        if (conflict && conflicts < CONFLICT_RETRIES_MAX && !group.getFirst().isOlderThan(bounds.waitMax())) {
            return commit(group, conflicts + 1);
        }
        if (conflict || Failures.isOutage(failure)) {
            refuse(group, Failures.storedNothing(failure) ? NOT_NOW : Problem.OUTCOME_UNKNOWN, failure);
            return Future.succeededFuture();
        }
        if (group.size() == 1) {
            group.getFirst().answer().fail(failure);
            return Future.succeededFuture();
        }
        int half = group.size() / 2;
        return commit(group.subList(0, half)).compose(done -> commit(group.subList(half, group.size())));
    }

    static <I extends GroupCommit.Intent, R> void refuse(List<Waiting<I, R>> group, Problem problem, Throwable cause) {
        ProblemException refusal = problem.exception(cause);
        group.forEach(waiting -> waiting.answer().fail(refusal));
    }

    private void answer(List<Waiting<I, R>> group, List<R> results) {
        for (int i = 0; i < group.size(); i++) {
            group.get(i).answer().complete(results.get(i));
        }
    }
}
