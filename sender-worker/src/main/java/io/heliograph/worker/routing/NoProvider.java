package io.heliograph.worker.routing;

import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Provider;
import java.util.Collections;
import java.util.List;

/** Stands where no provider is configured for a channel: its messages fail with a reason, rather than wait for ever. */
public final class NoProvider implements Provider {
    public static final String NAME = "none";

    private static final Outcome NOBODY = new Outcome.Refused("no_provider", Reason.NO_PROVIDER);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int callSizeMax() {
        return Integer.MAX_VALUE;
    }

    @Override
    public List<Outcome> send(List<Outgoing> call) {
        return Collections.nCopies(call.size(), NOBODY);
    }

    @Override
    public LookUp find(Outgoing lost) {
        return new LookUp.Seen(List.of());
    }

    @Override
    public Health check() {
        return new Health.Down("no_provider");
    }
}
