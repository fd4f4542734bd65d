package io.heliograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.rabbitmq.RabbitMQOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerUrlTest {
    @Test
    void reads_every_part() {
        assertThat(BrokerUrl.parse("amqp://ann:secret@mq.example.com:5673/messages"))
                .isEqualTo(new BrokerUrl("mq.example.com", 5673, "ann", "secret", "messages", false));
    }

    @Test
    void fills_in_what_is_left_out() {
        assertThat(BrokerUrl.parse("amqp://localhost"))
                .isEqualTo(new BrokerUrl("localhost", 5672, "guest", "guest", "/", false));
    }

    @Test
    void speaks_tls_on_its_own_port_when_asked() {
        BrokerUrl url = BrokerUrl.parse("amqps://localhost/");

        assertThat(url.port()).isEqualTo(5671);
        assertThat(url.options("test").isSsl()).isTrue();
    }

    @Test
    void decodes_a_virtual_host_with_a_slash() {
        assertThat(BrokerUrl.parse("amqp://localhost/%2Fteam").virtualHost()).isEqualTo("/team");
    }

    @Test
    void leaves_recovery_to_whoever_owns_the_connection() {
        RabbitMQOptions options = BrokerUrl.parse("amqp://localhost").options("test");

        assertThat(options.isAutomaticRecoveryEnabled()).isFalse();
        assertThat(options.getReconnectAttempts()).isZero();
        assertThat(options.getConnectionName()).isEqualTo("test");
    }

    @Test
    void never_prints_its_password() {
        assertThat(BrokerUrl.parse("amqp://ann:secret@localhost/v")).hasToString("amqp://ann:***@localhost:5672/v");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost:5672", "http://localhost", "amqp:///v", "amqp://bad host"})
    void refuses_what_is_no_amqp_url(String text) {
        assertThatThrownBy(() -> BrokerUrl.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
