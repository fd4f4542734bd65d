package io.heliograph.worker.recipients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlaceWaitsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void the_first_comes_when_the_first_place_is_free_and_the_others_with_the_next_ones() {
        PlaceWaits waits = new PlaceWaits(List.of(minutesAgo(10), minutesAgo(50)), NOON, 2, HOUR);

        assertThat(IntStream.range(0, 4).mapToObj(waits::of))
                .containsExactly(minutes(10), minutes(50), minutes(70), minutes(110));
    }

    @Test
    void urgent_ones_beyond_the_limit_have_to_be_over_first() {
        PlaceWaits waits = new PlaceWaits(List.of(minutesAgo(50), minutesAgo(40), minutesAgo(10)), NOON, 2, HOUR);

        assertThat(waits.of(0)).isEqualTo(minutes(20));
        assertThat(waits.of(1)).isEqualTo(minutes(50));
    }

    private static Instant minutesAgo(long minutes) {
        return NOON.minus(minutes(minutes));
    }

    private static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }
}
