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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                        ProvidersFile.of(new Environment(Map.of()), Duration.ofSeconds(60))
                                .read()));
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
                        ProvidersFile.of(new Environment(variables), Duration.ofSeconds(30))
                                .read()));
    }

    @Test
    void reports_all_mistakes_at_once() {
        Map<String, String> variables = Map.of(
                "HELIOGRAPH_DATABASE_URL", "mysql://db",
                "HELIOGRAPH_PUBLIC_URL", "example.org",
                "HELIOGRAPH_LEASE", "1ms",
                "HELIOGRAPH_PUSH_ALLOW", "localhost",
                "HELIOGRAPH_WORKER_LANES", "critical,urgent",
                "HELIOGRAPH_WORKER_PROVIDERS", ",",
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
                        "HELIOGRAPH_WORKER_PROVIDERS: names no provider; leave it out to serve all",
                        "HELIOGRAPH_ATTEMPTS_MAX",
                        "HELIOGRAPH_PROVIDERS");
    }

    @Test
    void names_a_provider_that_is_not_in_the_file_as_it_was_asked_for() {
        assertThatThrownBy(() -> WorkerConfig.read(new Environment(Map.of("HELIOGRAPH_WORKER_PROVIDERS", "twillio"))))
                .hasMessageEndingWith(
                        "\n  - HELIOGRAPH_WORKER_PROVIDERS: \"twillio\" is not in the file; it has twilio, webpush");
        assertThatThrownBy(() -> typed("--provider=twillio", "--lanes", "urgent"))
                .hasMessageContaining("\n  - --provider: \"twillio\" is not in the file; it has twilio, webpush")
                .hasMessageContaining("\n  - --lanes: \"urgent\" is no lane")
                .hasMessageNotContaining("HELIOGRAPH_WORKER");
    }

    @Test
    void does_not_miss_a_provider_in_a_file_that_it_could_not_read(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("providers.yaml"),
                "{providers: {twilio: {kind: log}}, routes: {sms: twilio}, limits: {recipient: {count: 1}}}");

        assertThatThrownBy(() -> WorkerConfig.read(new Environment(
                        Map.of("HELIOGRAPH_PROVIDERS", file.toString(), "HELIOGRAPH_WORKER_PROVIDERS", "twilio"))))
                .hasMessageContaining("The configuration has a mistake:")
                .hasMessageContaining("limits.recipient wants both, count and per");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--provider=,", "--provider= , ", "--provider=", "--lanes=,", "--lanes="})
    void does_not_serve_everything_when_nothing_was_named(String argument) {
        assertThatThrownBy(() -> typed(argument)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void serves_what_was_named_in_any_of_several_options() {
        WorkerConfig config = typed("--provider", "twilio", "--provider=webpush", "--lanes=bulk", "--lanes", "normal");

        assertThat(config.providersServed()).containsExactlyInAnyOrder("twilio", "webpush");
        assertThat(config.lanes()).containsExactly(Lane.NORMAL, Lane.BULK);
    }

    /** A call that outlasts its claim would be cut off, and a slow provider never be seen. */
    @Test
    void gives_no_call_more_than_a_quarter_of_the_lease(@TempDir Path folder) throws Exception {
        String text = "{providers: {dry: {kind: log%s}}, routes: {sms: dry}}";
        Path file = folder.resolve("providers.yaml");
        Map<String, String> variables = Map.of("HELIOGRAPH_PROVIDERS", file.toString(), "HELIOGRAPH_LEASE", "8s");

        Path _ = Files.writeString(file, text.formatted(", limits: {timeout: 2001ms}"));
        assertThatThrownBy(() -> WorkerConfig.read(new Environment(variables)))
                .hasMessageContaining(
                        file + ":1: providers.dry.limits.timeout wants at most 2s, a quarter of HELIOGRAPH_LEASE");
        Path _ = Files.writeString(file, text.formatted(", timeout: 2s"));
        assertThat(timeout(WorkerConfig.read(new Environment(variables)))).isEqualTo(Duration.ofSeconds(2));
        Path _ = Files.writeString(file, text.formatted(""));
        assertThat(timeout(WorkerConfig.read(new Environment(variables)))).isEqualTo(Duration.ofSeconds(2));
    }

    private static Duration timeout(WorkerConfig config) {
        return Objects.requireNonNull(config.providers().accounts().get("dry"))
                .limits()
                .timeout();
    }

    private static WorkerConfig typed(String... arguments) {
        WorkerArguments given = WorkerArguments.of(Map.of(), arguments);
        return WorkerConfig.reader(given).apply(new Environment(given.variables()));
    }
}
