package io.heliograph.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.standalone.embedded.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeyTest {
    @TempDir
    private Path directory;

    @Test
    void is_made_once_and_shown() throws IOException {
        try (DataDirectory data = DataDirectory.open(directory)) {
            ApiKey first = ApiKey.of(Map.of(), data);
            ApiKey second = ApiKey.of(Map.of("HELIOGRAPH_API_KEY", " "), data);

            assertThat(first.value()).matches("hg_[A-Za-z0-9_-]{32}");
            assertThat(first.shown()).isEqualTo(first.value());
            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    void is_not_shown_when_it_was_set() throws IOException {
        try (DataDirectory data = DataDirectory.open(directory)) {
            ApiKey key = ApiKey.of(Map.of("HELIOGRAPH_API_KEY", "my own"), data);

            assertThat(key).isEqualTo(new ApiKey("my own", "$HELIOGRAPH_API_KEY"));
            assertThat(directory.resolve("api-key")).doesNotExist();
        }
    }
}
