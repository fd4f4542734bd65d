package io.heliograph.worker.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.heliograph.providers.Breaker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProviderHealthTest {
    private final CircuitBreaker breaker =
            ProviderHealth.breaker("twilio", new Breaker(50, 20, Duration.ofMinutes(1), Duration.ofSeconds(5), 50));
    private final ProviderHealth health = new ProviderHealth(breaker, 100);

    @Test
    void allows_all_that_may_be_in_flight_while_the_provider_is_well() {
        assertThat(health.allowed()).isEqualTo(100);
    }

    @Test
    void allows_nothing_while_the_provider_is_left_alone() {
        breaker.transitionToOpenState();

        assertThat(health.allowed()).isZero();
    }

    @Test
    void allows_no_more_than_the_probes_while_it_is_tried() {
        tryOut();
        assertThat(health.allowed()).isEqualTo(3);

        beginProbe();
        beginProbe();
        beginProbe();
        assertThat(breaker.tryAcquirePermission()).isFalse();
    }

    @Test
    void gives_the_place_of_a_probe_that_has_ended_to_nobody_else() {
        tryOut();
        beginProbe();
        endProbe();

        assertThat(health.allowed()).isEqualTo(2);
    }

    @Test
    void allows_all_again_when_the_probes_have_succeeded() {
        tryOut();
        for (int probe = 0; probe < 3; probe++) {
            beginProbe();
            endProbe();
        }

        assertThat(health.allowed()).isEqualTo(100);
    }

    private void tryOut() {
        breaker.transitionToOpenState();
        breaker.transitionToHalfOpenState();
    }

    private void beginProbe() {
        assertThat(breaker.tryAcquirePermission()).isTrue();
    }

    private void endProbe() {
        breaker.onSuccess(1, TimeUnit.MILLISECONDS);
    }
}
