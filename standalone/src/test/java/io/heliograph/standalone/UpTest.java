package io.heliograph.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.ChildJvm;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new user does: start it, paste the commands that it prints, stop it, start it again. */
class UpTest {
    private static final String READY = "Ctrl-C stops everything";
    /** SIGTERM, as shells count it. */
    private static final int TERMINATED = 143;

    @TempDir
    private Path directory;

    @Test
    void delivers_what_is_pasted_and_finds_it_again_however_it_ended() throws Exception {
        String key;
        String id;
        try (ChildJvm up = start().awaitOutput(READY)) {
            List<String> commands = commands(up.output());
            key = key(up.output());
            JsonObject accepted = new JsonObject(shell(commands.get(0)));
            id = accepted.getString("id");
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> isDelivered(shell(commands.get(1))));

            int status = up.stop();

            assertThat(status).isEqualTo(TERMINATED);
            assertThat(up.output()).contains("Stopped. Everything that was accepted is kept in");
        }
        try (ChildJvm up = start().awaitOutput(READY)) {
            assertThat(key(up.output())).isEqualTo(key);
            assertThat(shell(commands(up.output()).get(1))).contains(id);
            up.killHard();
        }
        try (ChildJvm up = start().awaitOutput(READY)) {
            assertThat(shell(commands(up.output()).get(1))).contains(id);

            try (ChildJvm second = start()) {
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !second.isAlive());
                assertThat(second.output()).contains("Heliograph is already running on");
            }
            int _ = up.stop();
        }
    }

    private ChildJvm start() {
        return ChildJvm.start(Up.class, Map.of(), "--port", "0", "--data", directory.toString());
    }

    private static boolean isDelivered(String answer) {
        JsonObject message = new JsonObject(answer);
        return "delivered".equals(message.getString("status"))
                && message.getJsonArray("timeline").size() == 5;
    }

    /** The commands that are printed, in the form in which they would be pasted. */
    private static List<String> commands(String output) {
        Matcher matcher = Pattern.compile("^  (curl (?:.*\\\\\\n)*.*)$", Pattern.MULTILINE)
                .matcher(output);
        return matcher.results().map(found -> found.group(1)).toList();
    }

    private static String key(String output) {
        Matcher matcher = Pattern.compile("API key +(hg_\\S+)").matcher(output);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String shell(String command) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
