package io.heliograph.worker.guard;

import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.Provider;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of messages, from one report to the next. */
public final class Tallied extends Guard {
    /** Since the last one. */
    public record Tally(long accepted, long refused, long failed, long calls, long nanos) {}

    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder calls = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    public Tallied(Provider next) {
        super(next);
    }

    public Tally take() {
        return new Tally(
                accepted.sumThenReset(),
                refused.sumThenReset(),
                failed.sumThenReset(),
                calls.sumThenReset(),
                nanos.sumThenReset());
    }

    @Override
    public List<Outcome> send(List<Outgoing> call) {
        long startedNanos = System.nanoTime();
        List<Outcome> outcomes = next.send(call);
        nanos.add(System.nanoTime() - startedNanos);
        calls.increment();
        outcomes.forEach(this::count);
        return outcomes;
    }

    private void count(Outcome outcome) {
        switch (outcome) {
            case Outcome.Accepted _ -> accepted.increment();
            case Outcome.Refused _ -> refused.increment();
            case Outcome.Unknown _ -> failed.increment();
            case Outcome.TryLater later -> {
                if (later.pace() != Pace.NOT_TRIED) {
                    failed.increment();
                }
            }
        }
    }
}
