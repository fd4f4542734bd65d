package io.heliograph.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers with TLS: nothing is sent before their certificate has proved who they are, and the log says what it lacked. */
class TlsReceiversTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Map<String, String> NAMES =
            Map.of("receiver.example", "127.0.0.1", "other.example", "127.0.0.1");

    @TempDir
    static Path directory;

    private static TestAuthority authority;

    private final Vertx vertx = Vertx.vertx();
    private TestWebhooks webhooks;

    @BeforeAll
    static void authority() throws Exception {
        authority = new TestAuthority(directory);
    }

    @BeforeEach
    void database() throws Exception {
        webhooks = new TestWebhooks();
    }

    @AfterEach
    void stop() throws Exception {
        Void _ = vertx.close().await(20, TimeUnit.SECONDS);
        webhooks.close();
    }

    @Test
    void delivers_where_the_authority_is_trusted_and_the_name_is_right() throws Exception {
        Receiver receiver = Receiver.secure(vertx, authority.certificate("receiver.example", 1));

        assertThat(outcome("receiver.example", receiver, authority.pem())).isEqualTo("204 none done");
        assertThat(receiver.got()).hasSize(1);
        assertThat(receiver.got().getFirst().isSignedWith(TestWebhooks.SECRET)).isTrue();
    }

    @Test
    void sends_nothing_where_the_authority_is_not_known() throws Exception {
        Receiver receiver = Receiver.secure(vertx, authority.certificate("receiver.example", 1));

        assertThat(outcome("receiver.example", receiver, "")).isEqualTo("none certificate_not_trusted again");
        assertThat(receiver.got()).isEmpty();
    }

    @Test
    void sends_nothing_where_the_certificate_is_of_another_name() throws Exception {
        Receiver receiver = Receiver.secure(vertx, authority.certificate("receiver.example", 1));

        assertThat(outcome("other.example", receiver, authority.pem()))
                .isEqualTo("none certificate_of_another_name again");
        assertThat(receiver.got()).isEmpty();
    }

    @Test
    void sends_nothing_where_the_certificate_has_expired() throws Exception {
        Receiver receiver = Receiver.secure(vertx, authority.certificate("receiver.example", 11));

        assertThat(outcome("receiver.example", receiver, authority.pem())).isEqualTo("none certificate_expired again");
        assertThat(receiver.got()).isEmpty();
    }

    /** Status, failure, and whether it is tried again, of an event for such a host. */
    private String outcome(String host, Receiver receiver, String ca) throws Exception {
        webhooks.endpoint("https://" + host + ":" + receiver.port() + "/hooks");
        webhooks.events(1);
        WebhookSenderConfig config =
                RunningSender.config(webhooks.url(), RunningSender.LOOPBACK, ca, RunningSender.TIMEOUT);
        try (RunningSender _ = RunningSender.start(vertx, config, NAMES)) {
            await().atMost(SOON).until(() -> webhooks.count("SELECT count(*) FROM webhook_try") > 0);
        }
        return webhooks.firstTry();
    }
}
