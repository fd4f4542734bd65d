package io.heliograph.simulator.script;

import java.util.random.RandomGenerator;

/** How long something takes, as a distribution. */
public sealed interface Latency {
    Latency NONE = new Fixed(0);

    long sampleMillis(RandomGenerator random);

    /** Always the same. */
    record Fixed(long millis) implements Latency {
        @Override
        public long sampleMillis(RandomGenerator random) {
            return millis;
        }
    }

    /** Anything from the smallest to the largest, both included. */
    record Uniform(long minMillis, long maxMillis) implements Latency {
        @Override
        public long sampleMillis(RandomGenerator random) {
            return random.nextLong(minMillis, maxMillis + 1);
        }
    }

    /** Log-normal, the usual shape of a service's answers: half are under p50, one in a hundred is over p99. */
    record LogNormal(double p50Millis, double p99Millis) implements Latency {
        /** The 99th percentile of the normal distribution, in standard deviations. */
        private static final double DEVIATIONS_P99 = 2.3263478740408408;

        private static final double MILLIS_MAX = 120_000;

        @Override
        public long sampleMillis(RandomGenerator random) {
            double deviation = Math.log(p99Millis / p50Millis) / DEVIATIONS_P99;
            double sample = p50Millis * Math.exp(deviation * random.nextGaussian());
            return Math.round(Math.min(sample, MILLIS_MAX));
        }
    }
}
