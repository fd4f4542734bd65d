package io.heliograph.bench.scenario;

import io.heliograph.bench.load.CodeRequests;
import io.heliograph.bench.load.CodeRequests.Sent;
import io.heliograph.bench.load.Load;
import io.heliograph.bench.load.LoadGenerator;
import io.heliograph.bench.load.LoadResult;
import io.heliograph.bench.load.MessageRequests;
import io.heliograph.bench.load.Pace;
import io.heliograph.bench.load.Requests;
import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import io.heliograph.bench.rig.Program;
import io.heliograph.bench.rig.Rig;
import io.heliograph.bench.rig.RunningProgram;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One-time codes: as many as one gateway can issue while it checks as many, each the right one, of verifications that it has issued before.
 * The limits by number hold; those that many numbers share are off.
 */
public final class Verifications implements Scenario {
    private static final String NAME = "verifications";
    private static final int CONNECTIONS = 256;
    private static final double TIMES_Y = 0.5;

    static final Map<String, String> WITHOUT_SHARED_LIMITS =
            Map.of("HELIOGRAPH_CODES_PER_PREFIX_HOUR_MAX", "0", "HELIOGRAPH_CODES_PER_ACCOUNT_MINUTE_MAX", "0");

    private static final String SENT = """
        SELECT v.id, m.secret FROM verification v JOIN message m ON m.id = v.message_ids[1]""";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean usesBroker() {
        return false;
    }

    @Override
    public List<Figure> run(Setting setting) throws IOException, SQLException {
        RunningProgram gateway = setting.rig().program(Program.GATEWAY, NAME + "-gateway", WITHOUT_SHARED_LIMITS);
        try (gateway) {
            gateway.start();
            gateway.awaitReady();
            LoadResult _ = pairs(setting, gateway, "warming up", setting.warmUp());
            LoadResult most = pairs(setting, gateway, "as fast as it can", setting.duration());
            List<Figure> figures = new ArrayList<>();
            figures.add(Latencies.of(
                    most,
                    Figure.of(
                            NAME,
                            "codes issued and checked",
                            most.messagesPerSecond() / 2,
                            "pairs/s",
                            new Asked.TimesY(TIMES_Y))));
            figures.addAll(Heaps.figures(NAME, gateway));
            return figures;
        }
    }

    /** Issues for as long as it will check: what is issued alone goes faster, so there are codes enough. */
    private static LoadResult pairs(Setting setting, RunningProgram gateway, String what, Duration duration)
            throws IOException, SQLException {
        setting.rig().reset();
        setting.progress().accept(NAME + ": issuing codes for " + duration.toSeconds() + " s");
        String run = "bench-" + Long.toString(System.nanoTime(), 36);
        LoadResult issued = run(gateway, MessageRequests.codes(Rig.API_KEY, run), duration);
        List<Sent> sent = setting.rig().database().rows(SENT).stream()
                .map(row -> new Sent(row.getFirst(), row.get(1)))
                .toList();
        // Other numbers: those of before have had their code.
        setting.rig().database().execute("UPDATE verification SET recipient = 'x' || recipient");
        setting.rig().database().execute("TRUNCATE verification_count");
        setting.rig().database().execute("VACUUM ANALYZE verification");
        setting.rig().database().execute("CHECKPOINT");
        setting.progress().accept(NAME + ": " + what + ", issuing and checking for " + duration.toSeconds() + " s");
        LoadResult result = run(gateway, new CodeRequests(Rig.API_KEY, run + "-pairs", sent), duration);
        check(setting, issued, result, sent.size());
        return result;
    }

    private static LoadResult run(RunningProgram gateway, Requests requests, Duration duration) throws IOException {
        try (LoadGenerator generator = LoadGenerator.open(
                new Load(gateway.endpoints().http(), requests, CONNECTIONS, new Pace.AsFastAsAnswered(), duration))) {
            return generator.run();
        }
    }

    /** Every code that was answered is stored with its message, and the right code was approved once, and only once where codes ran out. */
    private static void check(Setting setting, LoadResult issued, LoadResult pairs, int sent)
            throws IOException, SQLException {
        long stored = setting.rig().database().number("SELECT count(*) FROM verification");
        long messages = setting.rig().database().number("SELECT count(*) FROM message");
        long approved = setting.rig().database().number("SELECT count(*) FROM verification WHERE status = 'approved'");
        long broken = issued.broken() + pairs.broken();
        long checks = issued.accepted() + pairs.accepted() - stored;
        if (issued.refused() + pairs.refused() > 0
                || stored != messages
                || approved < Math.min(sent, checks)
                || approved > checks + broken) {
            throw new IOException(
                    "Refused " + pairs.refused() + " requests; " + stored + " verifications and " + messages
                            + " messages are stored, and of " + checks + " checks of " + sent + " codes " + approved
                            + " were approved");
        }
    }
}
