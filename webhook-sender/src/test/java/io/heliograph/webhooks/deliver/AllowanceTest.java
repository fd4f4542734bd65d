package io.heliograph.webhooks.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final Duration QUICK = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofSeconds(3);
    private static final long START = 1_000_000_000L;

    private final Allowance allowance = new Allowance(64, START);

    @Test
    void begins_small_and_grows_with_what_arrives_up_to_its_bound() {
        assertThat(allowance.free(START)).isEqualTo(8);

        end(100, true, QUICK);

        assertThat(allowance.free(START)).isEqualTo(64);
    }

    @Test
    void gives_nothing_while_all_of_it_is_under_way() {
        allowance.began(8, START);

        assertThat(allowance.free(START)).isZero();
    }

    @Test
    void lets_a_few_free_places_wait_for_more() {
        end(100, true, QUICK);
        allowance.began(60, START);

        assertThat(allowance.free(START)).isZero();
    }

    @Test
    void shrinks_to_one_where_nothing_arrives() {
        end(3, false, LONG);

        assertThat(allowance.free(START)).isOne();
    }

    @Test
    void rests_longer_and_longer_and_not_for_ever_where_nothing_arrives() {
        end(10, false, QUICK);
        assertThat(allowance.free(START)).isZero();
        assertThat(allowance.free(START + Duration.ofSeconds(1).toNanos())).isOne();

        end(100, false, QUICK);

        assertThat(allowance.isFailing()).isTrue();
        assertThat(allowance.free(START + Duration.ofSeconds(63).toNanos())).isZero();
        assertThat(allowance.free(START + Duration.ofSeconds(64).toNanos())).isOne();
    }

    @Test
    void recovers_with_the_first_success() {
        end(20, false, QUICK);

        end(1, true, QUICK);

        assertThat(allowance.isFailing()).isFalse();
        assertThat(allowance.free(START)).isEqualTo(2);
    }

    @Test
    void leaves_some_places_to_a_receiver_that_takes_its_time() {
        end(100, true, QUICK);

        end(100, true, LONG);

        assertThat(allowance.free(START)).isEqualTo(8);
    }

    private void end(int deliveries, boolean arrived, Duration took) {
        for (int i = 0; i < deliveries; i++) {
            allowance.began(1, START);
            allowance.ended(arrived, took, START);
        }
    }
}
