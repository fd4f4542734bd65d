package io.heliograph.worker.senders;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Channel;
import io.heliograph.providers.Breaker;
import io.heliograph.providers.routing.SenderIdentity;
import io.heliograph.providers.routing.Senders;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.testing.Outgoings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChooseSenderTest {
    private static final String HERE = "+15005550001";
    private static final String SPARE = "+15005550002";
    private static final String INDIA = "+15005550003";

    private final Senders senders =
            new Senders(List.of(sender(HERE, List.of()), sender(SPARE, List.of()), sender(INDIA, List.of("+91"))));
    private final SenderBreakers breakers = new SenderBreakers(
            "twilio",
            senders,
            new Breaker(50, 20, Duration.ofSeconds(10), Duration.ofSeconds(5), 50),
            System::nanoTime);
    private final Function<Outgoing, @Nullable String> choice = choice(false);

    @Test
    void says_what_is_usual_while_all_are_well() {
        assertThat(choice.apply(Outgoings.to("+15005550010"))).isNull();
        assertThat(choice.apply(Outgoings.ordinary().from("ACME").build())).isEqualTo("ACME");
    }

    @Test
    void takes_the_next_that_may_write_to_the_recipient_while_one_is_down() {
        down(HERE);
        down(INDIA);

        assertThat(choice.apply(Outgoings.to("+15005550010"))).isEqualTo(SPARE);
        assertThat(choice.apply(Outgoings.to("+919800000000"))).isEqualTo(SPARE);
    }

    @Test
    void keeps_to_the_usual_one_when_none_that_may_write_to_the_recipient_is_well() {
        down(HERE);
        down(SPARE);

        assertThat(choice.apply(Outgoings.to("+15005550010"))).isNull();
        assertThat(choice.apply(Outgoings.to("+919800000000"))).isEqualTo(INDIA);
    }

    @Test
    void a_message_that_names_its_sender_comes_from_no_other() {
        down(HERE);

        assertThat(choice.apply(Outgoings.ordinary().from(HERE).build())).isEqualTo(HERE);
    }

    @Test
    void leaves_it_to_the_slots_where_these_have_senders() {
        down(HERE);

        assertThat(choice(true).apply(Outgoings.to("+15005550010"))).isNull();
    }

    @Test
    void offers_one_that_is_tried_to_the_next_message_and_to_no_other_before_it_is_offered_again() {
        down(HERE);
        of(HERE).breaker().transitionToHalfOpenState();
        assertThat(choice.apply(Outgoings.to("+15005550010"))).isEqualTo(HERE);
        assertThat(choice(true).apply(Outgoings.to("+15005550010"))).isEqualTo(HERE);

        assertThat(of(HERE).tryAcquire()).isTrue();
        assertThat(choice.apply(Outgoings.to("+15005550010"))).isEqualTo(SPARE);

        of(HERE).offer();
        assertThat(choice.apply(Outgoings.to("+15005550010"))).isEqualTo(HERE);
    }

    private void down(String sender) {
        of(sender).breaker().transitionToOpenState();
    }

    private SenderBreaker of(String sender) {
        return Objects.requireNonNull(breakers.of(sender));
    }

    private ChooseSender choice(boolean slotsChoose) {
        return new ChooseSender(senders, breakers, Outgoing::sender, slotsChoose);
    }

    private static SenderIdentity sender(String address, List<String> prefixes) {
        return new SenderIdentity(address, Set.of(Channel.SMS), prefixes, null);
    }
}
