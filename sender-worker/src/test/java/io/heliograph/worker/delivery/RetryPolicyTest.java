package io.heliograph.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Reason;
import io.heliograph.providers.Retry;
import io.heliograph.worker.delivery.RetryPolicy.Next;
import io.heliograph.worker.delivery.RetryPolicy.Next.Again;
import io.heliograph.worker.delivery.RetryPolicy.Next.Never;
import io.heliograph.worker.provider.Outcome.TryLater;
import io.heliograph.worker.provider.Pace;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
    private static final Duration LONG = Duration.ofDays(3);
    private static final double LATEST = 1;

    private final RetryPolicy policy = new RetryPolicy(new Retry(8, Duration.ofSeconds(1), Duration.ofMinutes(5)));

    @ParameterizedTest
    @CsvSource({"0, 1000", "1, 2000", "2, 4000", "3, 8000", "6, 64000"})
    void doubles_the_ceiling_with_each_try_of_a_busy_provider(int triesBefore, long millis) {
        assertThat(policy.next(later(Pace.BUSY), triesBefore, LONG, LATEST))
                .isEqualTo(new Again(Duration.ofMillis(millis)));
    }

    /** What the system before this one did: three tries, five minutes apart. */
    @Test
    void pauses_exactly_so_long_for_whoever_wants_no_jitter() {
        RetryPolicy exact =
                new RetryPolicy(new Retry(3, Duration.ofMinutes(5), Duration.ofMinutes(5), Retry.Jitter.NONE));

        assertThat(exact.next(later(Pace.BUSY), 0, LONG, 0)).isEqualTo(new Again(Duration.ofMinutes(5)));
        assertThat(exact.next(later(Pace.BUSY), 1, LONG, 0.5)).isEqualTo(new Again(Duration.ofMinutes(5)));
        assertThat(exact.next(later(Pace.BUSY), 2, LONG, 0.5)).isEqualTo(new Never(Reason.ATTEMPTS_USED_UP));
        // An outage is everybody's, and everybody must not come back at once.
        assertThat(exact.next(later(Pace.AWAY), 0, LONG, 0.5)).isEqualTo(new Again(Duration.ofSeconds(10)));
    }

    @Test
    void stops_doubling_at_a_cap() {
        RetryPolicy patient = new RetryPolicy(new Retry(1_000, Duration.ofSeconds(1), Duration.ofMinutes(5)));

        assertThat(patient.next(later(Pace.BUSY), 100, LONG, LATEST)).isEqualTo(new Again(Duration.ofMinutes(5)));
        assertThat(patient.next(later(Pace.MUCH_LATER), 100, LONG, LATEST)).isEqualTo(new Again(Duration.ofHours(1)));
    }

    @Test
    void spreads_the_tries_over_the_whole_span() {
        assertThat(policy.next(later(Pace.BUSY), 3, LONG, 0)).isEqualTo(new Again(Duration.ZERO));
        assertThat(policy.next(later(Pace.BUSY), 3, LONG, 0.5)).isEqualTo(new Again(Duration.ofSeconds(4)));
    }

    @Test
    void never_comes_back_before_the_provider_said() {
        TryLater later = new TryLater("20429", Reason.PROVIDER_BUSY, Pace.BUSY, Duration.ofSeconds(30));

        assertThat(policy.next(later, 0, LONG, 0)).isEqualTo(new Again(Duration.ofSeconds(30)));
        assertThat(policy.next(later, 0, LONG, LATEST)).isEqualTo(new Again(Duration.ofSeconds(31)));
    }

    @ParameterizedTest
    @CsvSource({"BUSY", "APART", "MUCH_LATER"})
    void gives_up_when_the_provider_has_put_it_off_too_often(Pace pace) {
        assertThat(policy.next(later(pace), 6, LONG, LATEST)).isInstanceOf(Again.class);
        assertThat(policy.next(later(pace), 7, LONG, LATEST)).isEqualTo(new Never(Reason.ATTEMPTS_USED_UP));
    }

    @ParameterizedTest
    @CsvSource({"AWAY", "NOT_TRIED"})
    void goes_on_through_an_outage_for_as_long_as_the_message_is_valid(Pace pace) {
        Next next = policy.next(later(pace), 1_000, LONG, LATEST);

        assertThat(next).isInstanceOf(Again.class);
    }

    @Test
    void fails_now_what_would_have_expired_by_the_next_try() {
        assertThat(policy.next(later(Pace.MUCH_LATER), 0, Duration.ofSeconds(10), LATEST))
                .isEqualTo(new Never(Reason.VALIDITY_PASSED));
    }

    private static TryLater later(Pace pace) {
        return new TryLater("20429", Reason.PROVIDER_BUSY, pace);
    }
}
