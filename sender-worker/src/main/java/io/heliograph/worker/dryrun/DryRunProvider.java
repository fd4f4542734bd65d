package io.heliograph.worker.dryrun;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Segments;
import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Provider;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kind {@code log}: takes everything at once, writes a line of the log for each message, and sends nothing. For trying things
 * out, and, where the level of the log is higher, for measuring this house without a provider's cost. Its ids are made from
 * the attempt, so it can say what it has taken without remembering it.
 */
public final class DryRunProvider implements Provider {
    private static final Logger log = LoggerFactory.getLogger(DryRunProvider.class);
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
        return call.stream().map(this::take).toList();
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

    private Outcome take(Outgoing outgoing) {
        Segments segments = outgoing.channel() == Channel.SMS
                ? Segments.of(outgoing.content().text())
                : Segments.NONE;
        log.atInfo()
                .addKeyValue("message_id", outgoing.id())
                .addKeyValue("attempt", outgoing.attempt())
                .addKeyValue("provider", name)
                .addKeyValue("channel", outgoing.channel().word())
                .addKeyValue("segments", segments.count())
                .log("Took a message, and sent nothing");
        return new Outcome.Accepted(idOf(outgoing));
    }

    private static String idOf(Outgoing outgoing) {
        return "dry-" + outgoing.id() + "-" + outgoing.attempt();
    }
}
