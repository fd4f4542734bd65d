package io.heliograph.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TortureOptionsTest {
    @Test
    void takes_two_of_each_for_two_minutes_unless_told_otherwise() {
        TortureOptions options = parse();

        assertThat(options.seconds()).isEqualTo(120);
        assertThat(List.of(options.gateways(), options.relays(), options.workers()))
                .containsOnly(2);
    }

    @Test
    void reads_every_option() {
        TortureOptions options =
                parse("--seconds", "30", "--seed", "5", "--processes", "gateways=1,workers=3", "--calm", "--keep");

        assertThat(options).isEqualTo(new TortureOptions(false, 30, 5, 1, 2, 3, true, true));
    }

    @Test
    void says_what_is_wrong() {
        assertThatThrownBy(() -> parse("--second", "5")).hasMessageContaining("--second\"");
        assertThatThrownBy(() -> parse("--seconds", "soon")).hasMessageContaining("got \"soon\"");
        assertThatThrownBy(() -> parse("--seed")).hasMessageContaining("--seed wants a value");
        assertThatThrownBy(() -> parse("--processes", "brokers=2")).hasMessageContaining("brokers");
    }

    private static TortureOptions parse(String... arguments) {
        return TortureOptions.parse(List.of(arguments), new Random(1));
    }
}
