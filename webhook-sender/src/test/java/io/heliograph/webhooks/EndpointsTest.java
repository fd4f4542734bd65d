package io.heliograph.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** What becomes of endpoints on which nothing arrives. */
class EndpointsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private TestWebhooks webhooks;

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
    void disables_one_that_is_gone_at_once_tells_the_others_and_forgets_what_was_promised_to_it() throws Exception {
        Receiver gone = Receiver.answering(vertx, 410);
        Receiver well = Receiver.well(vertx);
        UUID endpoint = webhooks.endpoint(gone.url());
        webhooks.events(100);
        UUID other = webhooks.endpoint(well.url());

        try (RunningSender sender = RunningSender.start(vertx, webhooks.url())) {
            await().atMost(SOON).until(() -> well.got().size() == 1);
            webhooks.execute("UPDATE webhook_delivery SET due_at = now()");
            await().atMost(SOON).until(() -> webhooks.count("SELECT count(*) FROM webhook_delivery") == 0);
            assertThat(sender.get("/metrics").body())
                    .contains("heliograph_webhook_endpoints_disabled_total 1.0")
                    .doesNotContain("heliograph_webhook_deliveries_dropped_total 0.0");
        }

        assertThat(disabledFor(endpoint)).isEqualTo("gone");
        assertThat(disabledFor(other)).isEqualTo("null");
        JsonObject told = well.got().getFirst().json();
        assertThat(told.getString("type")).isEqualTo("webhook_endpoint.disabled");
        assertThat(told.getJsonObject("data").getString("endpoint_id")).isEqualTo(endpoint.toString());
        assertThat(told.getJsonObject("data").getString("reason")).isEqualTo("gone");
    }

    @Test
    void disables_one_on_which_nothing_has_arrived_for_long_while_things_were_tried() throws Exception {
        UUID endpoint = failing("25 hours", 4);

        try (RunningSender _ = RunningSender.start(vertx, webhooks.url())) {
            await().atMost(SOON).until(() -> disabledFor(endpoint).equals("failing"));
        }

        assertThat(webhooks.text("SELECT data ->> 'endpoint_id' FROM event WHERE type = 'webhook_endpoint.disabled'"))
                .isEqualTo(endpoint.toString());
    }

    @Test
    void says_in_the_log_which_it_has_disabled_and_what_to_do() throws Exception {
        UUID endpoint = failing("25 hours", 4);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger deliveries = (Logger) LoggerFactory.getLogger("io.heliograph.webhooks.deliver");
        log.start();
        deliveries.addAppender(log);

        try (RunningSender _ = RunningSender.start(vertx, webhooks.url())) {
            await().atMost(SOON).until(() -> disabledFor(endpoint).equals("failing"));
        }

        boolean _ = deliveries.detachAppender(log);
        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).contains("/v1/webhook-endpoints/{id}/enable");
            assertThat(line.getKeyValuePairs()).containsExactly(new KeyValuePair("endpoints", List.of(endpoint)));
        });
    }

    @Test
    void does_not_disable_one_that_was_not_tried_meanwhile() throws Exception {
        UUID endpoint = failing("25 hours", 0);

        try (RunningSender _ = RunningSender.start(vertx, webhooks.url())) {
            await().atMost(SOON).until(() -> webhooks.count("SELECT count(*) FROM webhook_try") == 1);
        }

        assertThat(disabledFor(endpoint)).isEqualTo("null");
    }

    @Test
    void does_not_disable_one_that_fails_for_less_long() throws Exception {
        UUID endpoint = failing("23 hours", 10);

        try (RunningSender _ = RunningSender.start(vertx, webhooks.url())) {
            await().atMost(SOON).until(() -> webhooks.count("SELECT count(*) FROM webhook_try") == 11);
        }

        assertThat(disabledFor(endpoint)).isEqualTo("null");
    }

    @Test
    void remembers_since_when_nothing_arrives_until_something_does() throws Exception {
        int[] status = {500};
        Receiver receiver = Receiver.answering(vertx, request -> Receiver.end(request, status[0]));
        webhooks.endpoint(receiver.url());
        webhooks.events(1);

        try (RunningSender _ = RunningSender.start(vertx, webhooks.url())) {
            await().atMost(SOON)
                    .until(() -> webhooks.text("SELECT failing_since IS NOT NULL FROM webhook_endpoint")
                            .equals("t"));
            status[0] = 200;
            webhooks.execute("UPDATE webhook_delivery SET due_at = now()");
            await().atMost(SOON)
                    .until(() -> webhooks.text("SELECT failing_since IS NULL FROM webhook_endpoint")
                            .equals("t"));
        }
    }

    /** One that has failed since then, so many times, and has one event to come. */
    private UUID failing(String since, int tries) throws Exception {
        UUID endpoint = webhooks.endpoint(Receiver.answering(vertx, 500).url());
        webhooks.execute("UPDATE webhook_endpoint SET failing_since = now() - '" + since + "'::interval");
        webhooks.execute(
                "INSERT INTO webhook_try (delivery_id, n, account_id, event_id, endpoint_id, tried_at, duration_ms, status_code)"
                        + " SELECT gen_random_uuid(), 1, 1, gen_random_uuid(), ?, now(), 1, 500 FROM generate_series(1, ?)",
                endpoint,
                tries);
        webhooks.events(1);
        return endpoint;
    }

    private String disabledFor(UUID endpoint) throws Exception {
        return webhooks.text("SELECT disabled_reason FROM webhook_endpoint WHERE id = '" + endpoint + "'");
    }
}
