package io.heliograph.simulator.calls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SegmentsTest {
    @Test
    void counts_gsm_text_in_160_or_153_septets() {
        assertThat(Segments.count("")).isEqualTo(1);
        assertThat(Segments.count("a".repeat(160))).isEqualTo(1);
        assertThat(Segments.count("a".repeat(161))).isEqualTo(2);
        assertThat(Segments.count("a".repeat(306))).isEqualTo(2);
        assertThat(Segments.count("a".repeat(307))).isEqualTo(3);
    }

    @Test
    void counts_an_extended_character_twice_and_does_not_split_it() {
        assertThat(Segments.count("€".repeat(80))).isEqualTo(1);
        assertThat(Segments.count("€".repeat(80) + "a")).isEqualTo(2);
        assertThat(Segments.count("€".repeat(153))).isEqualTo(3);
    }

    @Test
    void counts_ucs_2_text_in_70_or_67_units() {
        assertThat(Segments.count("ç")).isEqualTo(1);
        assertThat(Segments.count("я".repeat(70))).isEqualTo(1);
        assertThat(Segments.count("я".repeat(71))).isEqualTo(2);
        assertThat(Segments.count("я".repeat(134))).isEqualTo(2);
        assertThat(Segments.count("я".repeat(135))).isEqualTo(3);
    }

    @Test
    void does_not_split_a_surrogate_pair() {
        assertThat(Segments.count("🙂".repeat(35))).isEqualTo(1);
        assertThat(Segments.count("🙂".repeat(36))).isEqualTo(2);
        assertThat(Segments.count("🙂".repeat(66))).isEqualTo(2);
        assertThat(Segments.count("🙂".repeat(67))).isEqualTo(3);
    }
}
