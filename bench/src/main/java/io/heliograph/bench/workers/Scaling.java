package io.heliograph.bench.workers;

import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import io.heliograph.bench.rig.RunningProgram;
import io.heliograph.bench.scenario.Scenario;
import io.heliograph.bench.scenario.Setting;
import io.heliograph.contract.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A slow provider, of which a worker has so many calls under way and no more: what a second and a third one add, until the provider's
 * limit ends it with a fourth.
 */
public final class Scaling implements Scenario {
    private static final String NAME = "scaling";
    private static final int LATENCY_MILLIS = 50;
    private static final int CONCURRENCY = 16;

    /** More than three send, and less than four would. */
    private static final int LIMIT_PER_SECOND = 900;

    private static final double UTILISATION_PERCENT_MIN = 97;

    /** By the number of workers, of what one sends. */
    private static final List<Double> TIMES_MIN = List.of(1.0, 1.8, 2.6);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean usesBroker() {
        return true;
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        String limits = "concurrency: " + CONCURRENCY + ", per_second: " + LIMIT_PER_SECOND;
        try (WorkerFleet fleet = WorkerFleet.start(setting, NAME, limits, LATENCY_MILLIS, List.of())) {
            Backfill.add(fleet.gateway(), messages(setting), Lane.NORMAL);
            List<Double> rates = new ArrayList<>();
            for (int workers = 1; workers <= TIMES_MIN.size() + 1; workers++) {
                if (workers > 1) {
                    RunningProgram _ = fleet.join();
                }
                Thread.sleep(setting.warmUp());
                rates.add(Sends.count(fleet, setting.duration().dividedBy(2)).perSecond());
                setting.progress().accept("%s: %d workers: %.0f/s".formatted(NAME, workers, rates.getLast()));
            }
            Backfill.requireLeft(fleet.database(), Backfill.LEFT_MIN);
            return figures(rates);
        }
    }

    /** More than calls of that length can carry, with the time that workers take to start. */
    private static int messages(Setting setting) {
        Duration step = setting.warmUp().plus(setting.duration()).plusSeconds(10);
        int perSecondMax = CONCURRENCY * 1_000 / LATENCY_MILLIS;
        return (int) ((perSecondMax * 6L + LIMIT_PER_SECOND) * step.toSeconds());
    }

    private static List<Figure> figures(List<Double> rates) {
        List<Figure> figures = new ArrayList<>();
        double one = rates.getFirst();
        figures.add(Figure.of(NAME, "one worker, 50 ms a call", one, "msg/s", new Asked.Nothing())
                .with("calls_at_once", (double) CONCURRENCY));
        for (int i = 1; i < TIMES_MIN.size(); i++) {
            figures.add(Figure.of(
                            NAME,
                            (i + 1) + " workers, of one",
                            rates.get(i) / one,
                            "",
                            new Asked.AtLeast(TIMES_MIN.get(i)))
                    .with("per_s", rates.get(i)));
        }
        figures.add(Figure.of(
                NAME,
                rates.size() + " workers, of a limit of " + LIMIT_PER_SECOND + "/s",
                rates.getLast() / LIMIT_PER_SECOND * 100,
                "%",
                new Asked.AtLeast(UTILISATION_PERCENT_MIN)));
        return figures;
    }
}
