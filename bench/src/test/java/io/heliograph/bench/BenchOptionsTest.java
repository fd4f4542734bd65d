package io.heliograph.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {
    @Test
    void reads_every_option() {
        BenchOptions options = parse("--quick", "--only", "accept,drain", "--seconds", "10", "--json", "out.json");

        assertThat(options)
                .isEqualTo(new BenchOptions(false, true, List.of("accept", "drain"), 10, Path.of("out.json")));
    }

    @Test
    void says_what_is_wrong() {
        assertThatThrownBy(() -> parse("--only", "accept,speed")).hasMessageContaining("no scenario \"speed\"");
        assertThatThrownBy(() -> parse("--seconds", "0")).hasMessageContaining("from 1 to 3600, got \"0\"");
        assertThatThrownBy(() -> parse("--json")).hasMessageContaining("--json wants a value");
        assertThatThrownBy(() -> parse("--fast")).hasMessageContaining("no option \"--fast\"");
    }

    private static BenchOptions parse(String... arguments) {
        return BenchOptions.parse(List.of(arguments), List.of("accept", "drain"));
    }
}
