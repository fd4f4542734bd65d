package io.heliograph.bench.scenario;

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
 * Taking messages in, with keys and validation: as much as one gateway can, on many connections, and then the latency
 * at half of that, with an open loop.
 */
public final class Accept implements Scenario {
    private static final double LATENCY_MILLIS_MAX = 25;

    private final String name;
    private final int batch;
    private final int connections;
    private final double timesY;

    private Accept(String name, int batch, int connections, double timesY) {
        this.name = name;
        this.batch = batch;
        this.connections = connections;
        this.timesY = timesY;
    }

    /** One message a request. */
    public static Accept singles() {
        return new Accept("accept", 1, 256, 2.5);
    }

    public static Accept batches() {
        return new Accept("batch", 100, 32, 5);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean usesBroker() {
        return false;
    }

    @Override
    public List<Figure> run(Setting setting) throws IOException, SQLException {
        RunningProgram gateway = setting.rig().program(Program.GATEWAY, name + "-gateway", Map.of());
        try (gateway) {
            gateway.start();
            gateway.awaitReady();
            MostAndHalf measured = MostAndHalf.of(
                    setting, batch, (what, pace, duration) -> measure(setting, gateway, what, pace, duration));
            return figures(gateway, measured.most(), measured.half());
        }
    }

    private List<Figure> figures(RunningProgram gateway, LoadResult most, LoadResult calm) throws IOException {
        List<Figure> figures = new ArrayList<>();
        figures.add(Latencies.of(
                most,
                Figure.of(name, "accepted at the most", most.messagesPerSecond(), "msg/s", new Asked.TimesY(timesY))));
        Asked limit = batch == 1 ? new Asked.AtMost(LATENCY_MILLIS_MAX) : new Asked.Nothing();
        figures.add(Latencies.of(calm, Figure.of(name, "p99 at half of that", calm.latencyMillis(99), "ms", limit)));
        figures.addAll(Heaps.figures(name, gateway));
        return figures;
    }

    private LoadResult measure(Setting setting, RunningProgram gateway, String what, Pace pace, Duration duration)
            throws IOException, SQLException {
        setting.progress().accept(name + ": " + what + " for " + duration.toSeconds() + " s");
        setting.rig().reset();
        String run = "bench-" + Long.toString(System.nanoTime(), 36);
        Requests requests =
                batch == 1 ? MessageRequests.single(Rig.API_KEY, run) : MessageRequests.batch(Rig.API_KEY, run, batch);
        return new MessageLoad(requests, connections, pace, duration).on(gateway, setting);
    }
}
