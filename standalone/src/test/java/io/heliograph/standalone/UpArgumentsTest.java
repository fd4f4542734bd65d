package io.heliograph.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpArgumentsTest {
    @Test
    void needs_nothing() {
        assertThat(UpArguments.parse(List.of())).isEqualTo(new UpArguments.Run(Path.of(".heliograph"), null, false));
    }

    @Test
    void takes_options_with_a_space_or_an_equals_sign() {
        UpArguments wanted = new UpArguments.Run(Path.of("/data"), "9000", true);

        assertThat(UpArguments.parse(List.of("--data", "/data", "--port", "9000", "--verbose")))
                .isEqualTo(wanted);
        assertThat(UpArguments.parse(List.of("--data=/data", "--port=9000", "-v")))
                .isEqualTo(wanted);
    }

    @Test
    void suggests_what_was_meant() {
        assertThat(UpArguments.parse(List.of("--prot", "9000")))
                .isEqualTo(new UpArguments.Mistake("there is no option --prot; did you mean --port?"));
        assertThat(UpArguments.parse(List.of("--dta=x")))
                .isEqualTo(new UpArguments.Mistake("there is no option --dta; did you mean --data?"));
    }

    @Test
    void asks_for_a_value_that_is_missing() {
        assertThat(UpArguments.parse(List.of("--data"))).isEqualTo(new UpArguments.Mistake("--data wants a value"));
    }

    @Test
    void explains_itself() {
        assertThat(UpArguments.parse(List.of("--verbose", "--help"))).isInstanceOf(UpArguments.Help.class);
        assertThat(UpArguments.HELP).contains(UpArguments.OPTIONS.subList(0, 3));
        assertThat(UpArguments.HELP.replaceAll("\\s+", " "))
                .contains("the worker, the webhook-sender and a simulator")
                .contains("the other variables of docs/operations.md");
    }
}
