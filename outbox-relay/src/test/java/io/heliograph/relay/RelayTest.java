package io.heliograph.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heliograph.broker.BrokerSettings;
import io.heliograph.contract.Lane;
import io.heliograph.contract.MessageStatus;
import io.heliograph.relay.care.VerificationCare;
import io.heliograph.relay.publish.PublishLimits;
import io.heliograph.relay.retention.KeptFor;
import io.heliograph.runtime.BrokerUrl;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.RunningProcess;
import io.heliograph.testing.PrivateRabbit;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole process, as an operator sees it. */
class RelayTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void is_ready_publishes_and_measures_what_it_does() throws Exception {
        try (TestOutbox outbox = new TestOutbox()) {
            RunningProcess relay = start(outbox.url());
            await().atMost(SOON).until(() -> get(relay, "/health/ready").statusCode() == 200);

            outbox.due(Lane.CRITICAL, 10);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(get(relay, "/metrics").body())
                            .contains(
                                    "heliograph_relay_promises_published_total{lane=\"critical\",topic=\"sms\"} 10.0",
                                    "heliograph_outbox_promises{lane=\"critical\",topic=\"sms\"} 10.0",
                                    "heliograph_ledger_violations 0.0",
                                    "heliograph_broker_confirm_seconds_count 1"));
            Void _ = relay.stop().await(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void warns_and_stays_ready_when_the_ledger_does_not_balance() throws Exception {
        try (TestOutbox outbox = new TestOutbox()) {
            outbox.messageWithoutPromise(MessageStatus.QUEUED);
            RunningProcess relay = start(outbox.url());

            await().atMost(SOON).untilAsserted(() -> {
                HttpResponse<String> ready = get(relay, "/health/ready");
                assertThat(ready.body()).contains("\"status\":\"warning\"", "\"ledger\":\"warning: 1 violations\"");
                assertThat(ready.statusCode()).isEqualTo(200);
            });
            assertThat(get(relay, "/metrics").body()).contains("heliograph_ledger_violations 1.0");
            Void _ = relay.stop().await(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void is_alive_but_not_ready_without_a_broker() throws Exception {
        RelayConfig config = new RelayConfig(
                TestDatabase.fresh(),
                new BrokerSettings(BrokerUrl.parse("amqp://localhost:1/"), BrokerSettings.QueueType.CLASSIC),
                0,
                PublishLimits.DEFAULTS,
                Duration.ofMillis(10),
                KeptFor.USUAL,
                VerificationCare.USUAL);
        RunningProcess relay = Relay.start(vertx, config).await(20, TimeUnit.SECONDS);

        assertThat(get(relay, "/health/live").statusCode()).isEqualTo(200);
        HttpResponse<String> ready = get(relay, "/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("\"database\":\"up\"", "\"broker\":\"not connected to the broker\"");

        Void _ = relay.stop().await(20, TimeUnit.SECONDS);
    }

    @Test
    void refuses_to_start_without_the_schema() {
        assertThatThrownBy(() -> start(TestDatabase.empty()))
                .isInstanceOf(Database.SchemaTooOldException.class)
                .hasMessageContaining("./heliograph migrate");
    }

    private RunningProcess start(DatabaseUrl url) throws Exception {
        RelayConfig config = new RelayConfig(
                url,
                PrivateRabbit.shared().settings(),
                0,
                PublishLimits.DEFAULTS,
                Duration.ofMillis(10),
                KeptFor.USUAL,
                VerificationCare.USUAL);
        return Relay.start(vertx, config).await(20, TimeUnit.SECONDS);
    }

    private static HttpResponse<String> get(RunningProcess relay, String path) throws Exception {
        URI uri = URI.create("http://localhost:" + relay.adminPort() + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
