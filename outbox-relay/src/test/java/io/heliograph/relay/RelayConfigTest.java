package io.heliograph.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.broker.BrokerSettings;
import io.heliograph.relay.care.VerificationCare;
import io.heliograph.relay.publish.PublishLimits;
import io.heliograph.relay.retention.KeptFor;
import io.heliograph.runtime.BrokerUrl;
import io.heliograph.runtime.ConfigurationException;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Environment;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelayConfigTest {
    @Test
    void has_defaults_for_everything() {
        RelayConfig config = RelayConfig.read(new Environment(Map.of()));

        assertThat(config)
                .isEqualTo(new RelayConfig(
                        new DatabaseUrl("localhost", 5432, "postgres", "", "heliograph"),
                        new BrokerSettings(
                                new BrokerUrl("localhost", 5672, "guest", "guest", "/", false),
                                BrokerSettings.QueueType.CLASSIC),
                        8082,
                        new PublishLimits(
                                Duration.ofSeconds(60), Duration.ofMinutes(10), 2_000, 200, Duration.ofSeconds(5)),
                        Duration.ofMillis(10),
                        KeptFor.USUAL,
                        new VerificationCare(50, 20)));
    }

    @Test
    void reads_every_setting() {
        RelayConfig config = RelayConfig.read(new Environment(Map.ofEntries(
                Map.entry("HELIOGRAPH_DATABASE_URL", "postgresql://me:secret@db:6543/messages"),
                Map.entry("HELIOGRAPH_BROKER_URL", "amqps://you:hidden@broker/house"),
                Map.entry("HELIOGRAPH_QUEUE_TYPE", "quorum"),
                Map.entry("HELIOGRAPH_ADMIN_PORT", "0"),
                Map.entry("HELIOGRAPH_LEASE", "30s"),
                Map.entry("HELIOGRAPH_LEASE_MAX", "5m"),
                Map.entry("HELIOGRAPH_RELAY_BATCH", "500"),
                Map.entry("HELIOGRAPH_QUEUE_HIGH_WATER", "50"),
                Map.entry("HELIOGRAPH_CONFIRM_DEADLINE", "2s"),
                Map.entry("HELIOGRAPH_RELAY_POLL_PAUSE_MAX", "50ms"),
                Map.entry("HELIOGRAPH_IDEMPOTENCY_RETENTION", "3d"),
                Map.entry("HELIOGRAPH_MESSAGE_RETENTION", "100d"),
                Map.entry("HELIOGRAPH_MESSAGE_CONTENT_RETENTION", "30d"),
                Map.entry("HELIOGRAPH_CALLBACK_RETENTION", "20d"),
                Map.entry("HELIOGRAPH_NOTIFICATION_RETENTION", "50d"),
                Map.entry("HELIOGRAPH_EVENT_RETENTION", "14d"),
                Map.entry("HELIOGRAPH_INBOUND_RETENTION", "90d"),
                Map.entry("HELIOGRAPH_VERIFICATION_RETENTION", "3d"),
                Map.entry("HELIOGRAPH_APPOINTMENT_RETENTION", "60d"),
                Map.entry("HELIOGRAPH_CONVERSION_JUDGED_MIN", "100"),
                Map.entry("HELIOGRAPH_CONVERSION_PERCENT_MIN", "10"))));

        assertThat(config)
                .isEqualTo(new RelayConfig(
                        new DatabaseUrl("db", 6543, "me", "secret", "messages"),
                        new BrokerSettings(
                                new BrokerUrl("broker", 5671, "you", "hidden", "house", true),
                                BrokerSettings.QueueType.QUORUM),
                        0,
                        new PublishLimits(
                                Duration.ofSeconds(30), Duration.ofMinutes(5), 500, 50, Duration.ofSeconds(2)),
                        Duration.ofMillis(50),
                        new KeptFor(
                                Duration.ofDays(100),
                                Duration.ofDays(30),
                                Duration.ofDays(20),
                                Duration.ofDays(90),
                                Duration.ofDays(50),
                                Duration.ofDays(14),
                                Duration.ofDays(3),
                                Duration.ofDays(3),
                                Duration.ofDays(60)),
                        new VerificationCare(100, 10)));
    }

    @Test
    void reports_all_mistakes_at_once() {
        Environment environment = new Environment(Map.of(
                "HELIOGRAPH_DATABASE_URL", "mysql://db",
                "HELIOGRAPH_QUEUE_TYPE", "square",
                "HELIOGRAPH_ADMIN_PORT", "99999",
                "HELIOGRAPH_LEASE", "20m",
                "HELIOGRAPH_RELAY_BATCH", "many",
                "HELIOGRAPH_INBOUND_RETENTION", "1d"));

        assertThatThrownBy(() -> RelayConfig.read(environment))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "6 mistakes",
                        "HELIOGRAPH_DATABASE_URL",
                        "HELIOGRAPH_QUEUE_TYPE",
                        "HELIOGRAPH_ADMIN_PORT",
                        "HELIOGRAPH_LEASE_MAX",
                        "HELIOGRAPH_RELAY_BATCH",
                        "HELIOGRAPH_INBOUND_RETENTION");
    }
}
