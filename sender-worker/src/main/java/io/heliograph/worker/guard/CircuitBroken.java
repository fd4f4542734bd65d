package io.heliograph.worker.guard;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.Provider;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Leaves a provider alone that is down: nothing is called while the breaker is open. Lost answers and outages count
 * against a provider; refusals and "busy" do not, because then it is up and talking.
 */
public final class CircuitBroken extends Guard {
    private static final Outcome PAUSED =
            new Outcome.TryLater(Outcome.TryLater.PAUSED, Reason.PROVIDER_PAUSED, Pace.NOT_TRIED);

    private final CircuitBreaker breaker;
    private final Predicate<Outgoing> isSendersFault;

    /** {@code isSendersFault}: that this one failed says something of its sender, and nothing of the provider. */
    public CircuitBroken(Provider next, CircuitBreaker breaker, Predicate<Outgoing> isSendersFault) {
        super(next);
        this.breaker = breaker;
        this.isSendersFault = isSendersFault;
    }

    @Override
    public List<Outcome> send(List<Outgoing> call) {
        if (!breaker.tryAcquirePermission()) {
            return Collections.nCopies(call.size(), PAUSED);
        }
        long startedNanos = System.nanoTime();
        List<Outcome> outcomes = List.of();
        try {
            outcomes = next.send(call);
            return outcomes;
        } finally {
            boolean up = outcomes.stream().anyMatch(CircuitBroken::showsItIsUp);
            boolean silent = !outcomes.isEmpty() && outcomes.stream().allMatch(CircuitBroken::saysNothing);
            if (silent || (!up && isSendersFault.test(call.getFirst()))) {
                breaker.releasePermission();
            } else {
                report(up, System.nanoTime() - startedNanos);
            }
        }
    }

    @Override
    public LookUp find(Outgoing lost) {
        if (!breaker.tryAcquirePermission()) {
            return new LookUp.Unavailable("provider_paused");
        }
        long startedNanos = System.nanoTime();
        LookUp found = new LookUp.Unavailable("broken");
        try {
            found = next.find(lost);
            return found;
        } finally {
            if (found.equals(LookUp.TOO_LATE)) {
                breaker.releasePermission();
            } else {
                report(!(found instanceof LookUp.Unavailable), System.nanoTime() - startedNanos);
            }
        }
    }

    /** Nothing has left for the provider. */
    static boolean saysNothing(Outcome outcome) {
        return outcome instanceof Outcome.TryLater later && later.pace() == Pace.NOT_TRIED;
    }

    static boolean showsItIsUp(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted _, Outcome.Refused _ -> true;
            case Outcome.TryLater later ->
                switch (later.pace()) {
                    case BUSY, APART, MUCH_LATER -> true;
                    case AWAY, NOT_TRIED -> false;
                };
            case Outcome.Unknown _ -> false;
        };
    }

    private void report(boolean up, long nanos) {
        if (up) {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        } else {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, new ProviderDown());
        }
    }

    /** What the breaker is told; it only counts, so there is no trace to fill in. */
    private static final class ProviderDown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ProviderDown() {
            super("The provider is down", null, false, false);
        }
    }
}
