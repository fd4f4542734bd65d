package io.heliograph.standalone;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.runtime.FreePorts;
import io.heliograph.standalone.embedded.CannotStartException;
import io.heliograph.standalone.embedded.DataDirectory;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneTest {
    @TempDir
    private Path directory;

    @Test
    void says_which_part_does_not_start_when_its_port_was_taken_after_all() throws Exception {
        try (ServerSocket taken = new ServerSocket(FreePorts.next());
                DataDirectory data = DataDirectory.open(directory);
                Standalone standalone = new Standalone(data, Map.of(), withSimulatorAt(taken), _ -> {})) {
            ApiKey key = ApiKey.of(Map.of(), data);

            assertThatThrownBy(() -> standalone.start(key))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageStartingWith("The simulator does not start: ")
                    .hasMessageContaining("in use");
        }
    }

    private static Ports withSimulatorAt(ServerSocket taken) {
        return new Ports(
                FreePorts.next(),
                FreePorts.next(),
                FreePorts.next(),
                FreePorts.next(),
                FreePorts.next(),
                taken.getLocalPort());
    }
}
