package io.heliograph.worker.guard;

import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Gives back, unsent, what was claimed too long ago, and everything once the worker is stopping. Stands behind every
 * wait and right before the call: it is the last look at the clock.
 */
public final class FreshOnly extends Guard {
    private static final Outcome TOO_OLD =
            new Outcome.TryLater("claim_too_old", Reason.PROVIDER_PAUSED, Pace.NOT_TRIED);
    private static final Outcome STOPPING =
            new Outcome.TryLater("worker_stopping", Reason.PROVIDER_PAUSED, Pace.NOT_TRIED);

    private final BooleanSupplier stopping;

    public FreshOnly(Provider next, BooleanSupplier stopping) {
        super(next);
        this.stopping = stopping;
    }

    @Override
    public List<Outcome> send(List<Outgoing> call) {
        if (stopping.getAsBoolean()) {
            return call.stream().map(_ -> STOPPING).toList();
        }
        if (call.getFirst().sendBy().hasPassed()) {
            // Without its first the call would have another name than the one that its receipts are awaited under.
            return call.stream().map(_ -> TOO_OLD).toList();
        }
        List<Outgoing> fresh =
                call.stream().filter(outgoing -> !outgoing.sendBy().hasPassed()).toList();
        if (fresh.size() == call.size()) {
            return next.send(call);
        }
        return merge(call, fresh, next.send(fresh));
    }

    @Override
    public LookUp find(Outgoing lost) {
        return stopping.getAsBoolean() ? new LookUp.Unavailable("worker_stopping") : next.find(lost);
    }

    private static List<Outcome> merge(List<Outgoing> call, List<Outgoing> fresh, List<Outcome> outcomes) {
        List<Outcome> merged = new ArrayList<>(call.size());
        int sent = 0;
        for (Outgoing outgoing : call) {
            boolean wasSent = sent < fresh.size() && fresh.get(sent).equals(outgoing);
            merged.add(wasSent ? outcomes.get(sent++) : TOO_OLD);
        }
        return merged;
    }
}
