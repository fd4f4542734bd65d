package io.heliograph.worker.dryrun;

import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Provider;
import java.util.List;

/**
 * Kind {@code log}: takes everything at once and sends nothing. For trying things out, and for measuring this house
 * without a provider's cost. Its ids are made from the attempt, so it can say what it has taken without remembering it.
 */
public final class DryRunProvider implements Provider {
    private static final int CALL_SIZE_MAX = 1_000;

    private final String name;

    public DryRunProvider(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int callSizeMax() {
        return CALL_SIZE_MAX;
    }

    @Override
    public List<Outcome> send(List<Outgoing> call) {
        return call.stream()
                .<Outcome>map(outgoing -> new Outcome.Accepted(idOf(outgoing)))
                .toList();
    }

    @Override
    public boolean canFind() {
        return true;
    }

    @Override
    public LookUp find(Outgoing lost) {
        return new LookUp.Found(idOf(lost));
    }

    @Override
    public Health check() {
        return new Health.Up();
    }

    private static String idOf(Outgoing outgoing) {
        return "dry-" + outgoing.id() + "-" + outgoing.attempt();
    }
}
