package io.heliograph.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chat that is piped in, through a house that is started for it: what is said comes back from the simulated telephone. */
class DemoChatTest {
    private static final List<String> LINES =
            List.of("hi", "1", "I have a skin rash", "the earliest", "first", "Asha Rao, 34", "yes", "नमस्ते");

    private static final Duration CHAT_MAX = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void books_a_visit_line_by_line() throws Exception {
        String said = run(String.join("\n", LINES) + "\n");

        assertThat(said)
                .contains(
                        "you: hi",
                        "clinic: Hello, this is Sunrise Clinic.",
                        "clinic: Dr Khan (Skin) is right for that.",
                        "clinic: Booked ✓ Dr Khan",
                        "clinic, by SMS:",
                        "clinic: नमस्ते, यह Sunrise Clinic है।",
                        "2. मेरी अपॉइंटमेंट")
                .doesNotContain("\u001b", "no answer");
    }

    private String run(String typed) throws IOException {
        Path in = Files.writeString(folder.resolve("typed"), typed);
        try (ChildJvm chat = ChildJvm.startReading(in, Demo.class, Map.of(), "chat")) {
            await().atMost(CHAT_MAX).until(() -> !chat.isAlive());
            return chat.output();
        }
    }
}
