package io.heliograph.bench.scenario;

import io.heliograph.bench.load.LoadResult;
import io.heliograph.bench.report.Figure;

/**
 * What a pipeline did under a load that came at a fixed rate. Everything but the load leaves the warm-up out.
 *
 * @param sentPerSecond recorded as sent
 * @param receiptsPerSecond callbacks stored
 * @param backlogGrowthPerSecond promises outstanding, as a trend
 * @param drainSeconds from the end of the load until nothing was outstanding
 */
record SteadyResult(
        double offeredPerSecond,
        LoadResult load,
        double sentPerSecond,
        double receiptsPerSecond,
        AcceptToSent acceptToSent,
        double backlogGrowthPerSecond,
        long backlogMax,
        double outboxMegabytesMax,
        double drainSeconds) {
    private static final double KEPT_UP = 0.98;
    private static final double GROWTH_SHARE_MAX = 0.01;

    /** Milliseconds from a message's commit to that of its record. */
    record AcceptToSent(double p50, double p99, double max) {}

    /** It sent what came in, and the backlog did not grow by more than a hundredth of that. */
    boolean isSteady() {
        return sentPerSecond >= KEPT_UP * offeredPerSecond
                && backlogGrowthPerSecond <= GROWTH_SHARE_MAX * offeredPerSecond;
    }

    double growthPercent() {
        return backlogGrowthPerSecond / offeredPerSecond * 100;
    }

    Figure details(Figure figure) {
        return figure.with("offered_per_s", offeredPerSecond)
                .with("receipts_per_s", receiptsPerSecond)
                .with("refused", (double) load.refused())
                .with("accept_p50_ms", load.latencyMillis(50))
                .with("accept_p99_ms", load.latencyMillis(99))
                .with("to_sent_p50_ms", acceptToSent.p50())
                .with("to_sent_p99_ms", acceptToSent.p99())
                .with("to_sent_max_ms", acceptToSent.max())
                .with("backlog_max", (double) backlogMax)
                .with("drain_s", drainSeconds);
    }
}
