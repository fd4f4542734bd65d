package io.heliograph.worker.guard;

import io.heliograph.contract.Reason;
import io.heliograph.worker.limits.AccountTurn;
import io.heliograph.worker.limits.AccountTurns;
import io.heliograph.worker.limits.Slots;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.Provider;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Has the calls of a limited customer account come one after the other, and gives back what would wait for long. Stands in
 * front of everything, and few wait here: a limited account must not take anybody else's place.
 */
public final class AccountPaced extends Guard {
    private static final String CODE = "account_limited";

    /** For one call. */
    private static final int TURNS_MAX = 5;

    private final AccountTurns accounts;
    private final Slots slots;
    private final Semaphore waiters;

    public AccountPaced(Provider next, AccountTurns accounts, Slots slots, int waitersMax) {
        super(next);
        this.accounts = accounts;
        this.slots = slots;
        this.waiters = new Semaphore(waitersMax);
    }

    /** What becomes of a call whose turn has not come. */
    static List<Outcome> held(List<Outgoing> call, Duration notBefore) {
        return Collections.nCopies(
                call.size(), new Outcome.TryLater(CODE, Reason.ACCOUNT_LIMIT, Pace.NOT_TRIED, notBefore));
    }

    static boolean isHeld(List<Outcome> outcomes) {
        return outcomes.getFirst() instanceof Outcome.TryLater later
                && later.code().equals(CODE);
    }

    /** A call is one limited account's, or that of any that are not limited. */
    @Override
    public List<Outcome> send(List<Outgoing> call) {
        AccountTurn turn = accounts.of(call.getFirst().account());
        return turn == null ? next.send(call) : paced(call, turn);
    }

    /**
     * Others may have taken the turn that was expected: then it comes again, for as long as it may wait here. It was granted
     * a slot of its provider's, which it gives back if it does not come for it.
     */
    private List<Outcome> paced(List<Outgoing> call, AccountTurn turn) {
        Duration left = turn.paceMax();
        List<Outcome> outcomes = held(call, turn.untilNext());
        for (int i = 0; i < TURNS_MAX && isHeld(outcomes); i++) {
            // A slot that was granted does not wait: it says itself when to leave.
            Duration pace = i == 0 && slots.isLeased() ? Duration.ZERO : turn.pace(call.size(), left);
            if (pace == null || !waited(pace)) {
                if (i == 0) {
                    slots.release(call.size());
                }
                return held(call, turn.untilNext());
            }
            // Not before the wait: a slot that is kept meanwhile is one that others could have used.
            if (i > 0 && !isGrantedAnother(call.size())) {
                return outcomes;
            }
            left = left.minus(pace);
            outcomes = next.send(call);
        }
        return outcomes;
    }

    private boolean isGrantedAnother(int messages) {
        try {
            return slots.reserveCall(messages);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean waited(Duration time) {
        if (time.isZero()) {
            return true;
        }
        if (!waiters.tryAcquire()) {
            return false;
        }
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiters.release();
        }
    }
}
