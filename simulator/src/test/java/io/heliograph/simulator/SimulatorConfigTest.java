package io.heliograph.simulator;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.runtime.ConfigurationException;
import io.heliograph.runtime.Environment;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatorConfigTest {
    @Test
    void has_defaults() {
        assertThat(SimulatorConfig.read(new Environment(Map.of())))
                .isEqualTo(new SimulatorConfig(
                        "127.0.0.1",
                        8090,
                        SimulatorAccount.ACCOUNT_SID,
                        SimulatorAccount.AUTH_TOKEN,
                        SimulatorAccount.PHONE_NUMBER,
                        new SimulatorConfig.Others(
                                SimulatorAccount.PLIVO_AUTH_ID,
                                SimulatorAccount.PLIVO_AUTH_TOKEN,
                                SimulatorAccount.FAST2SMS_KEY,
                                SimulatorAccount.TEXTLOCAL_KEY,
                                SimulatorAccount.VAPID_PUBLIC_KEY),
                        2,
                        250_000,
                        128,
                        500_000,
                        null,
                        null));
    }

    @Test
    void reads_every_setting() {
        Map<String, String> variables = Map.ofEntries(
                entry("HELIOGRAPH_SIMULATOR_HOST", "0.0.0.0"),
                entry("HELIOGRAPH_SIMULATOR_PORT", "0"),
                entry("TWILIO_ACCOUNT_SID", "AC0123456789abcdef0123456789abcdef"),
                entry("TWILIO_AUTH_TOKEN", "token"),
                entry("TWILIO_PHONE_NUMBER", "+15005550066"),
                entry("PLIVO_AUTH_ID", "MA01"),
                entry("PLIVO_AUTH_TOKEN", "plivo"),
                entry("FAST2SMS_API_KEY", "fast2sms"),
                entry("TEXTLOCAL_API_KEY", "textlocal"),
                entry("VAPID_PUBLIC_KEY", "vapid"),
                entry("HELIOGRAPH_SIMULATOR_EVENT_LOOPS", "4"),
                entry("HELIOGRAPH_SIMULATOR_MESSAGES_KEPT", "1000"),
                entry("HELIOGRAPH_SIMULATOR_CALLBACKS_IN_FLIGHT", "7"),
                entry("HELIOGRAPH_SIMULATOR_CALLBACKS_WAITING", "8"),
                entry("HELIOGRAPH_SIMULATOR_INBOUND_URL", "http://localhost:8080/in"),
                entry("HELIOGRAPH_SIMULATOR_FAST2SMS_WEBHOOK_URL", "http://localhost:8080/reports"));

        assertThat(SimulatorConfig.read(new Environment(variables)))
                .isEqualTo(new SimulatorConfig(
                        "0.0.0.0",
                        0,
                        "AC0123456789abcdef0123456789abcdef",
                        "token",
                        "+15005550066",
                        new SimulatorConfig.Others("MA01", "plivo", "fast2sms", "textlocal", "vapid"),
                        4,
                        1_000,
                        7,
                        8,
                        "http://localhost:8080/in",
                        "http://localhost:8080/reports"));
    }

    @Test
    void names_every_mistake_at_once() {
        Map<String, String> variables = Map.of(
                "HELIOGRAPH_SIMULATOR_PORT", "x", "HELIOGRAPH_SIMULATOR_EVENT_LOOPS", "0", "TWILIO_ACCOUNT_SID", "me");

        assertThatThrownBy(() -> SimulatorConfig.read(new Environment(variables)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("HELIOGRAPH_SIMULATOR_PORT")
                .hasMessageContaining("HELIOGRAPH_SIMULATOR_EVENT_LOOPS")
                .hasMessageContaining("TWILIO_ACCOUNT_SID");
    }
}
