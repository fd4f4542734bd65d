package io.heliograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace(Duration.ofMillis(25), Duration.ofMillis(250), 20);

    @Test
    void rests_for_its_share_after_a_run() {
        assertThat(restAfter(5)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void rests_for_no_less_than_the_minimum() {
        assertThat(restAfter(0)).isEqualTo(Duration.ofMillis(25));
    }

    @Test
    void rests_no_longer_than_the_maximum_after_a_slow_run() {
        assertThat(restAfter(180)).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void never_takes_more_than_half_of_the_time() {
        assertThat(restAfter(900)).isEqualTo(Duration.ofMillis(900));
    }

    private Duration restAfter(long millis) {
        return Duration.ofNanos(pace.restNanos(Duration.ofMillis(millis).toNanos()));
    }
}
