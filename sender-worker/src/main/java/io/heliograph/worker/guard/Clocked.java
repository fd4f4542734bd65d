package io.heliograph.worker.guard;

import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Provider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets it be known when each call begins and ends, so that one that hangs is seen before it has ended. */
public final class Clocked implements Provider {
    private final Provider next;
    private final Slowness slowness;

    public Clocked(Provider next, Slowness slowness) {
        this.next = next;
        this.slowness = slowness;
    }

    @Override
    public String name() {
        return next.name();
    }

    @Override
    public int callSizeMax() {
        return next.callSizeMax();
    }

    @Override
    public Object callKey(Outgoing outgoing) {
        return next.callKey(outgoing);
    }

    @Override
    public @Nullable String receiptKey(Outgoing first, Outgoing of) {
        return next.receiptKey(first, of);
    }

    @Override
    public List<Outcome> send(List<Outgoing> call) {
        Slowness.Call begun = slowness.begin();
        List<Outcome> outcomes = List.of();
        try {
            outcomes = next.send(call);
            return outcomes;
        } finally {
            if (!outcomes.isEmpty() && outcomes.stream().allMatch(CircuitBroken::saysNothing)) {
                slowness.forget(begun);
            } else {
                slowness.end(begun, outcomes.stream().anyMatch(CircuitBroken::showsItIsUp));
            }
        }
    }

    @Override
    public LookUp find(Outgoing lost) {
        Slowness.Call begun = slowness.begin();
        LookUp found = new LookUp.Unavailable("broken");
        try {
            found = next.find(lost);
            return found;
        } finally {
            if (found.equals(LookUp.TOO_LATE)) {
                slowness.forget(begun);
            } else {
                slowness.end(begun, !(found instanceof LookUp.Unavailable));
            }
        }
    }

    @Override
    public Health check() {
        return next.check();
    }
}
