package io.heliograph.worker.guard;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.Provider;
import java.util.Collections;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Bounds the calls at once; a call waits for its turn as long as the bulkhead says, and is given back after that. */
public final class ConcurrencyLimited implements Provider {
    private static final Outcome NO_TURN = new Outcome.TryLater("no_turn", Reason.PROVIDER_BUSY, Pace.NOT_TRIED);

    private final Provider next;
    private final Bulkhead bulkhead;
    private final IntConsumer givenBack;

    /** {@code givenBack} hears of how many messages did not get their turn. */
    public ConcurrencyLimited(Provider next, Bulkhead bulkhead, IntConsumer givenBack) {
        this.next = next;
        this.bulkhead = bulkhead;
        this.givenBack = givenBack;
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
        if (!bulkhead.tryAcquirePermission()) {
            givenBack.accept(call.size());
            return Collections.nCopies(call.size(), NO_TURN);
        }
        try {
            return next.send(call);
        } finally {
            bulkhead.onComplete();
        }
    }

    @Override
    public LookUp find(Outgoing lost) {
        if (!bulkhead.tryAcquirePermission()) {
            return new LookUp.Unavailable("no_turn");
        }
        try {
            return next.find(lost);
        } finally {
            bulkhead.onComplete();
        }
    }

    @Override
    public Health check() {
        return next.check();
    }
}
