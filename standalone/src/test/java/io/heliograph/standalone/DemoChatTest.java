package io.heliograph.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.standalone.commands.Commands;
import io.heliograph.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
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
        String said = run(String.join("\n", LINES) + "\n", Map.of());

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

    @Test
    void chats_through_processes_that_run_already_and_a_simulator_that_knows_no_gateway() throws Exception {
        Map<String, String> notSetUp = Map.of("HELIOGRAPH_SIMULATOR_INBOUND_URL", " ");
        Path data = folder.resolve("data");
        try (ChildJvm up = ChildJvm.start(Up.class, notSetUp, "--port", "0", "--data", data.toString())
                .awaitOutput("Ctrl-C stops everything")) {
            Map<String, String> environment = new HashMap<>(Commands.environment(up));
            environment.put("HELIOGRAPH_SIMULATOR_URL", Commands.found("simulated at (http://[\\w:]+)", up.output()));

            String said = run("hi\n", environment);

            assertThat(said)
                    .contains("clinic: Hello, this is Sunrise Clinic.")
                    .doesNotContain("started for the demo alone");
            int _ = up.stop();
        }
    }

    /** A simulator that runs by itself knows no gateway; the chat says where it is, as the gateway's signature check wants it. */
    @Test
    void says_where_the_gateway_takes_messages() {
        String gateway = "http://localhost:8185";
        String path = "/callbacks/twilio/inbound";

        assertThat(DemoChat.inboundUrl(null, Map.of(), gateway)).isEqualTo(gateway + path);
        assertThat(DemoChat.inboundUrl(null, Map.of("HELIOGRAPH_PUBLIC_URL", "https://gw.example.com/"), gateway))
                .isEqualTo("https://gw.example.com" + path);
        assertThat(DemoChat.inboundUrl(
                        "https://set-up.example.com" + path,
                        Map.of("HELIOGRAPH_PUBLIC_URL", "https://gw.example.com"),
                        gateway))
                .isEqualTo("https://set-up.example.com" + path);
    }

    private String run(String typed, Map<String, String> environment) throws IOException {
        Path in = Files.writeString(folder.resolve("typed"), typed);
        try (ChildJvm chat = ChildJvm.startReading(in, Demo.class, environment, "chat")) {
            await().atMost(CHAT_MAX).until(() -> !chat.isAlive());
            return chat.output();
        }
    }
}
