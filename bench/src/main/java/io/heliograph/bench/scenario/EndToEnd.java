package io.heliograph.bench.scenario;

import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import io.heliograph.bench.rig.Program;
import io.heliograph.bench.rig.RunningProgram;
import io.heliograph.simulator.SimulatorControl;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From the HTTP request to the recorded result: the highest rate that holds, and the latency far below it. */
public final class EndToEnd implements Scenario {
    private static final double LATENCY_MILLIS_MAX = 25;
    private static final double BACKLOG_GROWTH_PERCENT_MAX = 1;
    /** Where to begin when nothing is asked. */
    private static final double UNASKED_TIMES_Y = 0.5;

    private static final double PLIVO_TIMES_Y = 1.2;

    /** Below what was found in short loads, so that it holds for long. */
    private static final double SAFETY = 0.95;

    /** Where messages go. */
    private enum Through {
        NOWHERE,
        TWILIO,
        PLIVO
    }

    private final String name;
    private final double timesY;
    private final Through through;
    private final boolean calledBack;
    private final int perRequest;

    private EndToEnd(String name, double timesY, Through through, boolean calledBack, int perRequest) {
        this.name = name;
        this.timesY = timesY;
        this.through = through;
        this.calledBack = calledBack;
        this.perRequest = perRequest;
    }

    /** To a provider that answers at once and costs nothing. */
    public static EndToEnd toNowhere() {
        return new EndToEnd("end-to-end", 1.0, Through.NOWHERE, false, 1);
    }

    /** With one HTTP call and one signed callback a message. */
    public static EndToEnd throughTwilio() {
        return new EndToEnd("twilio", 0.35, Through.TWILIO, true, 1);
    }

    /** With up to a hundred messages an HTTP call: as many as come in at about the same time. */
    public static EndToEnd throughPlivo() {
        return new EndToEnd("plivo", PLIVO_TIMES_Y, Through.PLIVO, false, 1);
    }

    /** With full calls: the messages come in by the hundred as well. */
    public static EndToEnd throughPlivoByTheHundred() {
        return new EndToEnd("plivo-hundred", PLIVO_TIMES_Y, Through.PLIVO, false, 100);
    }

    /** The same with one signed callback a message, which costs as much as it does with any provider. */
    public static EndToEnd throughPlivoAndBack() {
        return new EndToEnd("plivo-back", 0, Through.PLIVO, true, 1);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean usesBroker() {
        return true;
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        setting.rig().reset();
        setting.rig().database().forgetProviders();
        RunningProgram simulator = setting.rig().program(Program.SIMULATOR, name + "-simulator", Map.of());
        try (simulator;
                Pipeline pipeline = pipeline(setting, simulator)) {
            if (through != Through.NOWHERE) {
                startSimulator(simulator);
            }
            pipeline.start();
            return measure(setting, pipeline, simulator);
        }
    }

    private Pipeline pipeline(Setting setting, RunningProgram simulator) throws IOException {
        return switch (through) {
            case NOWHERE -> Pipeline.toNowhere(setting.rig(), name);
            case TWILIO -> Pipeline.toTwilio(setting.rig(), name, simulator);
            case PLIVO -> Pipeline.toPlivo(setting.rig(), name, simulator);
        };
    }

    private void startSimulator(RunningProgram simulator) throws IOException {
        simulator.start();
        simulator.awaitReady();
        JsonObject callbacks = new JsonObject().put("which", calledBack ? "last" : "none");
        try (SimulatorControl control =
                new SimulatorControl(simulator.endpoints().url())) {
            control.script(new JsonObject()
                    .put("rules", new JsonArray().add(new JsonObject().put("callbacks", callbacks))));
        }
    }

    private List<Figure> measure(Setting setting, Pipeline pipeline, RunningProgram simulator) throws Exception {
        SteadyLoad load = new SteadyLoad(pipeline, perRequest);
        double target = (timesY == 0 ? UNASKED_TIMES_Y : timesY) * setting.y();
        setting.progress()
                .accept(name + ": warming up for " + 2 * setting.warmUp().toSeconds() + " s");
        // At the rate that is asked for: three of our processes and the simulator have much to compile.
        SteadyResult _ = load.run(target, setting.warmUp(), setting.warmUp());
        double rate = SAFETY * new RateSearch(setting, name, load).highest(target);
        long seconds = setting.steadyDuration().toSeconds();
        setting.progress().accept("%s: %.0f/s for %d s".formatted(name, rate, seconds));
        PlivoCalls before = calls(simulator);
        SteadyResult steady = load.run(rate, setting.warmUp().dividedBy(2), setting.steadyDuration());
        double perCall = before.perCallUntil(calls(simulator));
        setting.progress().accept("%s: a fifth of that for %d s".formatted(name, seconds / 2));
        SteadyResult calm = load.run(
                rate / 5,
                setting.warmUp().dividedBy(2),
                setting.steadyDuration().dividedBy(2));
        return figures(pipeline, steady, calm, perCall);
    }

    private PlivoCalls calls(RunningProgram simulator) {
        return through == Through.PLIVO ? PlivoCalls.at(simulator) : PlivoCalls.NONE;
    }

    private List<Figure> figures(Pipeline pipeline, SteadyResult steady, SteadyResult calm, double perCall)
            throws IOException {
        List<Figure> figures = new ArrayList<>();
        double done =
                calledBack ? Math.min(steady.sentPerSecond(), steady.receiptsPerSecond()) : steady.sentPerSecond();
        String what = calledBack ? "sent and its callback stored" : "recorded as sent";
        Asked asked = timesY == 0 ? new Asked.Nothing() : new Asked.TimesY(timesY);
        Figure sent = steady.details(Figure.of(name, what, done, "msg/s", asked));
        figures.add(through == Through.PLIVO ? sent.with("messages_a_call", perCall) : sent);
        figures.add(Figure.of(
                name,
                "growth of the backlog, of the rate",
                steady.growthPercent(),
                "%",
                new Asked.AtMost(BACKLOG_GROWTH_PERCENT_MAX)));
        Asked latency = through == Through.NOWHERE ? new Asked.AtMost(LATENCY_MILLIS_MAX) : new Asked.Nothing();
        figures.add(calm.details(Figure.of(
                name, "accept to sent, p50 at a fifth", calm.acceptToSent().p50(), "ms", latency)));
        figures.add(Figure.of(name, "outbox table, most", steady.outboxMegabytesMax(), "MB", new Asked.Nothing()));
        figures.addAll(Heaps.figures(name, pipeline.programs()));
        return figures;
    }
}
