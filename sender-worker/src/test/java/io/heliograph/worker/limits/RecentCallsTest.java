package io.heliograph.worker.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentCallsTest {
    private static final long MILLI = 1_000_000;
    /** The JVM's clock may begin anywhere. */
    private static final long START = -7_777 * MILLI;

    private final RecentCalls calls = new RecentCalls(START);

    @Test
    void are_those_of_the_fullest_second_lately() {
        for (int i = 0; i < 30; i++) {
            calls.add(START + 50L * i * MILLI);
        }

        assertThat(calls.count(START + 1_450 * MILLI)).isBetween(18L, 20L);
        assertThat(calls.count(START + 2_500 * MILLI)).isBetween(18L, 20L);
        assertThat(calls.count(START + 4_500 * MILLI)).isZero();
    }

    @Test
    void are_none_after_a_while() {
        calls.add(START);

        assertThat(calls.count(START)).isOne();
        assertThat(calls.count(START + 3_600_000 * MILLI)).isZero();
    }
}
