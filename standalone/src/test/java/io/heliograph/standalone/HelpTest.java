package io.heliograph.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.standalone.commands.Commands;
import io.heliograph.standalone.commands.ReplayDeadLetters;
import io.heliograph.standalone.commands.SendTestMessage;
import io.heliograph.standalone.commands.TemplatesCommand;
import io.heliograph.worker.MakeVapidKeys;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever asks a command for help gets its usage, and nothing is done. */
class HelpTest {
    static Stream<Arguments> asked() {
        return Stream.of(
                Arguments.of(Demo.class, "demo orders --help"),
                Arguments.of(Demo.class, "demo -h"),
                Arguments.of(SendTestMessage.class, "send-test --help"),
                Arguments.of(ReplayDeadLetters.class, "replay -h"),
                Arguments.of(TemplatesCommand.class, "templates export --help"),
                Arguments.of(MakeVapidKeys.class, "vapid-keys --help"));
    }

    @ParameterizedTest
    @MethodSource("asked")
    void is_the_usage_with_status_0(Class<?> command, String line) {
        String[] words = line.split(" ", 2);

        Commands.Answer answer = Commands.answer(command, Map.of(), words[1].split(" "));

        assertThat(answer.text()).startsWithIgnoringCase("usage: ").contains("heliograph " + words[0]);
        assertThat(answer.status()).isZero();
    }
}
