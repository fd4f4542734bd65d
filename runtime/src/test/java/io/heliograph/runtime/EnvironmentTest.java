package io.heliograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void answers_the_default_for_what_is_not_set_or_blank() {
        Environment environment = new Environment(Map.of("BLANK", "  "));

        assertThat(environment.text("BLANK", "a")).isEqualTo("a");
        assertThat(environment.integer("NUMBER", 7, 1, 10)).isEqualTo(7);
        assertThat(environment.duration("PAUSE", Duration.ofMinutes(2))).isEqualTo(Duration.ofMinutes(2));
        assertThat(environment.port("PORT", 8080)).isEqualTo(8080);
        assertThat(environment.secret("SECRET")).isNull();
        assertThat(environment.optionalText("FILE")).isNull();
        environment.check();
    }

    @Test
    void reads_what_is_set() {
        Environment environment = new Environment(Map.of(
                "TEXT", "b",
                "NUMBER", " 9 ",
                "PAUSE", "250ms",
                "DATABASE", "postgresql://localhost:1/db",
                "BROKER", "amqp://localhost:2/v"));

        assertThat(environment.text("TEXT", "a")).isEqualTo("b");
        assertThat(environment.integer("NUMBER", 7, 1, 10)).isEqualTo(9);
        assertThat(environment.duration("PAUSE", Duration.ZERO)).isEqualTo(Duration.ofMillis(250));
        assertThat(environment
                        .databaseUrl("DATABASE", "postgresql://localhost/x")
                        .port())
                .isEqualTo(1);
        assertThat(environment.brokerUrl("BROKER", "amqp://localhost/x").port()).isEqualTo(2);
        environment.check();
    }

    @Test
    void reports_every_mistake_at_once_with_its_name_and_what_is_wanted() {
        Environment environment = new Environment(Map.of(
                "NUMBER", "eleven",
                "RANGE", "11",
                "PAUSE", "5 minutes",
                "PORT", "70000",
                "DATABASE", "mysql://user:secret@localhost",
                "BROKER", "nonsense"));

        int _ = environment.integer("NUMBER", 7, 1, 10);
        int _ = environment.integer("RANGE", 7, 1, 10);
        Duration _ = environment.duration("PAUSE", Duration.ZERO);
        int _ = environment.port("PORT", 1);
        DatabaseUrl _ = environment.databaseUrl("DATABASE", "postgresql://localhost/x");
        BrokerUrl _ = environment.brokerUrl("BROKER", "amqp://localhost/x");
        environment.mistake("OWN", "is odd");

        assertThatThrownBy(environment::check)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("""
                    The configuration has 7 mistakes:
                      - NUMBER: wants a whole number from 1 to 10, got "eleven"
                      - RANGE: wants a whole number from 1 to 10, got "11"
                      - PAUSE: wants a duration such as 250ms, 5s, 10m, 72h or 7d, got "5 minutes"
                      - PORT: wants a whole number from 0 to 65535, got "70000"
                      - DATABASE: wants postgresql://user:password@host:5432/database
                      - BROKER: wants amqp://user:password@host:5672/vhost
                      - OWN: is odd""");
    }

    @Test
    void shows_what_is_in_force_without_its_secrets() {
        Environment environment = new Environment(
                Map.of("TOKEN", "secret-token", "DATABASE", "postgresql://user:secret-password@localhost", "SET", "1"));

        var _ = environment.secret("TOKEN");
        var _ = environment.secret("OTHER_TOKEN");
        var _ = environment.databaseUrl("DATABASE", "postgresql://localhost/x");
        var _ = environment.brokerUrl("BROKER", "amqp://localhost/x");
        var _ = environment.integer("SET", 7, 1, 10);
        var _ = environment.duration("UNSET", Duration.ofSeconds(90));

        assertThat(environment.effective())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "TOKEN", "configured",
                        "OTHER_TOKEN", "(not set)",
                        "DATABASE", "configured",
                        "BROKER", "(default)",
                        "SET", "1",
                        "UNSET", "90s"));
    }
}
