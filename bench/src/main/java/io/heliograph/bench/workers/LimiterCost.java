package io.heliograph.bench.workers;

import io.heliograph.bench.load.LoadResult;
import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import io.heliograph.bench.rig.Processors;
import io.heliograph.bench.rig.Rig;
import io.heliograph.bench.rig.ThreadTimes;
import io.heliograph.bench.scenario.Scenario;
import io.heliograph.bench.scenario.Setting;
import io.heliograph.contract.Lane;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * What a limit costs at a thousand messages a second: the same worker under the same load, in turn with a limit that is a
 * little more than that and without any. Its processor time is counted, but for its compilers', and that of the database
 * connections which it leases slots on.
 */
public final class LimiterCost implements Scenario {
    private static final String NAME = "limiter-cost";
    private static final int PER_SECOND = 1_000;

    /** So near that slots are waited for, so far that no backlog grows. */
    private static final String LIMITED = "per_second: 1050";

    private static final String UNLIMITED = "";
    private static final double PERCENT_MAX = 2;
    private static final int PAIRS = 6;
    private static final int PAIRS_UNCOUNTED = 2;
    private static final int CONNECTIONS = 128;

    /** Until a changed file is in force everywhere, and what it changed has passed. */
    private static final Duration CHANGE = Duration.ofSeconds(3);

    private static final String LEASING = """
        SELECT pid FROM pg_stat_activity WHERE application_name = 'heliograph worker limits'""";

    /** Of one processor, in percent. */
    private record Cost(double worker, double database) {
        double both() {
            return worker + database;
        }

        Cost minus(Cost other) {
            return new Cost(worker - other.worker, database - other.database);
        }
    }

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
        Duration part = setting.duration().dividedBy(3);
        Duration load =
                setting.warmUp().plus(part.plus(CHANGE).plusSeconds(1).multipliedBy(2 * (PAIRS + PAIRS_UNCOUNTED)));
        try (WorkerFleet fleet = WorkerFleet.start(setting, NAME, UNLIMITED, 0, List.of())) {
            setting.progress().accept(NAME + ": " + load.toSeconds() + " s at a thousand a second");
            PacedMessages messages =
                    PacedMessages.start(fleet.gateway(), Rig.API_KEY, Lane.NORMAL, PER_SECOND, CONNECTIONS, load);
            Thread.sleep(setting.warmUp());
            List<Cost> with = new ArrayList<>();
            List<Cost> without = new ArrayList<>();
            // What is compiled for the first time must not be counted as anybody's cost.
            for (int i = 0; i < PAIRS_UNCOUNTED; i++) {
                Cost _ = measure(fleet, LIMITED, part);
                Cost _ = measure(fleet, UNLIMITED, part);
            }
            for (int i = 0; i < PAIRS; i++) {
                // Each goes first as often as the other, as whatever still becomes faster or slower favours the second.
                boolean limitedFirst = i % 2 == 1;
                (limitedFirst ? with : without).add(measure(fleet, limitedFirst ? LIMITED : UNLIMITED, part));
                (limitedFirst ? without : with).add(measure(fleet, limitedFirst ? UNLIMITED : LIMITED, part));
                setting.progress()
                        .accept("%s: %.1f %% of a processor without, %.1f %% with"
                                .formatted(
                                        NAME,
                                        without.getLast().both(),
                                        with.getLast().both()));
            }
            if (messages.isOver()) {
                throw new IllegalStateException("The load ended before the measurement");
            }
            double perSecond = fleet.seen().accepted() / (load.toNanos() / 1e9);
            LoadResult _ = messages.await();
            return List.of(figure(with, without)
                    .with("limited_peak_per_s", fleet.seen().peakPerSecond())
                    .with("sent_per_s", perSecond));
        }
    }

    private static Cost measure(WorkerFleet fleet, String limits, Duration part) throws Exception {
        fleet.providers().write(limits);
        Thread.sleep(CHANGE);
        List<Long> leasing = leasing(fleet);
        long worker = fleet.workers().getFirst().process().pid();
        ThreadTimes workerBefore = ThreadTimes.of(worker);
        Duration databaseBefore = Processors.used(leasing);
        long start = System.nanoTime();
        Thread.sleep(part);
        double nanos = System.nanoTime() - start;
        return new Cost(
                ThreadTimes.of(worker).since(workerBefore).toNanos() / nanos * 100,
                Processors.used(leasing).minus(databaseBefore).toNanos() / nanos * 100);
    }

    private static List<Long> leasing(WorkerFleet fleet) throws SQLException {
        return fleet.database().rows(LEASING).stream()
                .map(row -> Long.valueOf(row.getFirst()))
                .toList();
    }

    private static Figure figure(List<Cost> with, List<Cost> without) {
        List<Cost> differences = new ArrayList<>();
        for (int i = 0; i < with.size(); i++) {
            differences.add(with.get(i).minus(without.get(i)));
        }
        DoubleSummaryStatistics difference =
                differences.stream().mapToDouble(Cost::both).summaryStatistics();
        return Figure.of(
                        NAME,
                        "a limit at 1,000/s, of one processor",
                        median(differences.stream().map(Cost::both).toList()),
                        "%",
                        new Asked.AtMost(PERCENT_MAX))
                .with("least", difference.getMin())
                .with("most", difference.getMax())
                .with("mean", difference.getAverage())
                .with("worker", median(differences.stream().map(Cost::worker).toList()))
                .with(
                        "database",
                        median(differences.stream().map(Cost::database).toList()))
                .with("with", median(with.stream().map(Cost::both).toList()))
                .with("without", median(without.stream().map(Cost::both).toList()));
    }

    /** One pair that something else disturbed says nothing. */
    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
