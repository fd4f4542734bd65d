package io.heliograph.bench.scenario;

import io.heliograph.bench.load.CallbackRequests;
import io.heliograph.bench.load.Load;
import io.heliograph.bench.load.LoadGenerator;
import io.heliograph.bench.load.LoadResult;
import io.heliograph.bench.load.Pace;
import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import io.heliograph.bench.rig.Program;
import io.heliograph.bench.rig.RunningProgram;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Taking status callbacks in, signed, one a request, each of which moves its message: as many as one gateway can, and then the latency at
 * half of that, with an open loop.
 */
public final class Callbacks implements Scenario {
    private static final String NAME = "callbacks";
    private static final int CONNECTIONS = 256;
    private static final double TIMES_Y = 2.0;
    private static final double LATENCY_MILLIS_MAX = 25;

    /** Callbacks a second that no gateway reaches here; there are messages enough for them, two callbacks for each. */
    private static final int RATE_MAX = 50_000;

    /** What the ids of the messages begin with: the present, so that they lie in a partition like all others. */
    private static final String PREFIX = """
        SELECT substr(id::text, 1, 13) || '-7000-8000-' FROM uuid_v7_floor(now()) AS id""";

    private static final String FILL = """
        INSERT INTO message (id, account_id, status, attempt, channel, lane, recipient, body, segments, encoding, created_at,
                             expires_at, on_unknown, claimed_at, sent_at, settled_at, provider)
        SELECT ('{prefix}' || lpad(to_hex(i - 1), 12, '0'))::uuid, 1, 'sent', 1, 'sms', 'normal', '+1415' || 2000000 + i,
               'Your parcel is out for delivery today between 14:00 and 16:00. Track it in the app.', 1, 'gsm7', now(),
               now() + interval '4 days', 'fail', now(), now(), now(), 'twilio'
        FROM generate_series(1, {messages}) AS i""";

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
        RunningProgram gateway = setting.rig().program(Program.GATEWAY, NAME + "-gateway", Map.of());
        try (gateway) {
            gateway.start();
            gateway.awaitReady();
            MostAndHalf measured = MostAndHalf.of(
                    setting, 1, (what, pace, duration) -> measure(setting, gateway, what, pace, duration));
            return figures(gateway, measured.most(), measured.half());
        }
    }

    private static List<Figure> figures(RunningProgram gateway, LoadResult most, LoadResult calm) throws IOException {
        List<Figure> figures = new ArrayList<>();
        figures.add(Latencies.of(
                most,
                Figure.of(
                        NAME,
                        "signed callbacks at the most",
                        most.messagesPerSecond(),
                        "req/s",
                        new Asked.TimesY(TIMES_Y))));
        figures.add(Latencies.of(
                calm,
                Figure.of(
                        NAME,
                        "p99 at half of that",
                        calm.latencyMillis(99),
                        "ms",
                        new Asked.AtMost(LATENCY_MILLIS_MAX))));
        figures.addAll(Heaps.figures(NAME, gateway));
        return figures;
    }

    private static LoadResult measure(
            Setting setting, RunningProgram gateway, String what, Pace pace, Duration duration)
            throws IOException, SQLException {
        int messages = RATE_MAX / 2 * (int) duration.toSeconds();
        setting.progress().accept(NAME + ": inserting " + messages + " messages");
        setting.rig().reset();
        String prefix = setting.rig().database().rows(PREFIX).getFirst().getFirst();
        setting.rig()
                .database()
                .execute(FILL.replace("{prefix}", prefix).replace("{messages}", Integer.toString(messages)));
        setting.rig().database().execute("ANALYZE message");
        setting.rig().database().execute("CHECKPOINT");
        CallbackRequests requests = new CallbackRequests(gateway.endpoints().url(), prefix, messages);
        setting.progress().accept(NAME + ": " + what + " for " + duration.toSeconds() + " s");
        try (LoadGenerator generator =
                LoadGenerator.open(new Load(gateway.endpoints().http(), requests, CONNECTIONS, pace, duration))) {
            LoadResult result = generator.run();
            check(setting, result, messages);
            return result;
        }
    }

    /** Every callback that was answered is stored, and has moved its message. */
    private static void check(Setting setting, LoadResult result, int messages) throws IOException, SQLException {
        long stored = setting.rig().database().number("SELECT count(*) FROM callback WHERE applied_at IS NOT NULL");
        long moved =
                setting.rig().database().number("SELECT count(*) FROM message WHERE status IN ('delivered', 'read')");
        if (result.refused() > 0
                || stored < result.accepted()
                || stored > result.accepted() + result.broken()
                || moved < Math.min(messages, result.accepted())) {
            throw new IOException("Accepted " + result.accepted() + " callbacks and refused " + result.refused()
                    + ", but " + stored + " are stored and " + moved + " messages moved");
        }
    }
}
