package io.heliograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "5s, PT5S",
        "10m, PT10M",
        "72h, PT72H",
        "7d, PT168H",
        "0s, PT0S",
        "999999999d, P999999999D"
    })
    void reads_a_whole_number_and_a_unit(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "5 s", "-5s", "1.5s", "5S", "5w", "PT5S", "1000000000s", "5s5s", "٣s"})
    void refuses_any_other_shape(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"250ms", "1500ms", "5s", "90s", "10m", "90m", "5h", "25h", "7d"})
    void writes_the_shortest_text_that_it_reads_back(String text) {
        assertThat(Durations.write(Durations.parse(text))).isEqualTo(text);
    }
}
