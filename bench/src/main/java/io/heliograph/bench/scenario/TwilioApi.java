package io.heliograph.bench.scenario;

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
import java.util.List;
import java.util.Map;

/** Taking messages in as Twilio does, beside the same through our own API: turn and turn about, at one gateway. */
public final class TwilioApi implements Scenario {
    private static final double SHARE_MIN = 0.8;
    private static final int CONNECTIONS = 256;
    private static final int TURNS = 2;

    @Override
    public String name() {
        return "twilio-api";
    }

    @Override
    public boolean usesBroker() {
        return false;
    }

    @Override
    public List<Figure> run(Setting setting) throws IOException, SQLException {
        RunningProgram gateway = setting.rig().program(Program.GATEWAY, name() + "-gateway", Map.of());
        try (gateway) {
            gateway.start();
            gateway.awaitReady();
            LoadResult _ = ours(setting, gateway, setting.warmUp());
            LoadResult _ = twilios(setting, gateway, setting.warmUp());
            double ours = 0;
            double twilios = 0;
            for (int turn = 0; turn < TURNS; turn++) {
                ours += ours(setting, gateway, setting.duration()).messagesPerSecond() / TURNS;
                twilios += twilios(setting, gateway, setting.duration()).messagesPerSecond() / TURNS;
            }
            return List.of(
                    Figure.of(name(), "created as Twilio does", twilios, "msg/s", new Asked.Nothing()),
                    Figure.of(name(), "that, beside /v1/messages", twilios / ours, "x", new Asked.AtLeast(SHARE_MIN))
                            .with("v1_messages_per_second", ours));
        }
    }

    private LoadResult ours(Setting setting, RunningProgram gateway, Duration duration)
            throws IOException, SQLException {
        return measure(setting, gateway, "/v1/messages", MessageRequests.single(Rig.API_KEY, run()), duration);
    }

    private LoadResult twilios(Setting setting, RunningProgram gateway, Duration duration)
            throws IOException, SQLException {
        List<String> credential = setting.rig()
                .database()
                .rows("SELECT account_sid, auth_token FROM twilio_credential JOIN account ON id = account_id"
                        + " WHERE name = 'default'")
                .getFirst();
        return measure(
                setting,
                gateway,
                "/2010-04-01",
                MessageRequests.twilio(credential.getFirst(), credential.getLast(), run()),
                duration);
    }

    private LoadResult measure(
            Setting setting, RunningProgram gateway, String what, Requests requests, Duration duration)
            throws IOException, SQLException {
        setting.progress().accept(name() + ": " + what + " for " + duration.toSeconds() + " s");
        setting.rig().reset();
        Load load = new Load(gateway.endpoints().http(), requests, CONNECTIONS, new Pace.AsFastAsAnswered(), duration);
        try (LoadGenerator generator = LoadGenerator.open(load)) {
            LoadResult result = generator.run();
            Stored.check(setting.rig().database(), result);
            return result;
        }
    }

    private static String run() {
        return "bench-" + Long.toString(System.nanoTime(), 36);
    }
}
