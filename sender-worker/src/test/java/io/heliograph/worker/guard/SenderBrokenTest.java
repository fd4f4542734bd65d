package io.heliograph.worker.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.heliograph.contract.Reason;
import io.heliograph.providers.Breaker;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outcome.Refused;
import io.heliograph.worker.provider.Outcome.TryLater;
import io.heliograph.worker.provider.Outcome.Unknown;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.Provider;
import io.heliograph.worker.senders.SenderBreakers;
import io.heliograph.worker.testing.FakeProvider;
import io.heliograph.worker.testing.Outgoings;
import io.heliograph.worker.testing.Own;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An account's breaker around those of its senders. */
class SenderBrokenTest {
    private static final String A = "+15005550001";
    private static final String B = "+15005550002";
    private static final Duration REST = Duration.ofSeconds(10);

    private final FakeProvider provider = new FakeProvider();
    private final SenderBreakers senders = new SenderBreakers(
            "twilio",
            Own.senders(A, B),
            new Breaker(50, 20, Duration.ofSeconds(10), Duration.ofSeconds(5), 50),
            System::nanoTime);
    private final CircuitBreaker account = CircuitBreaker.of(
            "twilio",
            CircuitBreakerConfig.custom()
                    .slidingWindowSize(20)
                    .minimumNumberOfCalls(20)
                    .build());
    private final Provider guarded =
            new CircuitBroken(new SenderBroken(provider, senders, REST), account, senders::isSendersFault);

    @Test
    void leaves_a_sender_alone_that_loses_answers_and_goes_on_with_another() {
        provider.answer(outgoing -> isFrom(A, outgoing) ? new Unknown("answer_lost") : new Accepted("one"));

        send(A, 100);

        assertThat(provider.sent()).hasSize(10);
        assertThat(sendFrom(A)).isEqualTo(new TryLater("sender_paused", Reason.PROVIDER_PAUSED, Pace.NOT_TRIED, REST));
        assertThat(sendFrom(B)).isEqualTo(new Accepted("one"));
        assertThat(account.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void calls_that_were_under_way_when_their_sender_was_found_down_do_not_count_against_the_account() {
        provider.answer(outgoing -> {
            // The other calls end while this one is under way.
            if (provider.sent().size() < 40) {
                Outcome _ = sendFrom(A);
            }
            return new Unknown("answer_lost");
        });

        Outcome _ = sendFrom(A);

        assertThat(provider.sent()).hasSize(40);
        assertThat(senders.unwell()).containsExactly(A);
        assertThat(account.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void leaves_the_account_alone_when_all_senders_fail() {
        provider.answer(_ -> new TryLater("provider_unreachable", Reason.PROVIDER_UNREACHABLE, Pace.AWAY));

        send(A, 10);
        send(B, 50);

        assertThat(account.getState()).isEqualTo(State.OPEN);
        assertThat(provider.sent()).hasSizeLessThanOrEqualTo(30);
    }

    @Test
    void leaves_a_sender_alone_that_the_provider_does_not_let_us_use() {
        provider.answer(outgoing ->
                isFrom(A, outgoing) ? new Refused("21606", Reason.PROVIDER_CONFIGURATION, true) : new Accepted("one"));

        send(A, 100);

        assertThat(provider.sent()).hasSize(10);
        assertThat(account.getState()).isEqualTo(State.CLOSED);
        assertThat(account.getMetrics().getNumberOfFailedCalls()).isZero();
    }

    @Test
    void holds_no_other_refusal_against_a_sender() {
        provider.answer(_ -> new Refused("21211", Reason.REFUSED_BY_PROVIDER));

        send(A, 100);

        assertThat(provider.sent()).hasSize(100);
    }

    private void send(String sender, int times) {
        for (int i = 0; i < times; i++) {
            Outcome _ = sendFrom(sender);
        }
    }

    private Outcome sendFrom(String sender) {
        return guarded.send(List.of(Outgoings.ordinary().from(sender).build())).getFirst();
    }

    private static boolean isFrom(String sender, Outgoing outgoing) {
        return sender.equals(outgoing.sender());
    }
}
