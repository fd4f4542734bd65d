package io.heliograph.bench.report;

import java.util.List;

/**
 * What the same machine does with nothing of ours, measured before and after.
 *
 * @param transactionsPerSecond of pgbench; their mean is Y
 * @param brokerMessagesPerSecond of PerfTest; empty when no scenario used the broker
 */
public record Yardsticks(List<Double> transactionsPerSecond, List<Double> brokerMessagesPerSecond) {
    public double y() {
        return mean(transactionsPerSecond);
    }

    public static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** How far apart the measurements are, in hundredths of their mean. */
    public static double spreadPercent(List<Double> values) {
        var range = values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        return values.isEmpty() ? 0 : (range.getMax() - range.getMin()) / range.getAverage() * 100;
    }
}
