package io.heliograph.bench.scenario;

import io.heliograph.bench.load.Load;
import io.heliograph.bench.load.LoadGenerator;
import io.heliograph.bench.load.LoadResult;
import io.heliograph.bench.load.MessageRequests;
import io.heliograph.bench.load.Pace;
import io.heliograph.bench.load.StreamReaders;
import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import io.heliograph.bench.rig.GcLog;
import io.heliograph.bench.rig.Program;
import io.heliograph.bench.rig.Rig;
import io.heliograph.bench.rig.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Ten thousand open streams at one gateway: how much memory they take while all are told what happens. */
public final class Streams implements Scenario {
    private static final String NAME = "streams";
    private static final int STREAMS = 10_000;
    private static final double MEGABYTES_MAX = 512;
    private static final double KILOBYTES_PER_MEGABYTE = 1_024;
    private static final Duration OPEN_MAX = Duration.ofSeconds(60);
    private static final Duration TOLD_MAX = Duration.ofSeconds(20);
    /** Each goes to all streams. */
    private static final int MESSAGES_PER_SECOND = 2;

    private static final long COLLECT_SECONDS_MAX = 30;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean usesBroker() {
        return false;
    }

    @Override
    public boolean isLong() {
        return true;
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        setting.rig().reset();
        RunningProgram gateway = setting.rig()
                .program(
                        Program.GATEWAY,
                        NAME + "-gateway",
                        Map.of(
                                "HELIOGRAPH_STREAMS_MAX",
                                Integer.toString(STREAMS),
                                "HELIOGRAPH_STREAMS_PER_ACCOUNT_MAX",
                                Integer.toString(STREAMS)));
        try (gateway) {
            gateway.start();
            gateway.awaitReady();
            setting.progress().accept(NAME + ": opening " + STREAMS);
            long start = System.nanoTime();
            try (StreamReaders readers = StreamReaders.open(gateway.endpoints().http(), Rig.API_KEY, STREAMS)) {
                require(readers.await("event: live", STREAMS, OPEN_MAX), STREAMS, "streams open");
                double opened = (System.nanoTime() - start) / 1e9;
                tell(setting, gateway, readers);
                return figures(gateway, opened, readers);
            }
        }
    }

    /** Each message to every stream, none left out. */
    private static void tell(Setting setting, RunningProgram gateway, StreamReaders readers) throws Exception {
        setting.progress()
                .accept(NAME + ": telling them for " + setting.duration().toSeconds() + " s");
        Load load = new Load(
                gateway.endpoints().http(),
                MessageRequests.single(Rig.API_KEY, NAME + System.nanoTime()),
                1,
                new Pace.PerSecond(MESSAGES_PER_SECOND),
                setting.duration());
        try (LoadGenerator generator = LoadGenerator.open(load)) {
            FutureTask<LoadResult> sending = new FutureTask<>(generator::run);
            Thread _ = Thread.ofPlatform().start(sending);
            long expected = setting.duration().toSeconds() * MESSAGES_PER_SECOND * STREAMS;
            Duration timeMax = setting.duration().plus(TOLD_MAX);
            require(readers.await("event: message.accepted", expected, timeMax), expected, "events told");
            LoadResult _ = sending.get();
        }
    }

    private static List<Figure> figures(RunningProgram gateway, double opened, StreamReaders readers)
            throws IOException, InterruptedException {
        require(STREAMS - readers.ended(), STREAMS, "streams still open");
        collectGarbage(gateway);
        return List.of(
                Figure.of(
                                NAME,
                                "heap of gateway after GC, at the end",
                                GcLog.heapAfterMegabytesLately(gateway.gcLog()),
                                "MiB",
                                new Asked.AtMost(MEGABYTES_MAX))
                        .with("most_mib", GcLog.heapAfterMegabytesMax(gateway.gcLog())),
                Figure.of(NAME, "resident memory of gateway", residentMegabytes(gateway), "MiB", new Asked.Nothing()),
                Figure.of(NAME, "until all were open", opened, "s", new Asked.Nothing()));
    }

    private static void require(long number, long wanted, String what) throws IOException {
        if (number < wanted) {
            throw new IOException(NAME + ": " + number + " of " + wanted + " " + what);
        }
    }

    private static void collectGarbage(RunningProgram gateway) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(gateway.process().pid()),
                        "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true)
                .start();
        if (!jcmd.waitFor(COLLECT_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new IOException("The gateway does not collect its garbage");
        }
    }

    private static double residentMegabytes(RunningProgram gateway) throws IOException {
        return Files.readAllLines(
                                Path.of("/proc", Long.toString(gateway.process().pid()), "status"))
                        .stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                        .sum()
                / KILOBYTES_PER_MEGABYTE;
    }
}
