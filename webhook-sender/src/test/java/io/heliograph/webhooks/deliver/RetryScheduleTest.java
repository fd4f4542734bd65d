package io.heliograph.webhooks.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final Duration DAY = Duration.ofHours(24);
    private static final RetrySchedule LONGEST = new RetrySchedule(DAY, () -> 1);

    @Test
    void pauses_longer_and_longer_and_ends_after_a_day() {
        List<Duration> pauses = new ArrayList<>();
        Duration age = Duration.ZERO;
        Optional<Duration> next = LONGEST.pauseAfter(1, age, Duration.ZERO);
        while (next.isPresent()) {
            pauses.add(next.get());
            age = age.plus(next.get());
            next = LONGEST.pauseAfter(pauses.size() + 1, age, Duration.ZERO);
        }

        assertThat(pauses)
                .startsWith(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(10),
                        Duration.ofHours(1),
                        Duration.ofHours(3),
                        Duration.ofHours(6),
                        Duration.ofHours(6));
        assertThat(age).isEqualTo(DAY);
    }

    @Test
    void takes_any_part_of_a_pause_and_never_none() {
        assertThat(new RetrySchedule(DAY, () -> 0.25).pauseAfter(2, Duration.ZERO, Duration.ZERO))
                .contains(Duration.ofMillis(7_500));
        assertThat(new RetrySchedule(DAY, () -> 0).pauseAfter(2, Duration.ZERO, Duration.ZERO))
                .contains(Duration.ofSeconds(1));
    }

    @Test
    void waits_as_long_as_the_receiver_asks_and_no_longer_than_its_time() {
        assertThat(LONGEST.pauseAfter(1, Duration.ZERO, Duration.ofHours(2))).contains(Duration.ofHours(2));
        assertThat(LONGEST.pauseAfter(1, Duration.ofHours(23), Duration.ofHours(2)))
                .contains(Duration.ofHours(1));
    }

    @Test
    void ends_after_so_many_tries_whatever_their_pauses_were() {
        assertThat(LONGEST.pauseAfter(50, Duration.ZERO, Duration.ZERO)).isEmpty();
        assertThat(LONGEST.pauseAfter(32_000, Duration.ofMinutes(1), Duration.ZERO))
                .isEmpty();
    }
}
