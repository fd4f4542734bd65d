package io.heliograph.torture.brownout;

import static io.heliograph.simulator.ledger.Provider.PLIVO;
import static io.heliograph.simulator.ledger.Provider.TWILIO;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.simulator.ledger.LedgerSummary;
import io.heliograph.simulator.ledger.LedgerSummary.AtProvider;
import io.heliograph.simulator.ledger.LedgerSummary.Callbacks;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final Duration NEVER = Duration.ofDays(1);

    private final Traffic traffic = new Traffic();
    private int second;
    private AtProvider twilio = counts(0, 0);
    private AtProvider plivo = counts(0, 0);

    @Test
    void has_moved_when_the_other_provider_takes_nearly_all() {
        seconds(3, 100, 100, 0);
        seconds(2, 100, 0, 0);
        seconds(1, 50, 0, 50);
        seconds(3, 1, 0, 99);

        assertThat(traffic.moved(TWILIO, PLIVO, Duration.ofSeconds(3), NEVER)).hasValue(Duration.ofSeconds(3));
    }

    @Test
    void has_not_moved_while_nobody_sends_anything() {
        seconds(3, 100, 100, 0);
        seconds(3, 0, 0, 5);

        assertThat(traffic.moved(TWILIO, PLIVO, Duration.ofSeconds(3), NEVER)).isEmpty();
    }

    @Test
    void is_not_looked_at_any_more_when_the_next_trouble_comes() {
        seconds(3, 100, 0, 0);
        seconds(3, 0, 0, 100);

        assertThat(traffic.moved(TWILIO, PLIVO, Duration.ofSeconds(1), Duration.ofSeconds(3)))
                .isEmpty();
    }

    @Test
    void has_come_back_when_the_provider_takes_messages_again() {
        seconds(2, 0, 0, 100);
        seconds(2, 1, 1, 99);
        seconds(2, 10, 10, 90);

        assertThat(traffic.returned(TWILIO, Duration.ofSeconds(1), NEVER)).hasValue(Duration.ofSeconds(3));
        assertThat(traffic.accepted(TWILIO, Duration.ZERO, Duration.ofSeconds(6)))
                .isEqualTo(22);
    }

    /** Twilio receives and takes so many in each, and Plivo takes all that it receives. */
    private void seconds(int seconds, long twilioReceived, long twilioAccepted, long plivoAccepted) {
        for (int i = 0; i < seconds; i++) {
            add();
            second++;
            twilio = counts(twilio.received() + twilioReceived, twilio.accepted() + twilioAccepted);
            plivo = counts(plivo.received() + plivoAccepted, plivo.accepted() + plivoAccepted);
        }
        add();
    }

    private void add() {
        Callbacks none = new Callbacks(0, 0, 0, 0, 0, 0);
        Map<String, AtProvider> providers = Map.of(TWILIO.word(), twilio, PLIVO.word(), plivo);
        traffic.add(
                Duration.ofSeconds(second), new LedgerSummary(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, none, Map.of(), providers));
    }

    private static AtProvider counts(long received, long accepted) {
        return new AtProvider(0, 0, received, accepted, 0, 0, Map.of());
    }
}
