package io.heliograph.simulator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeakWindowTest {
    private static final long START = 1_795_080_000_000L;

    private final PeakWindow second = new PeakWindow(1_000);

    @Test
    void finds_the_peak_wherever_its_second_begins() {
        second.add(START, 3);
        second.add(START + 900, 4);
        second.add(START + 1_000, 5);
        second.add(START + 1_899, 1);
        second.add(START + 1_900, 1);

        assertThat(second.peak()).isEqualTo(10);
    }

    @Test
    void forgets_after_a_second_to_the_millisecond() {
        second.add(START, 1);
        second.add(START + 999, 1);
        assertThat(second.peak()).isEqualTo(2);

        second.add(START + 100_000, 1);
        second.add(START + 100_999, 1);
        second.add(START + 101_000, 1);

        assertThat(second.peak()).isEqualTo(2);
    }

    @Test
    void counts_what_comes_a_little_late() {
        second.add(START + 5, 1);
        second.add(START, 1);
        second.add(START + 1_002, 1);

        assertThat(second.peak()).isEqualTo(2);
    }

    @Test
    void agrees_with_a_count_of_every_second() {
        SplittableRandom random = new SplittableRandom(7);
        long[] arrivals = random.longs(3_000, START, START + 10_000).sorted().toArray();

        for (long at : arrivals) {
            second.add(at, 1);
        }

        int wanted = IntStream.range(0, arrivals.length)
                .map(from -> (int) IntStream.range(from, arrivals.length)
                        .takeWhile(i -> arrivals[i] < arrivals[from] + 1_000)
                        .count())
                .max()
                .orElseThrow();
        assertThat(second.peak()).isEqualTo(wanted);
    }
}
