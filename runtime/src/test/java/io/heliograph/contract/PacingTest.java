package io.heliograph.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacingTest {
    @Test
    void puts_little_before_a_slow_provider() {
        Pacing slow = new Pacing(10);

        assertThat(slow.idsMax()).isEqualTo(1);
        assertThat(slow.queueEnvelopesMax(200)).isEqualTo(5);
        assertThat(slow.prefetch(30)).isEqualTo(3);
    }

    @Test
    void puts_more_before_a_fast_one() {
        Pacing fast = new Pacing(2_000);

        assertThat(fast.idsMax()).isEqualTo(100);
        assertThat(fast.queueEnvelopesMax(200)).isEqualTo(10);
        assertThat(fast.prefetch(30)).isEqualTo(6);
    }

    @Test
    void puts_as_much_as_is_allowed_before_one_without_a_limit() {
        assertThat(Pacing.UNLIMITED.idsMax()).isEqualTo(100);
        assertThat(Pacing.UNLIMITED.queueEnvelopesMax(200)).isEqualTo(200);
        assertThat(Pacing.UNLIMITED.prefetch(30)).isEqualTo(30);
    }
}
