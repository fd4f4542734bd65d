package io.heliograph.bench.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * How a load went.
 *
 * @param accepted requests that were answered with yes
 * @param acceptedInTime those of them that were answered before the load's time was over, which makes the rate
 * @param refused requests with another answer
 * @param broken requests without an answer
 * @param latenciesMicros of accepted requests, from when each was due to its answer
 */
public record LoadResult(
        long accepted,
        long acceptedInTime,
        long refused,
        long broken,
        int messagesPerRequest,
        Duration elapsed,
        Histogram latenciesMicros) {

    public long messages() {
        return accepted * messagesPerRequest;
    }

    public double messagesPerSecond() {
        return acceptedInTime * (double) messagesPerRequest / (elapsed.toNanos() / 1e9);
    }

    public double latencyMillis(double percentile) {
        return latenciesMicros.getValueAtPercentile(percentile) / 1e3;
    }

    public double latencyMillisMax() {
        return latenciesMicros.getMaxValue() / 1e3;
    }
}
