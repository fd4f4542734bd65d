package io.heliograph.standalone.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.standalone.Up;
import io.heliograph.testing.ChildJvm;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that a provider refuses are sent anew by the command, which a second time finds nothing to do. */
class ReplayTest {
    private static final int MESSAGES = 3;
    /** The simulator refuses it, as Twilio does. */
    private static final String NOBODY = "+15005550001";

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void sends_dead_letters_anew_once() throws Exception {
        try (ChildJvm up = ChildJvm.start(Up.class, Map.of(), "--port", "0", "--data", directory.toString())
                .awaitOutput("Ctrl-C stops everything")) {
            Map<String, String> environment = Commands.environment(up);
            String url = Objects.requireNonNull(environment.get("HELIOGRAPH_URL"));
            String key = Objects.requireNonNull(environment.get("HELIOGRAPH_API_KEY"));
            for (int i = 0; i < MESSAGES; i++) {
                call(
                        HttpRequest.newBuilder(URI.create(url + "/v1/messages"))
                                .POST(BodyPublishers.ofString(new JsonObject()
                                        .put("to", NOBODY)
                                        .put("text", "Hello")
                                        .encode())),
                        key);
            }
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> deadLetters(url, key) == MESSAGES);

            String dryRun = replay(environment, "--cause", "customer_data", "--dry-run");
            String first = replay(environment, "--cause", "customer_data", "--rate", "100");
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> deadLetters(url, key) == 2 * MESSAGES);

            assertThat(dryRun).contains("Would replay 3.", "refused_by_provider");
            assertThat(first).contains("Replayed 3.", " now, goes at ");
            assertThat(replay(environment, "--cause", "ours")).contains("Replayed 0.");
            int _ = up.stop();
        }
    }

    private static String replay(Map<String, String> environment, String... arguments) {
        return Commands.run(ReplayDeadLetters.class, environment, arguments);
    }

    private int deadLetters(String url, String key) throws IOException, InterruptedException {
        return call(HttpRequest.newBuilder(URI.create(url + "/v1/dead-letters")), key)
                .getJsonArray("dead_letters")
                .size();
    }

    private JsonObject call(HttpRequest.Builder request, String key) throws IOException, InterruptedException {
        return new JsonObject(
                http.send(request.header("Authorization", "Bearer " + key).build(), BodyHandlers.ofString())
                        .body());
    }
}
