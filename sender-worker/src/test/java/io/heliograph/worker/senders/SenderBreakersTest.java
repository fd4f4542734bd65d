package io.heliograph.worker.senders;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.providers.Breaker;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.testing.Outgoings;
import io.heliograph.worker.testing.Own;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Whose fault it is that something failed: a sender's, or the account's. */
class SenderBreakersTest {
    private static final Breaker SETTINGS = new Breaker(50, 20, Duration.ofSeconds(10), Duration.ofSeconds(5), 50);
    private static final Outgoing FROM_A =
            Outgoings.ordinary().from("+15005550001").build();
    private static final Outgoing FROM_B =
            Outgoings.ordinary().from("+15005550002").build();

    private final SenderBreakers two =
            new SenderBreakers("twilio", Own.senders("+15005550001", "+15005550002"), SETTINGS, System::nanoTime);

    @Test
    void a_sender_is_left_alone_after_half_of_the_calls_that_the_accounts_breaker_looks_at() {
        fail(FROM_A, 9);
        assertThat(of(FROM_A).isWell()).isTrue();

        fail(FROM_A, 1);

        assertThat(of(FROM_A).isWell()).isFalse();
        assertThat(two.unwell()).containsExactly("+15005550001");
    }

    @Test
    void what_fails_is_the_accounts_until_its_sender_is_found_down() {
        fail(FROM_A, 9);
        assertThat(two.isSendersFault(FROM_A)).isFalse();

        fail(FROM_A, 1);

        assertThat(two.isSendersFault(FROM_A)).isTrue();
        assertThat(two.isSendersFault(FROM_B)).isFalse();
    }

    @Test
    void the_last_sender_that_is_well_stays_so_and_the_account_is_left_alone_instead() {
        fail(FROM_A, 10);
        fail(FROM_B, 100);

        assertThat(of(FROM_B).isWell()).isTrue();
        assertThat(two.isSendersFault(FROM_B)).isFalse();
    }

    @Test
    void nothing_is_held_against_a_sender_while_the_account_is_suspected() {
        two.suspectAccount();
        fail(FROM_A, 100);
        assertThat(of(FROM_A).isWell()).isTrue();

        two.answered(of(FROM_B), 1);
        fail(FROM_A, 10);

        assertThat(of(FROM_A).isWell()).isFalse();
    }

    @Test
    void an_account_with_a_single_sender_has_its_own_breaker_only() {
        SenderBreakers one = new SenderBreakers("twilio", Own.senders("+15005550001"), SETTINGS, System::nanoTime);

        assertThat(one.all()).isEmpty();
        assertThat(one.of(FROM_A)).isNull();
        assertThat(one.isSendersFault(FROM_A)).isFalse();
    }

    @Test
    void a_sender_that_the_file_does_not_name_has_none() {
        assertThat(two.of(Outgoings.ordinary().from("ACME").build())).isNull();
    }

    private SenderBreaker of(Outgoing message) {
        return Objects.requireNonNull(two.of(message));
    }

    private void fail(Outgoing message, int times) {
        for (int i = 0; i < times; i++) {
            two.failed(of(message), 1);
        }
    }
}
