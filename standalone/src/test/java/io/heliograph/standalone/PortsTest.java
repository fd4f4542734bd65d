package io.heliograph.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.runtime.FreePorts;
import io.heliograph.standalone.embedded.CannotStartException;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void says_what_to_set_when_the_port_of_the_api_is_taken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> Ports.around(port))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("Port " + port + " is taken")
                    .hasMessageContaining("--port ")
                    .hasMessageContaining("HELIOGRAPH_HTTP_PORT");
        }
    }

    @Test
    void evades_when_another_port_is_taken() throws IOException {
        int api = FreePorts.next();
        try (ServerSocket _ = new ServerSocket(api + 1)) {
            Ports ports = Ports.around(api);

            assertThat(ports.api()).isEqualTo(api);
            assertThat(ports.gatewayAdmin()).isNotIn(api, api + 1);
            assertThat(ports.relayAdmin()).isEqualTo(api + 2);
        }
    }
}
