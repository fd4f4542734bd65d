package io.heliograph.bench.workers;

import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import io.heliograph.bench.rig.JavaProcess;
import io.heliograph.bench.scenario.Scenario;
import io.heliograph.bench.scenario.Setting;
import io.heliograph.contract.Lane;
import java.time.Duration;
import java.util.List;

/** One worker that sends each message in a call of its own, to a provider that takes five milliseconds for it. */
public final class SingleWorker implements Scenario {
    private static final String NAME = "single";
    private static final double PER_SECOND_MIN = 3_000;
    private static final double CORES_MAX = 1;
    private static final int LATENCY_MILLIS = 5;

    /** More than a worker sends in a second: how much of a backlog it takes to keep it busy. */
    private static final int PER_SECOND_MAX = 10_000;

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
        try (WorkerFleet fleet = WorkerFleet.start(setting, NAME, "concurrency: 64", LATENCY_MILLIS, List.of())) {
            // The routes are known now. It comes back when there is something to do.
            fleet.leave();
            Duration length = setting.warmUp().plus(setting.duration());
            setting.progress().accept(NAME + ": taking in a backlog");
            Backfill.add(fleet.gateway(), (int) (PER_SECOND_MAX * length.toSeconds()), Lane.NORMAL);
            JavaProcess worker = fleet.join().process();
            setting.progress().accept(NAME + ": draining it");
            Thread.sleep(setting.warmUp());
            Duration used = worker.processorTime();
            Sends sends = Sends.count(fleet, setting.duration());
            double cores = worker.processorTime().minus(used).toNanos() / 1e9 / sends.seconds();
            Backfill.requireLeft(fleet.database(), Backfill.LEFT_MIN);
            return figures(sends.perSecond(), cores);
        }
    }

    private static List<Figure> figures(double perSecond, double cores) {
        return List.of(
                Figure.of(NAME, "one call a message, 5 ms each", perSecond, "msg/s", new Asked.AtLeast(PER_SECOND_MIN))
                        .with("cores", cores),
                Figure.of(
                        NAME,
                        "processor for 3,000 of them a second",
                        cores * PER_SECOND_MIN / perSecond,
                        "cores",
                        new Asked.AtMost(CORES_MAX)));
    }
}
