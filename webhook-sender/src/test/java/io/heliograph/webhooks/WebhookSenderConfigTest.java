package io.heliograph.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.runtime.ConfigurationException;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookSenderConfigTest {
    @Test
    void has_defaults_for_everything() {
        WebhookSenderConfig config = WebhookSenderConfig.read(new Environment(Map.of()));

        assertThat(config)
                .isEqualTo(new WebhookSenderConfig(
                        new DatabaseUrl("localhost", 5432, "postgres", "", "heliograph"),
                        8084,
                        "",
                        "",
                        Duration.ofSeconds(15),
                        2_000,
                        64,
                        Duration.ofHours(24),
                        Duration.ofHours(24),
                        Duration.ofMillis(20)));
    }

    @Test
    void reads_every_setting(@TempDir Path directory) throws Exception {
        String ca = new TestAuthority(directory).pem();

        WebhookSenderConfig config = WebhookSenderConfig.read(new Environment(Map.of(
                "HELIOGRAPH_DATABASE_URL", "postgresql://me:secret@db:6543/messages",
                "HELIOGRAPH_ADMIN_PORT", "0",
                "HELIOGRAPH_WEBHOOK_ALLOW", "10.1.0.0/16, fd00::/8",
                "HELIOGRAPH_WEBHOOK_CA", ca,
                "HELIOGRAPH_WEBHOOK_TIMEOUT", "5s",
                "HELIOGRAPH_WEBHOOK_IN_FLIGHT", "100",
                "HELIOGRAPH_WEBHOOK_IN_FLIGHT_PER_ENDPOINT", "10",
                "HELIOGRAPH_WEBHOOK_RETRY_FOR", "72h",
                "HELIOGRAPH_WEBHOOK_DISABLE_AFTER", "5d",
                "HELIOGRAPH_WEBHOOK_POLL_PAUSE_MAX", "100ms")));

        assertThat(config)
                .isEqualTo(new WebhookSenderConfig(
                        new DatabaseUrl("db", 6543, "me", "secret", "messages"),
                        0,
                        "10.1.0.0/16, fd00::/8",
                        ca,
                        Duration.ofSeconds(5),
                        100,
                        10,
                        Duration.ofDays(3),
                        Duration.ofDays(5),
                        Duration.ofMillis(100)));
    }

    @Test
    void reports_all_mistakes_at_once() {
        Environment environment = new Environment(Map.of(
                "HELIOGRAPH_WEBHOOK_ALLOW", "10.1.0.0/16, intranet.example.com",
                "HELIOGRAPH_WEBHOOK_CA", "/nowhere/ca.pem",
                "HELIOGRAPH_WEBHOOK_TIMEOUT", "1h",
                "HELIOGRAPH_WEBHOOK_IN_FLIGHT", "many"));

        assertThatThrownBy(() -> WebhookSenderConfig.read(environment))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "4 mistakes",
                        "HELIOGRAPH_WEBHOOK_ALLOW",
                        "HELIOGRAPH_WEBHOOK_CA",
                        "HELIOGRAPH_WEBHOOK_TIMEOUT",
                        "HELIOGRAPH_WEBHOOK_IN_FLIGHT");
    }
}
