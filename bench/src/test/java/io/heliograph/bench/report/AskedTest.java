package io.heliograph.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AskedTest {
    @Test
    void measures_rates_by_the_yardstick() {
        assertThat(new Asked.TimesY(2.5).isMetBy(2_500, 1_000)).isTrue();
        assertThat(new Asked.TimesY(2.5).isMetBy(2_499, 1_000)).isFalse();
    }

    @Test
    void knows_upper_and_lower_limits() {
        assertThat(new Asked.AtMost(25).isMetBy(25, 1)).isTrue();
        assertThat(new Asked.AtMost(25).isMetBy(25.1, 1)).isFalse();
        assertThat(new Asked.AtLeast(0.8).isMetBy(0.79, 1)).isFalse();
    }
}
