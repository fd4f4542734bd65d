package io.heliograph.worker.guard;

import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Provider;
import java.util.List;

/** Lets it be known when each call begins and ends, so that one that hangs is seen before it has ended. */
public final class Clocked extends Guard {
    private final Slowness slowness;

    public Clocked(Provider next, Slowness slowness) {
        super(next);
        this.slowness = slowness;
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
}
