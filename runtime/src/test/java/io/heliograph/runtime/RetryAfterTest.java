package io.heliograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final String ANSWERED = "Fri, 20 Nov 2026 18:00:00 GMT";
    private static final Duration MAX = Duration.ofDays(1);

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
                -                             | PT0S
                0                             | PT0S
                7                             | PT7S
                999999999                     | PT24H
                99999999999999999999          | PT0S
                -5                            | PT0S
                soon                          | PT0S
                Fri, 20 Nov 2026 18:02:00 GMT | PT2M
                Fri, 20 Nov 2026 17:00:00 GMT | PT0S
                Thu, 20 Nov 2036 17:00:00 GMT | PT24H
                """)
    void reads_seconds_and_dates(@Nullable String text, Duration expected) {
        assertThat(RetryAfter.of(text, ANSWERED, MAX)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-", "yesterday"})
    void makes_nothing_of_a_date_without_another(@Nullable String answered) {
        assertThat(RetryAfter.of("Fri, 20 Nov 2026 18:02:00 GMT", answered, MAX))
                .isEqualTo(Duration.ZERO);
    }
}
