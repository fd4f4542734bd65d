package io.heliograph.simulator.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlidingSecondTest {
    @Test
    void admits_no_more_in_any_second_wherever_it_begins() {
        SlidingSecond second = new SlidingSecond(2);

        assertThat(second.admits(10_000, 1)).isTrue();
        assertThat(second.admits(10_900, 1)).isTrue();
        assertThat(second.admits(10_999, 1)).isFalse();
        assertThat(second.admits(11_000, 1)).isTrue();
        assertThat(second.admits(11_899, 1)).isFalse();
        assertThat(second.admits(11_900, 1)).isTrue();
    }

    @Test
    void admits_several_together_or_none_of_them() {
        SlidingSecond second = new SlidingSecond(5);

        assertThat(second.admits(10_000, 3)).isTrue();
        assertThat(second.admits(10_500, 3)).isFalse();
        assertThat(second.admits(10_500, 2)).isTrue();
        assertThat(second.admits(10_999, 0)).isTrue();
        assertThat(second.admits(11_000, 4)).isFalse();
        assertThat(second.admits(11_000, 3)).isTrue();
        assertThat(second.admits(20_000, 6)).isFalse();
        assertThat(second.admits(20_000, 5)).isTrue();
    }
}
