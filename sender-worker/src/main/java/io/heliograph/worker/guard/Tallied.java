package io.heliograph.worker.guard;

import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.Provider;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of messages, from one report to the next. */
public final class Tallied implements Provider {
    /** Since the last one. */
    public record Tally(long accepted, long refused, long failed, long calls, long nanos) {}

    private final Provider next;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder calls = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    public Tallied(Provider next) {
        this.next = next;
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
    public List<Outcome> send(List<Outgoing> call) {
        long startedNanos = System.nanoTime();
        List<Outcome> outcomes = next.send(call);
        nanos.add(System.nanoTime() - startedNanos);
        calls.increment();
        outcomes.forEach(this::count);
        return outcomes;
    }

    @Override
    public @Nullable String receiptKey(Outgoing first, Outgoing of) {
        return next.receiptKey(first, of);
    }

    @Override
    public LookUp find(Outgoing lost) {
        return next.find(lost);
    }

    @Override
    public Health check() {
        return next.check();
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
