package io.heliograph.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.broker.BrokerSettings;
import io.heliograph.contract.Lane;
import io.heliograph.providers.file.ProvidersFile;
import io.heliograph.runtime.BrokerUrl;
import io.heliograph.runtime.ConfigurationException;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkerConfigTest {
    @Test
    void has_defaults_for_everything() {
        assertThat(WorkerConfig.read(new Environment(Map.of())))
                .isEqualTo(new WorkerConfig(
                        DatabaseUrl.parse("postgresql://postgres@localhost:5432/heliograph"),
                        new BrokerSettings(
                                BrokerUrl.parse("amqp://guest:guest@localhost:5672/"),
                                BrokerSettings.QueueType.CLASSIC),
                        8083,
                        "http://localhost:8080",
                        null,
                        "",
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(10),
                        300,
                        30,
                        List.of(Lane.CRITICAL, Lane.NORMAL, Lane.BULK),
                        Set.of(),
                        ProvidersFile.of(new Environment(Map.of()), Duration.ofSeconds(60)),
                        ProvidersFile.of(new Environment(Map.of()), Duration.ofSeconds(60)).read()));
    }

    @Test
    void reads_every_name() {
        Map<String, String> variables = Map.ofEntries(
                Map.entry("HELIOGRAPH_DATABASE_URL", "postgresql://u:p@db:6543/h"),
                Map.entry("HELIOGRAPH_BROKER_URL", "amqp://u:p@mq:6672/v"),
                Map.entry("HELIOGRAPH_ADMIN_PORT", "9"),
                Map.entry("HELIOGRAPH_PUBLIC_URL", "https://example.org/heliograph/"),
                Map.entry("HELIOGRAPH_CALLBACK_SECRET", "secret-of-the-callbacks"),
                Map.entry("HELIOGRAPH_PUSH_ALLOW", "10.1.0.0/16"),
                Map.entry("HELIOGRAPH_LEASE", "30s"),
                Map.entry("HELIOGRAPH_UNKNOWN_WINDOW", "2m"),
                Map.entry("HELIOGRAPH_ATTEMPTS_MAX", "3"),
                Map.entry("HELIOGRAPH_WORKER_BATCH", "100"),
                Map.entry("HELIOGRAPH_WORKER_LANES", "bulk, critical"),
                Map.entry("HELIOGRAPH_WORKER_PROVIDERS", "twilio"),
                Map.entry("HELIOGRAPH_WORKER_PREFETCH", "7"));

        assertThat(WorkerConfig.read(new Environment(variables)))
                .isEqualTo(new WorkerConfig(
                        DatabaseUrl.parse("postgresql://u:p@db:6543/h"),
                        new BrokerSettings(BrokerUrl.parse("amqp://u:p@mq:6672/v"), BrokerSettings.QueueType.CLASSIC),
                        9,
                        "https://example.org/heliograph",
                        "secret-of-the-callbacks",
                        "10.1.0.0/16",
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2),
                        100,
                        7,
                        List.of(Lane.CRITICAL, Lane.BULK),
                        Set.of("twilio"),
                        ProvidersFile.of(new Environment(variables), Duration.ofSeconds(30)),
                        ProvidersFile.of(new Environment(variables), Duration.ofSeconds(30)).read()));
    }

    @Test
    void reports_all_mistakes_at_once() {
        Map<String, String> variables = Map.of(
                "HELIOGRAPH_DATABASE_URL", "mysql://db",
                "HELIOGRAPH_PUBLIC_URL", "example.org",
                "HELIOGRAPH_LEASE", "1ms",
                "HELIOGRAPH_PUSH_ALLOW", "localhost",
                "HELIOGRAPH_WORKER_LANES", "critical,urgent",
                "HELIOGRAPH_WORKER_PROVIDERS", "twillio",
                "HELIOGRAPH_ATTEMPTS_MAX", "0",
                "HELIOGRAPH_PROVIDERS", "/no/such/file");

        assertThatThrownBy(() -> WorkerConfig.read(new Environment(variables)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "HELIOGRAPH_DATABASE_URL",
                        "HELIOGRAPH_PUBLIC_URL",
                        "HELIOGRAPH_LEASE",
                        "HELIOGRAPH_PUSH_ALLOW",
                        "\"urgent\" is no lane",
                        "HELIOGRAPH_ATTEMPTS_MAX",
                        "HELIOGRAPH_PROVIDERS");
    }
}
