package io.heliograph.worker.guard;

import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Provider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands everything on to the provider that it stands around; each guard says only what it does otherwise. */
abstract class Guard implements Provider {
    protected final Provider next;

    protected Guard(Provider next) {
        this.next = next;
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
        return next.send(call);
    }

    @Override
    public boolean canFind() {
        return next.canFind();
    }

    @Override
    public LookUp find(Outgoing lost) {
        return next.find(lost);
    }

    @Override
    public Health check() {
        return next.check();
    }
}
