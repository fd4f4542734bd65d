package io.heliograph.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import io.heliograph.runtime.BrokerUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerTest {
    private static final byte[] BODY = "an id".getBytes(StandardCharsets.UTF_8);

    @Test
    void delivers_what_it_has_confirmed() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Connection connection = connect(broker.url());
                Channel channel = connection.createChannel()) {
            publish(channel);

            assertThat(channel.basicGet("work", true).getBody()).isEqualTo(BODY);
        }
    }

    @Test
    void takes_a_queue_with_arguments_of_rabbitmq() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Connection connection = connect(broker.url());
                Channel channel = connection.createChannel()) {
            String queue = channel.queueDeclare("quorum", true, false, false, Map.of("x-queue-type", "quorum"))
                    .getQueue();

            assertThat(queue).isEqualTo("quorum");
        }
    }

    @Test
    void refuses_whoever_does_not_know_the_password() {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            BrokerUrl url = broker.url();
            BrokerUrl guess = new BrokerUrl(url.host(), url.port(), url.user(), "guest", "/", false);

            assertThatThrownBy(() -> connect(guess)).isInstanceOf(PossibleAuthenticationFailureException.class);
        }
    }

    @Test
    void comes_back_empty_at_the_same_address() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            try (Connection connection = connect(broker.url());
                    Channel channel = connection.createChannel()) {
                publish(channel);
            }

            broker.close();
            broker.startAgain();

            try (Connection connection = connect(broker.url());
                    Channel channel = connection.createChannel()) {
                int waiting =
                        channel.queueDeclare("work", true, false, false, null).getMessageCount();
                assertThat(waiting).isZero();
            }
        }
    }

    private static void publish(Channel channel) throws Exception {
        channel.confirmSelect();
        channel.queueDeclare("work", true, false, false, null);
        channel.basicPublish("", "work", null, BODY);
        channel.waitForConfirmsOrDie(5_000);
    }

    private static Connection connect(BrokerUrl url) throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(url.host());
        factory.setPort(url.port());
        factory.setUsername(url.user());
        factory.setPassword(url.password());
        factory.setVirtualHost(url.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection();
    }
}
