package io.heliograph.torture;

import io.heliograph.bench.rig.Rig;
import io.heliograph.bench.rig.RunningProgram;
import io.heliograph.runtime.FreePorts;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.torture.audit.Audit;
import io.heliograph.torture.audit.Result;
import io.heliograph.torture.brownout.Brownout;
import io.heliograph.torture.brownout.Dimmer;
import io.heliograph.torture.brownout.Forecast;
import io.heliograph.torture.load.Balancer;
import io.heliograph.torture.load.TortureClient;
import io.heliograph.torture.strike.Schedule;
import io.heliograph.torture.strike.Strike;
import io.heliograph.torture.strike.Tormentor;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One torture from beginning to end, on a rig of its own. */
public final class TortureRun {
    private static final int MESSAGES_PER_SECOND = 100;
    /** Leases, the window of unknown outcomes, and slow callbacks; and once more all of it. */
    private static final Duration QUIET_MAX = Duration.ofSeconds(90);
    /** Small and quick to start: what is tested here is not speed. */
    private static final List<String> JVM_OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k");

    private final TortureOptions options;
    private final Rig rig;
    private final Vertx vertx;
    private final Consumer<String> progress;

    private TortureRun(TortureOptions options, Rig rig, Vertx vertx, Consumer<String> progress) {
        this.options = options;
        this.rig = rig;
        this.vertx = vertx;
        this.progress = progress;
    }

    /** Leaves the folder with the logs when something is wrong, or when it was asked to. */
    public static TortureReport run(TortureOptions options, Consumer<String> progress) throws Exception {
        progress.accept("starting PostgreSQL, RabbitMQ and our processes");
        Rig rig = Rig.start("torture", JVM_OPTIONS);
        Vertx vertx = Vertx.vertx();
        TortureReport report;
        try (rig) {
            report = new TortureRun(options, rig, vertx, progress).run();
        } finally {
            Void _ = vertx.close().await(10, TimeUnit.SECONDS);
        }
        if (report.isClean() && !options.keep()) {
            rig.delete();
        } else {
            progress.accept("the logs are in " + rig.folder());
        }
        return report;
    }

    private TortureReport run() throws Exception {
        int port = FreePorts.next();
        Cast cast = Cast.of(rig, options, "http://127.0.0.1:" + port);
        cast.start(rig);
        int _ = Balancer.start(
                vertx,
                port,
                cast.gateways().stream()
                        .map(gateway -> gateway.endpoints().http())
                        .toList());
        try (SimulatorControl provider =
                new SimulatorControl(cast.simulator().endpoints().url())) {
            TortureClient client = new TortureClient(port);
            Dimmer dimmer = new Dimmer(provider, Misbehaviour::script, progress);
            Tormentor tormentor = torment(cast, client, dimmer);
            progress.accept("every victim is up again; waiting until nothing is outstanding");
            Audit audit = new Audit(rig.database(), provider);
            long start = System.nanoTime();
            boolean quiet = audit.awaitQuiet(QUIET_MAX);
            Duration settling = Duration.ofNanos(System.nanoTime() - start);
            progress.accept("comparing the books");
            Result result = audit.compare(client.book(), client.posted());
            return new TortureReport(
                    options.seed(),
                    options.calm(),
                    result,
                    tormentor.survived(),
                    dimmer.endured(),
                    tormentor.leftOut(),
                    tormentor.died(),
                    client.repeats(),
                    quiet,
                    settling,
                    rig.folder());
        }
    }

    private Tormentor torment(Cast cast, TortureClient client, Dimmer dimmer) throws Exception {
        Duration duration = Duration.ofSeconds(options.seconds());
        List<String> names = cast.programs().stream().map(RunningProgram::name).toList();
        List<Strike> schedule = options.calm() ? List.of() : Schedule.of(options.seed(), duration, names);
        List<Brownout> forecast = Forecast.of(options.seed(), duration);
        progress.accept("seed " + options.seed() + ", " + schedule.size() + " blows in " + options.seconds() + " s:");
        schedule.forEach(strike -> progress.accept("  " + strike));
        progress.accept(forecast.size() + " brown-outs of the provider that carries the traffic then:");
        forecast.forEach(brownout -> progress.accept("  " + brownout));
        Tormentor tormentor = new Tormentor(progress);
        Thread load = Thread.ofPlatform().name("load").start(() -> client.run(duration, MESSAGES_PER_SECOND));
        try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> weather = beside.submit(() -> dimmer.run(forecast, duration));
            tormentor.run(schedule, cast.victims(rig));
            Object _ = weather.get();
        }
        load.join();
        return tormentor;
    }
}
