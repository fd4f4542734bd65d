package io.heliograph.worker.guard;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.Provider;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Bounds the calls at once; a call waits for its turn as long as the bulkhead says, so often, and is given back after that.
 * Where those before it hang, it is given back at once: another provider may take it.
 */
public final class ConcurrencyLimited extends Guard {
    private static final Outcome NO_TURN = new Outcome.TryLater("no_turn", Reason.PROVIDER_BUSY, Pace.NOT_TRIED);
    private static final Outcome HANGS =
            new Outcome.TryLater(Outcome.TryLater.PAUSED, Reason.PROVIDER_PAUSED, Pace.NOT_TRIED);

    private final Bulkhead bulkhead;
    private final int waitsMax;
    private final BooleanSupplier hangs;
    private final IntConsumer givenBack;

    /** {@code givenBack} hears of how many messages did not get their turn. */
    public ConcurrencyLimited(
            Provider next, Bulkhead bulkhead, int waitsMax, BooleanSupplier hangs, IntConsumer givenBack) {
        super(next);
        this.bulkhead = bulkhead;
        this.waitsMax = waitsMax;
        this.hangs = hangs;
        this.givenBack = givenBack;
    }

    @Override
    public List<Outcome> send(List<Outgoing> call) {
        if (!hasTurn()) {
            givenBack.accept(call.size());
            return Collections.nCopies(call.size(), hangs.getAsBoolean() ? HANGS : NO_TURN);
        }
        try {
            return next.send(call);
        } finally {
            bulkhead.onComplete();
        }
    }

    @Override
    public LookUp find(Outgoing lost) {
        if (!hasTurn()) {
            return new LookUp.Unavailable("no_turn");
        }
        try {
            return next.find(lost);
        } finally {
            bulkhead.onComplete();
        }
    }

    private boolean hasTurn() {
        boolean turn = bulkhead.tryAcquirePermission();
        for (int waits = 1; !turn && waits < waitsMax && !hangs.getAsBoolean(); waits++) {
            turn = bulkhead.tryAcquirePermission();
        }
        return turn;
    }
}
