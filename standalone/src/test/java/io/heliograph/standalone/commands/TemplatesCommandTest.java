package io.heliograph.standalone.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.standalone.Up;
import io.heliograph.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an account says is taken out into files, changed there, and put in force from there. */
class TemplatesCommandTest {
    @TempDir
    private Path directory;

    @Test
    void exports_and_imports_all_or_nothing() throws Exception {
        Path files = directory.resolve("files");
        try (ChildJvm up = ChildJvm.start(Up.class, Map.of(), "--port", "0", "--data", directory.toString())
                .awaitOutput("Ctrl-C stops everything")) {
            Map<String, String> environment = Commands.environment(up);

            assertThat(templates(environment, "export", files.toString(), "--shipped"))
                    .contains("types.yaml", "en.yaml", "hi.yaml");
            Path english = files.resolve("templates/en.yaml");
            String shipped = Files.readString(english);
            Files.writeString(english, shipped.replace("{{order_id}}", "{{colour}}"));
            assertThat(templates(environment, "import", files.toString()))
                    .contains(
                            "nothing was imported", "templates/en.yaml: order_created.sms.text: colour is no variable");

            Files.writeString(english, shipped);
            assertThat(templates(environment, "import", files.toString(), "--dry-run"))
                    .contains("0 as before", "Nothing was stored");
            assertThat(templates(environment, "import", files.toString())).contains("0 as before", "in force");
            assertThat(templates(environment, "import", files.toString())).contains(" 0 new, 0 changed");
            int _ = up.stop();
        }
    }

    private static String templates(Map<String, String> environment, String... arguments) {
        return Commands.run(TemplatesCommand.class, environment, arguments);
    }
}
