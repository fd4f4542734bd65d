package io.heliograph.bench.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StretchTest {
    private static final long FROM = 10_000;
    private static final long TO = 20_000;

    @Test
    void finds_the_rate_wherever_the_stretch_begins() {
        for (int offset = 0; offset < 100; offset += 7) {
            long first = offset;
            long[] arrivals = LongStream.range(0, 300).map(i -> first + i * 102).toArray();

            assertThat(Stretch.between(arrivals, FROM, TO).perSecond()).isCloseTo(1_000 / 102.0, within(1e-9));
        }
    }

    @Test
    void counts_a_rest_at_either_end() {
        long[] late = LongStream.range(0, 200).map(i -> 15_000 + i * 100).toArray();
        long[] early = LongStream.range(0, 150).map(i -> i * 100).toArray();

        assertThat(Stretch.between(late, FROM, TO).perSecond()).isCloseTo(5, within(0.1));
        assertThat(Stretch.between(early, FROM, TO).perSecond()).isCloseTo(5, within(0.1));
    }

    @Test
    void is_nothing_where_nothing_arrived() {
        assertThat(Stretch.between(new long[0], FROM, TO)).isEqualTo(new Stretch(0, 0));
    }
}
