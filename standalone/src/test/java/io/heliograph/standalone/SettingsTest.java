package io.heliograph.standalone;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.runtime.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    private Path directory;

    @Test
    void that_are_wrong_are_told_of_all_processes_at_once() throws Exception {
        Path providers = Files.writeString(directory.resolve("providers.yaml"), "providers: {a: {kind: pigeon}}\n");

        assertThatThrownBy(() -> Settings.check(Map.of(
                        "HELIOGRAPH_HTTP_PORT", "70000",
                        "HELIOGRAPH_DEFAULT_REGION", "Atlantis",
                        "HELIOGRAPH_LEASE", "soon",
                        "HELIOGRAPH_PROVIDERS", providers.toString())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("\n  - HELIOGRAPH_HTTP_PORT: wants a whole number from 0 to 65535, got \"70000\"")
                .hasMessageContaining("\n  - HELIOGRAPH_DEFAULT_REGION: ")
                .hasMessageContaining("providers.yaml:1: providers.a.kind wants one of ")
                .message()
                .containsOnlyOnce("HELIOGRAPH_LEASE: ");
    }

    @Test
    void that_are_not_given_are_right() {
        Settings.check(Map.of());
    }
}
