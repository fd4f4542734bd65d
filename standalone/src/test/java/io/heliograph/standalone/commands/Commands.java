package io.heliograph.standalone.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.ChildJvm;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** Runs commands in processes of their own, as a person does. */
public final class Commands {
    private static final Duration END_MAX = Duration.ofMinutes(2);

    private Commands() {}

    /** What a command needs to find what {@code up} has started. */
    public static Map<String, String> environment(ChildJvm up) {
        return Map.of(
                "HELIOGRAPH_URL",
                found("API +(http://\\S+)", up.output()),
                "HELIOGRAPH_API_KEY",
                found("API key +(hg_\\S+)", up.output()));
    }

    /** What a command has said, and with which status it ended. */
    public record Answer(int status, String text) {}

    /** What it says until it ends. */
    public static String run(Class<?> command, Map<String, String> environment, String... arguments) {
        return answer(command, environment, arguments).text();
    }

    public static Answer answer(Class<?> command, Map<String, String> environment, String... arguments) {
        try (ChildJvm running = ChildJvm.start(command, environment, arguments)) {
            Awaitility.await().atMost(END_MAX).until(() -> !running.isAlive());
            return new Answer(running.status(), running.output());
        }
    }

    /** The first group of the first match. */
    public static String found(String pattern, String output) {
        Matcher matcher = Pattern.compile(pattern).matcher(output);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
