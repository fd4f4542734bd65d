package io.heliograph.simulator.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryRulesTest {
    @Test
    void repeat_once_and_only_without_a_connection_by_default() {
        assertThat(RetryRules.NORMAL.repeats("ct", 1, 0)).isTrue();
        assertThat(RetryRules.NORMAL.repeats("ct", 2, 0)).isFalse();
        assertThat(RetryRules.NORMAL.repeats("rt", 1, 0)).isFalse();
        assertThat(RetryRules.NORMAL.repeats("5xx", 1, 0)).isFalse();
        assertThat(RetryRules.NORMAL.repeats("ct", 1, 15_000)).isFalse();
    }

    @Test
    void are_read_from_the_fragment() {
        RetryRules rules = RetryRules.parse("rc=3&rp=5xx,ct,rt&ct=3000&rt=8000&tt=12000");

        assertThat(rules.connectTimeoutMillis()).isEqualTo(3_000);
        assertThat(rules.readTimeoutMillis()).isEqualTo(8_000);
        assertThat(rules.repeats("5xx", 3, 11_999)).isTrue();
        assertThat(rules.repeats("5xx", 4, 0)).isFalse();
        assertThat(rules.repeats("5xx", 1, 12_000)).isFalse();
        assertThat(rules.repeats("4xx", 1, 0)).isFalse();
        assertThat(RetryRules.parse("rp=all").repeats("4xx", 1, 0)).isTrue();
    }

    @Test
    void take_what_is_out_of_range_as_not_given() {
        assertThat(RetryRules.parse("rc=6&ct=99&rt=15001&tt=x")).isEqualTo(RetryRules.NORMAL);
    }
}
