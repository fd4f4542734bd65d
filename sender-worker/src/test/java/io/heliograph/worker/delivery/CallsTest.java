package io.heliograph.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Lane;
import io.heliograph.worker.ledger.Claims.ToSend;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.testing.FakeProvider;
import io.heliograph.worker.testing.Outgoings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallsTest {
    private final FakeProvider provider = new FakeProvider();

    @Test
    void gives_a_limited_account_calls_of_its_own_and_small_ones() {
        ToSend first = of("+15005550010", 7);
        ToSend free = of("+15005550011", 1);
        ToSend second = of("+15005550012", 7);
        ToSend alsoFree = of("+15005550013", 2);

        assertThat(Calls.of(List.of(first, free, second, alsoFree), provider, account -> account == 7 ? 1 : null))
                .containsExactly(List.of(first), List.of(second), List.of(free, alsoFree));
    }

    @Test
    void puts_no_more_into_a_call_than_it_can_carry_and_keeps_the_order() {
        List<ToSend> claimed = Stream.of("+15005550010", "+15005550011", "+15005550012")
                .map(CallsTest::to)
                .toList();

        assertThat(Calls.of(claimed, provider, _ -> null))
                .containsExactly(claimed.subList(0, 2), claimed.subList(2, 3));
    }

    @Test
    void puts_together_only_what_the_provider_takes_together() {
        provider.together(outgoing -> outgoing.content().text());
        ToSend first = saying("a", "+15005550010");
        ToSend second = saying("b", "+15005550011");
        ToSend third = saying("a", "+15005550012");

        assertThat(Calls.of(List.of(first, second, third), provider, _ -> null))
                .containsExactly(List.of(first, third), List.of(second));
    }

    /** Its two receipts could not be told apart. */
    @Test
    void never_names_a_number_twice_in_a_call() {
        ToSend first = to("+919876543210");
        ToSend again = to("+919876543210");
        ToSend abroad = to("+19876543210");

        assertThat(Calls.of(List.of(first, again, abroad), provider, _ -> null))
                .containsExactly(List.of(first), List.of(again), List.of(abroad));
    }

    @Test
    void makes_no_call_of_nothing() {
        assertThat(Calls.of(List.of(), provider, _ -> null)).isEmpty();
    }

    private static ToSend to(String recipient) {
        return saying("Your table is ready", recipient);
    }

    private static ToSend saying(String text, String recipient) {
        Outgoing outgoing =
                Outgoings.ordinary().recipient(recipient).saying(text).build();
        return new ToSend(outgoing, Lane.NORMAL, 0, Duration.ZERO);
    }

    private static ToSend of(String recipient, long account) {
        Outgoing outgoing =
                Outgoings.ordinary().recipient(recipient).of(account).build();
        return new ToSend(outgoing, Lane.NORMAL, 0, Duration.ZERO);
    }
}
