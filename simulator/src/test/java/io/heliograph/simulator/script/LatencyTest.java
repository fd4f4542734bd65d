package io.heliograph.simulator.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyTest {
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void is_always_the_same_when_fixed() {
        assertThat(new Latency.Fixed(40).sampleMillis(random)).isEqualTo(40);
    }

    @Test
    void stays_between_its_ends_when_uniform() {
        Latency latency = new Latency.Uniform(10, 12);

        assertThat(LongStream.generate(() -> latency.sampleMillis(random)).limit(1_000))
                .containsOnly(10L, 11L, 12L);
    }

    @Test
    void has_the_percentiles_that_were_asked_for_when_log_normal() {
        Latency latency = new Latency.LogNormal(40, 400);

        long[] samples = LongStream.generate(() -> latency.sampleMillis(random))
                .limit(100_000)
                .sorted()
                .toArray();

        assertThat(samples[50_000]).isBetween(39L, 41L);
        assertThat(samples[99_000]).isBetween(360L, 440L);
    }
}
