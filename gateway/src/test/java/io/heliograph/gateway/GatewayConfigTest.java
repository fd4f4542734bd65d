package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.gateway.booking.symptoms.SymptomModel;
import io.heliograph.gateway.callbacks.CallbackRoutes;
import io.heliograph.gateway.callbacks.Fast2SmsFields;
import io.heliograph.gateway.events.stream.StreamLimits;
import io.heliograph.gateway.notifications.inbox.stream.InboxStreamLimits;
import io.heliograph.gateway.notifications.verifications.VerificationSettings;
import io.heliograph.gateway.notifications.verifications.issuing.Limits;
import io.heliograph.runtime.ConfigurationException;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayConfigTest {
    @Test
    void has_defaults_for_everything() {
        assertThat(GatewayConfig.read(new Environment(Map.of())))
                .isEqualTo(new GatewayConfig(
                        new DatabaseUrl("localhost", 5432, "postgres", "", "heliograph"),
                        8080,
                        8081,
                        "http://localhost:8080",
                        null,
                        "US",
                        Runtime.getRuntime().availableProcessors(),
                        20_000,
                        new CallbackRoutes.Proofs(
                                "http://localhost:8080",
                                List.of(SimulatorAccount.AUTH_TOKEN),
                                List.of(SimulatorAccount.PLIVO_AUTH_TOKEN),
                                new CallbackRoutes.Unsigned(List.of(), List.of(), List.of(), Fast2SmsFields.USUAL)),
                        new StreamLimits(10_000, 1_000, Duration.ofSeconds(10)),
                        new InboxStreamLimits(10_000, 10_000, Duration.ofSeconds(10)),
                        "erasure-key-of-this-machine",
                        "",
                        "",
                        new VerificationSettings(null, null, new Limits(5, 10, 200, 7, 20, 6_000, false)),
                        null));
    }

    @Test
    void reads_everything_from_the_environment() {
        GatewayConfig config = GatewayConfig.read(new Environment(Map.ofEntries(
                Map.entry("HELIOGRAPH_DATABASE_URL", "postgresql://ann:secret@db.example.com:6543/messages"),
                Map.entry("HELIOGRAPH_HTTP_PORT", "9090"),
                Map.entry("HELIOGRAPH_ADMIN_PORT", "9091"),
                Map.entry("HELIOGRAPH_PUBLIC_URL", "https://gateway.example.com/base/"),
                Map.entry("HELIOGRAPH_API_KEY", "key"),
                Map.entry("HELIOGRAPH_DEFAULT_REGION", "IN"),
                Map.entry("HELIOGRAPH_EVENT_LOOPS", "3"),
                Map.entry("HELIOGRAPH_ROWS_WAITING_MAX", "5000"),
                Map.entry("HELIOGRAPH_STREAMS_MAX", "70"),
                Map.entry("HELIOGRAPH_STREAMS_PER_ACCOUNT_MAX", "7"),
                Map.entry("HELIOGRAPH_STREAM_SLOW_AFTER", "2s"),
                Map.entry("HELIOGRAPH_INBOX_STREAMS_MAX", "80"),
                Map.entry("HELIOGRAPH_INBOX_STREAMS_PER_ACCOUNT_MAX", "8"),
                Map.entry("HELIOGRAPH_WEBHOOK_ALLOW", "10.0.0.0/8"),
                Map.entry("HELIOGRAPH_PUSH_ALLOW", "10.1.0.0/16"),
                Map.entry("HELIOGRAPH_SYMPTOM_MODEL_URL", "https://model.example.com/symptoms"),
                Map.entry("HELIOGRAPH_SYMPTOM_MODEL_TOKEN", "token-of-the-model"),
                Map.entry("HELIOGRAPH_SYMPTOM_MODEL_TIMEOUT", "2s"),
                Map.entry("HELIOGRAPH_ERASURE_KEY", "a-key-of-erased-persons"),
                Map.entry("HELIOGRAPH_CALLBACK_SECRET", "a-secret-of-24-letters_0"),
                Map.entry("HELIOGRAPH_CALLBACK_SECRET_PREVIOUS", "a-secret-of-24-letters_1"),
                Map.entry("HELIOGRAPH_CALLBACK_ALLOW", "203.0.113.0/24, 2001:db8::1"),
                Map.entry("HELIOGRAPH_TRUSTED_PROXIES", "10.0.0.0/8"),
                Map.entry("HELIOGRAPH_FAST2SMS_FIELDS", "number = phone"),
                Map.entry("HELIOGRAPH_VERIFICATION_KEY", "k".repeat(32)),
                Map.entry("HELIOGRAPH_VERIFICATION_KEY_PREVIOUS", "p".repeat(32)),
                Map.entry("HELIOGRAPH_CODES_PER_NUMBER_HOUR_MAX", "1"),
                Map.entry("HELIOGRAPH_CODES_PER_NUMBER_DAY_MAX", "2"),
                Map.entry("HELIOGRAPH_CODES_PER_PREFIX_HOUR_MAX", "3"),
                Map.entry("HELIOGRAPH_CODES_PREFIX_DIGITS", "8"),
                Map.entry("HELIOGRAPH_CODES_PER_CLIENT_IP_HOUR_MAX", "4"),
                Map.entry("HELIOGRAPH_CODES_PER_ACCOUNT_MINUTE_MAX", "5"),
                Map.entry("HELIOGRAPH_CODES_BLOCK_LOW_CONVERSION", "1"),
                Map.entry("PLIVO_AUTH_TOKEN", "of plivo"),
                Map.entry("PLIVO_AUTH_TOKEN_PREVIOUS", "of plivo before"),
                Map.entry("TWILIO_AUTH_TOKEN", "current"),
                Map.entry("TWILIO_AUTH_TOKEN_PREVIOUS", "previous"))));

        assertThat(config)
                .isEqualTo(new GatewayConfig(
                        new DatabaseUrl("db.example.com", 6543, "ann", "secret", "messages"),
                        9090,
                        9091,
                        "https://gateway.example.com/base",
                        "key",
                        "IN",
                        3,
                        5_000,
                        new CallbackRoutes.Proofs(
                                "https://gateway.example.com/base",
                                List.of("current", "previous"),
                                List.of("of plivo", "of plivo before"),
                                new CallbackRoutes.Unsigned(
                                        List.of("a-secret-of-24-letters_0", "a-secret-of-24-letters_1"),
                                        List.of("203.0.113.0/24", "2001:db8::1"),
                                        List.of("10.0.0.0/8"),
                                        Fast2SmsFields.parse("number=phone"))),
                        new StreamLimits(70, 7, Duration.ofSeconds(2)),
                        new InboxStreamLimits(80, 8, Duration.ofSeconds(2)),
                        "a-key-of-erased-persons",
                        "10.0.0.0/8",
                        "10.1.0.0/16",
                        new VerificationSettings("k".repeat(32), "p".repeat(32), new Limits(1, 2, 3, 8, 4, 5, true)),
                        new SymptomModel(
                                "https://model.example.com/symptoms", "token-of-the-model", Duration.ofSeconds(2))));
    }

    @Test
    void reports_all_mistakes_at_once_and_no_secret() {
        Environment environment = new Environment(Map.ofEntries(
                Map.entry("HELIOGRAPH_DATABASE_URL", "mysql://ann:secret@localhost/db"),
                Map.entry("HELIOGRAPH_HTTP_PORT", "http"),
                Map.entry("HELIOGRAPH_ADMIN_PORT", "-1"),
                Map.entry("HELIOGRAPH_PUBLIC_URL", "gateway.example.com"),
                Map.entry("HELIOGRAPH_API_KEY", "secret with spaces"),
                Map.entry("HELIOGRAPH_DEFAULT_REGION", "Europe"),
                Map.entry("HELIOGRAPH_EVENT_LOOPS", "0"),
                Map.entry("HELIOGRAPH_CALLBACK_SECRET", "secret/short"),
                Map.entry("HELIOGRAPH_CALLBACK_ALLOW", "203.0.113.0/33"),
                Map.entry("HELIOGRAPH_TRUSTED_PROXIES", "proxy.example.com"),
                Map.entry("HELIOGRAPH_FAST2SMS_FIELDS", "mobile=phone"),
                Map.entry("HELIOGRAPH_VERIFICATION_KEY", "short"),
                Map.entry("HELIOGRAPH_ERASURE_KEY", "secret"),
                Map.entry("HELIOGRAPH_ROWS_WAITING_MAX", "999")));

        assertThatThrownBy(() -> GatewayConfig.read(environment))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The configuration has 14 mistakes:")
                .hasMessageContainingAll(
                        "HELIOGRAPH_DATABASE_URL: wants postgresql://",
                        "HELIOGRAPH_HTTP_PORT: wants a whole number",
                        "HELIOGRAPH_ADMIN_PORT: wants a whole number",
                        "HELIOGRAPH_PUBLIC_URL: wants a URL such as https://",
                        "HELIOGRAPH_API_KEY: wants 1 to 200 printable",
                        "HELIOGRAPH_DEFAULT_REGION: wants a two-letter country code",
                        "HELIOGRAPH_EVENT_LOOPS: wants a whole number from 1 to 64",
                        "HELIOGRAPH_CALLBACK_SECRET: wants 16 to 200",
                        "HELIOGRAPH_CALLBACK_ALLOW: wants networks such as",
                        "HELIOGRAPH_TRUSTED_PROXIES: wants networks such as",
                        "HELIOGRAPH_FAST2SMS_FIELDS: wants pairs such as",
                        "HELIOGRAPH_ERASURE_KEY: wants at least 16 characters",
                        "HELIOGRAPH_ROWS_WAITING_MAX: wants a whole number from 1000")
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com",
                "https://",
                "https:///path",
                "https://example.com?a=b",
                "https://example.com#a",
                "https://bad host"
            })
    void refuses_a_public_url_that_no_provider_could_call(String url) {
        Environment environment = new Environment(Map.of("HELIOGRAPH_PUBLIC_URL", url));

        assertThatThrownBy(() -> GatewayConfig.read(environment)).hasMessageContaining("HELIOGRAPH_PUBLIC_URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://gateway.example.com",
                "http://10.0.0.7:8080",
                "http://localhost.example.com",
                "http://[::2]"
            })
    void wants_a_token_of_its_own_where_others_could_sign_with_the_simulators(String url) {
        Map<String, String> without = Map.of("HELIOGRAPH_PUBLIC_URL", url, "TWILIO_AUTH_TOKEN_PREVIOUS", "previous");

        assertThatThrownBy(() -> GatewayConfig.read(new Environment(without)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("TWILIO_AUTH_TOKEN: must be set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:8080", "http://127.0.0.1", "https://127.1.2.3:9/base", "http://[::1]:8080"})
    void takes_the_simulators_token_on_this_machine(String url) {
        GatewayConfig config = GatewayConfig.read(new Environment(Map.of("HELIOGRAPH_PUBLIC_URL", url)));

        assertThat(config.callbackProofs().twilioAuthTokens()).containsExactly(SimulatorAccount.AUTH_TOKEN);
    }

    @Test
    void shows_what_is_in_force_without_its_secrets() {
        Environment environment = new Environment(Map.of(
                "HELIOGRAPH_DATABASE_URL", "postgresql://ann:secret-1@localhost/db",
                "HELIOGRAPH_API_KEY", "secret-2",
                "TWILIO_AUTH_TOKEN", "secret-3",
                "TWILIO_AUTH_TOKEN_PREVIOUS", "secret-4"));

        GatewayConfig _ = GatewayConfig.read(environment);

        assertThat(environment.effective())
                .containsEntry("HELIOGRAPH_API_KEY", "configured")
                .containsEntry("TWILIO_AUTH_TOKEN", "configured")
                .containsEntry("HELIOGRAPH_DEFAULT_REGION", "US");
        assertThat(environment.effective().toString()).doesNotContain("secret");
    }
}
