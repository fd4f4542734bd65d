package io.heliograph.torture.brownout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForecastTest {
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    @Test
    void is_the_same_for_the_same_seed_only() {
        List<Brownout> forecast = Forecast.of(1, TWO_MINUTES);

        assertThat(Forecast.of(1, TWO_MINUTES)).isEqualTo(forecast);
        assertThat(Forecast.of(2, TWO_MINUTES)).isNotEqualTo(forecast);
    }

    @Test
    void has_every_trouble_within_two_minutes_and_ends_with_the_load() {
        List<Brownout> forecast = Forecast.of(1, TWO_MINUTES);

        assertThat(forecast).extracting(Brownout::trouble).contains(Trouble.values());
        assertThat(forecast.getLast().end()).isLessThanOrEqualTo(TWO_MINUTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 40, 60, 120})
    void has_every_trouble_before_any_comes_again_however_short_it_is(int seconds) {
        List<Brownout> forecast = Forecast.of(1, Duration.ofSeconds(seconds));

        assertThat(forecast.subList(0, Trouble.values().length))
                .extracting(Brownout::trouble)
                .containsExactlyInAnyOrder(Trouble.values());
        assertThat(forecast.getLast().end()).isLessThanOrEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 7})
    void fits_in_the_shortest_run_that_may_be_asked_for(int seconds) {
        assertThat(Forecast.of(1, Duration.ofSeconds(seconds)))
                .isNotEmpty()
                .allMatch(one -> one.end().toSeconds() <= seconds);
    }

    @Test
    void begins_with_one_right_after_another_even_when_it_is_short() {
        List<Brownout> forecast = Forecast.of(1, Duration.ofSeconds(15));

        assertThat(forecast.get(1).at()).isEqualTo(forecast.get(0).end());
        assertThat(forecast)
                .first()
                .extracting(Brownout::trouble)
                .isNotEqualTo(forecast.get(1).trouble());
    }

    @Test
    void leaves_the_others_time_to_come_back() {
        List<Brownout> forecast = Forecast.of(1, TWO_MINUTES);

        for (int i = 2; i < forecast.size(); i++) {
            assertThat(forecast.get(i).at()).isGreaterThan(forecast.get(i - 1).end());
        }
    }
}
