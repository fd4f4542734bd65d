package io.heliograph.worker.guard;

import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.Provider;
import io.heliograph.worker.senders.SenderBreaker;
import io.heliograph.worker.senders.SenderBreakers;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * Leaves a sender alone that is down, as {@link CircuitBroken} does with its account. A sender that the provider does not
 * let us use counts as down as well.
 */
public final class SenderBroken extends Guard {
    private final SenderBreakers breakers;
    private final Outcome paused;

    /** What comes from no other sender waits for so long. */
    public SenderBroken(Provider next, SenderBreakers breakers, Duration rest) {
        super(next);
        this.breakers = breakers;
        this.paused =
                new Outcome.TryLater(Outcome.TryLater.SENDER_PAUSED, Reason.PROVIDER_PAUSED, Pace.NOT_TRIED, rest);
    }

    @Override
    public List<Outcome> send(List<Outgoing> call) {
        // All of a call come from one.
        SenderBreaker sender = breakers.of(call.getFirst());
        if (sender == null) {
            return next.send(call);
        }
        if (!sender.tryAcquire()) {
            return Collections.nCopies(call.size(), paused);
        }
        long startedNanos = System.nanoTime();
        List<Outcome> outcomes = List.of();
        try {
            outcomes = next.send(call);
            return outcomes;
        } finally {
            report(sender, outcomes, System.nanoTime() - startedNanos);
        }
    }

    private void report(SenderBreaker sender, List<Outcome> outcomes, long tookNanos) {
        if (outcomes.stream().anyMatch(SenderBroken::showsItIsUp)) {
            breakers.answered(sender, tookNanos);
        } else if (!outcomes.isEmpty() && outcomes.stream().allMatch(CircuitBroken::saysNothing)) {
            sender.release();
        } else {
            breakers.failed(sender, tookNanos);
        }
    }

    private static boolean showsItIsUp(Outcome outcome) {
        boolean mayNotBeUsed = outcome instanceof Outcome.Refused refused && refused.isSenders();
        return !mayNotBeUsed && CircuitBroken.showsItIsUp(outcome);
    }
}
