package io.heliograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final String ANSWERED = "Fri, 20 Nov 2026 18:00:00 GMT";
    private static final Instant NOW = Instant.parse("2026-11-20T18:01:00Z");
    private static final Duration MAX = Duration.ofDays(1);

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
                -                             | PT0S
                0                             | PT0S
                7                             | PT7S
                999999999                     | PT24H
                9999999999                    | PT24H
                99999999999999999999          | PT24H
                -5                            | PT0S
                soon                          | PT0S
                Fri, 20 Nov 2026 18:02:00 GMT | PT2M
                Fri, 20 Nov 2026 17:00:00 GMT | PT0S
                Thu, 20 Nov 2036 17:00:00 GMT | PT24H
                """)
    void reads_seconds_and_dates(@Nullable String text, Duration expected) {
        assertThat(RetryAfter.of(text, ANSWERED, NOW, MAX)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-", "yesterday"})
    void counts_a_date_from_our_own_clock_where_the_answer_has_none(@Nullable String answered) {
        assertThat(RetryAfter.of("Fri, 20 Nov 2026 18:02:00 GMT", answered, NOW, MAX))
                .isEqualTo(Duration.ofMinutes(1));
    }
}
