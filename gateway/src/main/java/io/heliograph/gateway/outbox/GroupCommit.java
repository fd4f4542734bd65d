package io.heliograph.gateway.outbox;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.outbox.WaitingLine.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Commits whatever waits as one statement when the last one has ended: an idle gateway commits a single request at once, a
 * busy one batches by itself. A second statement goes beside one in flight when it is worth its while, or when that one
 * takes long. Belongs to one event loop and is not safe for any other.
 *
 * <p>No one fails for a neighbour. A full queue refuses; it does not grow. Nobody waits for longer than {@code waitMax + statementMax}.
 */
public final class GroupCommit<I extends GroupCommit.Intent, R> {
    /** What one request wants stored. */
    public interface Intent {
        int rows();

        /** Asked once. */
        int bytes();
    }

    /**
     * How much may wait and how much goes at once.
     *
     * @param rowsForAnotherMin how many rows are worth another statement while one is in flight: few rows cost the database
     *     nearly as much as many
     * @param patience how long fewer wait for the one in flight, which may hang
     * @param statementMax how long a statement may go without an answer before its requests are refused
     * @param waitMax how old an intent may be when its turn comes; only a database that does not answer makes one so old
     */
    public record Bounds(
            int statementsInFlightMax,
            int rowsPerStatementMax,
            int bytesPerStatementMax,
            int rowsWaitingMax,
            int bytesWaitingMax,
            int rowsForAnotherMin,
            Duration patience,
            Duration statementMax,
            Duration waitMax) {}

    private static final Problem TOO_MANY =
            Problem.unavailable("Too many requests are waiting; nothing of this one was stored. Repeat it later.");

    private static final Problem TOO_SLOW =
            Problem.unavailable("The database is too slow; nothing of this request was stored. Repeat it later.");

    private final Bounds bounds;
    private final Turns turns;
    private final BisectingCommit<I, R> commit;
    private final WaitingLine<I, R> line;

    private int statementsInFlight;
    private boolean turnIsComing;
    private boolean hasTimer;

    /** {@code commit} answers one result for each intent, in their order. */
    public GroupCommit(Bounds bounds, Turns turns, Function<List<I>, Future<List<R>>> commit) {
        this.bounds = bounds;
        this.turns = turns;
        this.commit = new BisectingCommit<>(bounds, commit);
        this.line = new WaitingLine<>(bounds);
    }

    /** Completes when the intent is durable; fails with 503 when too much waits already. */
    public Future<R> submit(I intent) {
        Promise<R> answer = Promise.promise();
        if (!line.add(intent, answer)) {
            return Future.failedFuture(TOO_MANY.exception());
        }
        commitSoon();
        return answer.future();
    }

    public int rowsWaiting() {
        return line.rows();
    }

    /** Not at once: what the event loop has read besides goes along in the same statement. */
    private void commitSoon() {
        if (mayCommit()) {
            if (!turnIsComing) {
                turnIsComing = true;
                turns.soon(() -> {
                    turnIsComing = false;
                    commitWhatWaits();
                });
            }
        } else if (!line.isEmpty() && !hasTimer && statementsInFlight < bounds.statementsInFlightMax()) {
            hasTimer = true;
            turns.in(bounds.patience(), () -> {
                hasTimer = false;
                commitWhatWaits();
                commitSoon();
            });
        }
    }

    private boolean mayCommit() {
        return !line.isEmpty() && (statementsInFlight == 0 || mayCommitAnother());
    }

    private boolean mayCommitAnother() {
        return statementsInFlight < bounds.statementsInFlightMax()
                && (line.rows() >= bounds.rowsForAnotherMin() || line.waitsLongerThan(bounds.patience()));
    }

    private void commitWhatWaits() {
        while (mayCommit()) {
            refuseWhatWaitedTooLong();
            List<Waiting<I, R>> group = line.takeGroup();
            if (!group.isEmpty()) {
                statementsInFlight++;
                commit.commit(group).onComplete(done -> {
                    statementsInFlight--;
                    commitWhatWaits();
                    // Few may be left behind another statement, and that one may hang.
                    commitSoon();
                });
            }
        }
    }

    private void refuseWhatWaitedTooLong() {
        List<Waiting<I, R>> late = line.takeLate();
        if (!late.isEmpty()) {
            BisectingCommit.refuse(late, TOO_SLOW, new TimeoutException("Waited too long"));
        }
    }
}
