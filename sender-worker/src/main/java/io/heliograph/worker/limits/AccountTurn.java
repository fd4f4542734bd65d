package io.heliograph.worker.limits;

import io.heliograph.providers.routing.AccountLimits;
import io.heliograph.runtime.Failures;
import io.heliograph.worker.limits.AccountRateStore.Call;
import io.heliograph.worker.limits.AccountRateStore.Turn;
import io.heliograph.worker.limits.AccountRateStore.Turns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The turns of one customer account. A turn is taken for the moment in which its call leaves, from the database; before that
 * a worker paces its own calls, so that few ask in vain. Calls that ask at the same time ask together.
 */
public final class AccountTurn {
    /** Whether a call may leave. */
    public sealed interface Answer {
        /** In the moment that was asked for, until this one on the JVM's clock. */
        record Go(long untilNanos) implements Answer {}

        /** It is worth while to ask again after that time. */
        record Wait(Duration time) implements Answer {}
    }

    private static final Logger log = LoggerFactory.getLogger(AccountTurn.class);

    /** What the gap between turns allows for, less what the way from the socket to the provider may take. */
    private static final Duration LATE_MAX = Duration.ofMillis(20);

    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
    private static final Duration REST_AFTER_FAILURE = Duration.ofMillis(250);
    private static final int CALLS_MAX = 100;

    private static final int GAPS_WAITED_MAX = 3;
    private static final Duration PACE_MIN = Duration.ofMillis(200);
    private static final Duration PACE_MAX = Duration.ofSeconds(2);

    private final long account;
    private final AccountRateStore store;
    private final LongSupplier nanos;
    private final FleetClock clock;
    private final Queue<Ask> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock asking = new ReentrantLock();
    private volatile double perSecond;
    private long nextNanos;

    AccountTurn(long account, double perSecond, AccountRateStore store, FleetClock clock, LongSupplier nanos) {
        this.account = account;
        this.perSecond = perSecond;
        this.store = store;
        this.clock = clock;
        this.nanos = nanos;
        this.nextNanos = nanos.getAsLong();
    }

    /** From now on; what waits under a lower limit need not wait for its sake any more. */
    synchronized void limit(AccountTurn changed) {
        perSecond = changed.perSecond;
        nextNanos = nanos.getAsLong();
    }

    /** The most messages that one call may carry. */
    public int callSizeMax() {
        return AccountLimits.callSizeMax(perSecond);
    }

    /** How long a call may wait for its turn here, rather than in the outbox. */
    public Duration paceMax() {
        Duration gaps = gap(GAPS_WAITED_MAX);
        return gaps.compareTo(PACE_MIN) < 0 ? PACE_MIN : gaps.compareTo(PACE_MAX) > 0 ? PACE_MAX : gaps;
    }

    /** When the next call of this worker is to ask. */
    public synchronized Duration untilNext() {
        return Duration.ofNanos(Math.max(0, nextNanos - nanos.getAsLong()));
    }

    /** The same, and the one after it is to ask later; null when that is longer than this. */
    public synchronized @Nullable Duration pace(int messages, Duration longest) {
        Duration until = untilNext();
        if (until.compareTo(longest) > 0) {
            return null;
        }
        nextNanos = nanos.getAsLong() + until.plus(gap(messages)).toNanos();
        return until;
    }

    /** To be asked when it is known when the call leaves, which is soon. */
    public Answer ask(int messages, long leavesNanos) throws InterruptedException {
        Ask mine = new Ask(messages, leavesNanos);
        boolean _ = waiting.add(mine);
        asking.lockInterruptibly();
        try {
            while (mine.answer == null) {
                askForThoseWaiting();
            }
            Answer answer = Objects.requireNonNull(mine.answer);
            // A turn that comes too late is lost: what leaves late would make another second too full.
            return answer instanceof Answer.Go go && isOver(go) ? new Answer.Wait(Duration.ZERO) : answer;
        } finally {
            asking.unlock();
        }
    }

    public boolean isOver(Answer.Go turn) {
        return nanos.getAsLong() - turn.untilNanos() > 0;
    }

    private void askForThoseWaiting() throws InterruptedException {
        List<Ask> asks = new ArrayList<>();
        for (Ask next = waiting.poll(); next != null; next = asks.size() < CALLS_MAX ? waiting.poll() : null) {
            boolean _ = asks.add(next);
        }
        long askedNanos = nanos.getAsLong();
        asks.sort(Comparator.comparingLong(ask -> ask.leavesNanos - askedNanos));
        // Whatever happens, nobody is left without an answer.
        List<Turn> turns = Collections.nCopies(asks.size(), new Turn(false, REST_AFTER_FAILURE));
        Instant databaseAt = Instant.EPOCH;
        try {
            Turns given = store.take(
                            account,
                            asks.stream()
                                    .map(ask -> new Call(ask.messages, leavesAt(ask, askedNanos)))
                                    .toList())
                    .await(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
            clock.sample(askedNanos, nanos.getAsLong(), given.databaseAt());
            databaseAt = given.databaseAt();
            turns = given.each();
        } catch (Exception e) {
            if (e instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            log.atWarn()
                    .addKeyValue("account_id", account)
                    .addKeyValue("error", Failures.describe(e))
                    .log("Could not take turns of an account, nothing of it leaves");
        } finally {
            answer(asks, turns, clock.nanosOf(databaseAt));
        }
    }

    /** Null for at once, and as long as nobody knows what the moment is on the database's clock. */
    private @Nullable Instant leavesAt(Ask ask, long nowNanos) {
        Instant leavesAt = ask.leavesNanos - nowNanos > 0 ? clock.instantOf(ask.leavesNanos) : null;
        ask.isAhead = leavesAt != null;
        return leavesAt;
    }

    /** Those who get none are told to come one after the other. */
    private void answer(List<Ask> asks, List<Turn> turns, long databaseNanos) {
        Duration behind = Duration.ZERO;
        for (int i = 0; i < asks.size(); i++) {
            Ask ask = asks.get(i);
            if (!turns.get(i).granted()) {
                Duration later = turns.get(i).later().plus(behind);
                ask.answer = new Answer.Wait(later);
                behind = behind.plus(gap(ask.messages));
                notBefore(later);
            } else {
                long turnNanos = ask.isAhead ? ask.leavesNanos : databaseNanos;
                ask.answer = new Answer.Go(turnNanos + LATE_MAX.toNanos());
            }
        }
    }

    private synchronized void notBefore(Duration rest) {
        long at = nanos.getAsLong() + rest.toNanos();
        if (at - nextNanos > 0) {
            nextNanos = at;
        }
    }

    private Duration gap(int messages) {
        return Duration.ofNanos((long) (messages * 1e9 / perSecond));
    }

    /** Seen by the one who holds the lock only. */
    private static final class Ask {
        private final int messages;
        private final long leavesNanos;
        /** What is asked for is a moment to come. */
        private boolean isAhead;

        private @Nullable Answer answer;

        private Ask(int messages, long leavesNanos) {
            this.messages = messages;
            this.leavesNanos = leavesNanos;
        }
    }
}
