package io.heliograph.worker.guard;

import io.heliograph.worker.limits.AccountTurn;
import io.heliograph.worker.limits.AccountTurn.Answer;
import io.heliograph.worker.limits.Slot;
import io.heliograph.worker.provider.Outgoing;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The turns that one call takes of its customer account, for the slots that are offered to it; none where there is no limit. */
final class CallTurns {
    private final @Nullable AccountTurn account;
    private final int messages;
    private @Nullable Answer last;

    CallTurns(@Nullable AccountTurn account, int messages) {
        this.account = account;
        this.messages = messages;
    }

    /** Whether the call may leave in this slot. */
    boolean take(Slot slot) throws InterruptedException {
        if (account == null) {
            return true;
        }
        last = account.ask(messages, slot.nanos());
        return last instanceof Answer.Go;
    }

    /** The same call, to leave before its turn is over. */
    List<Outgoing> inTurn(List<Outgoing> call) {
        return last instanceof Answer.Go go
                ? call.stream().map(one -> one.leavingBy(go.untilNanos())).toList()
                : call;
    }

    boolean isOver() {
        return account != null && last instanceof Answer.Go go && account.isOver(go);
    }

    /** How long the call has to wait for another one; null when it was refused none. */
    @Nullable
    Duration refusedFor() {
        return last instanceof Answer.Wait(Duration time) ? time : null;
    }
}
