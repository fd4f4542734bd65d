package io.heliograph.bench.scenario;

import io.heliograph.bench.load.LoadResult;
import io.heliograph.bench.report.Figure;

/** Adds to a figure what its load saw. */
final class Latencies {
    private Latencies() {}

    static Figure of(LoadResult result, Figure figure) {
        return figure.with("requests", (double) result.accepted())
                .with("refused", (double) result.refused())
                .with("p50_ms", result.latencyMillis(50))
                .with("p90_ms", result.latencyMillis(90))
                .with("p99_ms", result.latencyMillis(99))
                .with("p99.9_ms", result.latencyMillis(99.9))
                .with("max_ms", result.latencyMillisMax());
    }
}
