package io.heliograph.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.worker.provider.Outcome.TryLater;
import io.heliograph.worker.provider.Stage.Day;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The same of providers that are spoken to by HTTP, which has a word for when to come back. */
abstract class HttpProviderContract extends ProviderContract {
    @Test
    void comes_back_when_it_is_told_to() {
        stage.play(Day.BUSY_FOR_SEVEN_SECONDS);

        assertThat(send())
                .isInstanceOfSatisfying(
                        TryLater.class, later -> assertThat(later.notBefore()).isEqualTo(Duration.ofSeconds(7)));
        assertThat(stage.calls()).isEqualTo(1);
    }

    /** Its server sends no Date, so the time that is left is counted from our own clock; a date has whole seconds. */
    @Test
    void comes_back_on_the_date_that_it_is_told() {
        stage.play(Day.BUSY_UNTIL_A_DATE);

        assertThat(send())
                .isInstanceOfSatisfying(
                        TryLater.class,
                        later -> assertThat(later.notBefore()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(7)));
        assertThat(stage.calls()).isEqualTo(1);
    }
}
