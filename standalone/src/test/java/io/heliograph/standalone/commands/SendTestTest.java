package io.heliograph.standalone.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.standalone.Up;
import io.heliograph.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a script can go by: the status with which it ends, and what it says when it is asked wrongly. */
class SendTestTest {
    /** The simulator refuses it, as Twilio does. */
    private static final String NOBODY = "+15005550001";

    @TempDir
    private Path directory;

    @Test
    void ends_with_a_status_that_says_whether_it_got_there() throws Exception {
        try (ChildJvm up = ChildJvm.start(Up.class, Map.of(), "--port", "0", "--data", directory.toString())
                .awaitOutput("Ctrl-C stops everything")) {
            Map<String, String> environment = Commands.environment(up);

            Commands.Answer delivered = sendTest(environment);
            Commands.Answer failed = sendTest(environment, "--phone", NOBODY);
            Commands.Answer stranger = sendTest(environment, "--user", "nobody-of-that-name");

            assertThat(delivered.text()).contains("delivered");
            assertThat(delivered.status()).isZero();
            assertThat(failed.text()).contains("failed");
            assertThat(failed.status()).isEqualTo(1);
            assertThat(stranger.status()).as(stranger.text()).isEqualTo(1);
            refusesAnotherKey(environment);
            isFoundThroughItsDirectory(environment);
            int _ = up.stop();
        }
        assertThat(directory.resolve("url")).doesNotExist();
    }

    private static void refusesAnotherKey(Map<String, String> environment) {
        Map<String, String> wrong = new HashMap<>(environment);
        wrong.put("HELIOGRAPH_API_KEY", "hg_of-another-gateway");

        Commands.Answer answer = sendTest(wrong);

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.text())
                .contains("the gateway says 401", environment.get("HELIOGRAPH_URL"))
                .contains("with the key of HELIOGRAPH_API_KEY", "Set HELIOGRAPH_URL and HELIOGRAPH_API_KEY")
                .doesNotContain("hg_of-another-gateway");
    }

    /** Where up was started, nothing has to be set. */
    private void isFoundThroughItsDirectory(Map<String, String> environment) throws Exception {
        assertThat(Files.readString(directory.resolve("url")).trim()).isEqualTo(environment.get("HELIOGRAPH_URL"));
        assertThat(GatewayAddress.of(Map.of(), directory))
                .isEqualTo(new GatewayAddress(
                        String.valueOf(environment.get("HELIOGRAPH_URL")),
                        String.valueOf(environment.get("HELIOGRAPH_API_KEY")),
                        directory.resolve("api-key").toString()));
    }

    @Test
    void says_what_is_wrong_in_words() {
        Commands.Answer noUrl =
                sendTest(Map.of("HELIOGRAPH_URL", "localhost:8185", "HELIOGRAPH_API_KEY", "hg_anything"));
        Commands.Answer misspelt = sendTest(Map.of(), "--phoen", "12");

        assertThat(noUrl)
                .isEqualTo(new Commands.Answer(
                        1,
                        "heliograph send-test: HELIOGRAPH_URL wants a URL with http:// or https://, such as"
                                + " http://localhost:8080\n"));
        assertThat(misspelt.status()).isEqualTo(2);
        assertThat(misspelt.text())
                .startsWith("heliograph send-test: there is no option --phoen, did you mean --phone?\n")
                .contains("usage: ./heliograph send-test");
    }

    private static Commands.Answer sendTest(Map<String, String> environment, String... arguments) {
        return Commands.answer(SendTestMessage.class, environment, arguments);
    }
}
