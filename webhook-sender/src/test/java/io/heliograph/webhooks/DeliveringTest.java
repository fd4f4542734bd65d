package io.heliograph.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.LogGuard;
import io.heliograph.webhooks.Receiver.Got;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a receiver gets, and what is left when it has it. */
class DeliveringTest {
    @RegisterExtension
    static final LogGuard LOG = new LogGuard("+15005550010", "/hooks", "shop");

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
    void tells_an_endpoint_what_became_of_a_message_signed_as_standard_webhooks_has_it() throws Exception {
        Receiver receiver = Receiver.well(vertx);
        UUID endpoint = webhooks.endpoint(receiver.url());
        UUID message = webhooks.message(null);
        webhooks.move(message, "failed", "refused_by_carrier");

        try (RunningSender _ = RunningSender.start(vertx, webhooks.url())) {
            await().atMost(SOON).until(() -> receiver.got().size() == 2);
            await().atMost(SOON).until(() -> webhooks.count("SELECT count(*) FROM webhook_delivery") == 0);
        }

        Got failed = receiver.got().stream()
                .filter(got -> got.json().getString("type").equals("message.failed"))
                .findFirst()
                .orElseThrow();
        assertThat(failed.path()).isEqualTo("/hooks?shop=12");
        assertThat(failed.headers()).containsEntry("content-type", "application/json");
        assertThat(failed.isSignedWith(TestWebhooks.SECRET)).isTrue();
        assertThat(failed.id()).isEqualTo(webhooks.text("SELECT id FROM event WHERE type = 'message.failed'"));
        assertThat(failed.json().getString("id")).isEqualTo(failed.id());
        assertThat(failed.json().getLong("sequence"))
                .isEqualTo(webhooks.count("SELECT sequence FROM event WHERE type = 'message.failed'"));
        assertThat(failed.json().getString("occurred_at")).endsWith("Z");
        assertThat(failed.json().getJsonObject("data"))
                .isEqualTo(new JsonObject()
                        .put("id", message.toString())
                        .put("status", "failed")
                        .put("reason", "refused_by_carrier")
                        .put("attempt", 1)
                        .put("provider", "twilio")
                        .put("channel", "sms")
                        .put("to", "+15005550010")
                        .put("from", "+15005550006")
                        .put("reference", "4711")
                        .put("metadata", new JsonObject().put("shop", "12"))
                        .put("created_at", "2026-11-20T10:00:00Z"));
        assertThat(webhooks.text("SELECT count(*) || ' ' || min(n) || ' ' || max(status_code) FROM webhook_try"
                        + " WHERE failure IS NULL AND next_at IS NULL AND endpoint_id = '" + endpoint + "'"))
                .isEqualTo("2 1 204");
    }

    @Test
    void signs_with_both_secrets_while_one_replaces_the_other() throws Exception {
        byte[] before = "what it was until now, 24".getBytes(StandardCharsets.US_ASCII);
        Receiver receiver = Receiver.well(vertx);
        UUID endpoint = webhooks.endpoint(receiver.url());
        webhooks.execute(
                "UPDATE webhook_endpoint SET previous_secret = ?, previous_until = now() + interval '1 day' WHERE id = ?",
                before,
                endpoint);

        try (RunningSender _ = RunningSender.start(vertx, webhooks.url())) {
            webhooks.events(1);
            await().atMost(SOON).until(() -> receiver.got().size() == 1);
            webhooks.execute("UPDATE webhook_endpoint SET previous_until = now() - interval '1 second'");
            webhooks.events(1);
            await().atMost(SOON).until(() -> receiver.got().size() == 2);
        }

        assertThat(receiver.got().getFirst().isSignedWith(before)).isTrue();
        assertThat(receiver.got().getFirst().isSignedWith(TestWebhooks.SECRET)).isTrue();
        assertThat(receiver.got().getLast().isSignedWith(before)).isFalse();
        assertThat(receiver.got().getLast().isSignedWith(TestWebhooks.SECRET)).isTrue();
    }

    @Test
    void tries_again_what_did_not_arrive_with_the_same_id() throws Exception {
        Receiver receiver = Receiver.answering(vertx, 500);
        webhooks.endpoint(receiver.url());
        webhooks.events(1);

        try (RunningSender _ = RunningSender.start(vertx, webhooks.url())) {
            await().atMost(SOON).until(() -> webhooks.count("SELECT count(*) FROM webhook_try") == 1);
            assertThat(webhooks.text("SELECT status_code || ' ' || (next_at > now()) FROM webhook_try"))
                    .isEqualTo("500 true");
            webhooks.execute("UPDATE webhook_delivery SET due_at = now()");
            await().atMost(SOON).until(() -> webhooks.count("SELECT count(*) FROM webhook_try") == 2);
        }

        assertThat(receiver.got()).extracting(Got::id).hasSize(2);
        assertThat(receiver.got().getFirst().id())
                .isEqualTo(receiver.got().getLast().id());
        assertThat(webhooks.count("SELECT tries FROM webhook_delivery")).isEqualTo(2);
    }

    @Test
    void waits_as_long_as_a_busy_receiver_asks() throws Exception {
        Receiver receiver = Receiver.answering(vertx, request -> {
            request.response().putHeader("Retry-After", "600");
            Receiver.end(request, 503);
        });
        webhooks.endpoint(receiver.url());
        webhooks.events(1);

        try (RunningSender _ = RunningSender.start(vertx, webhooks.url())) {
            await().atMost(SOON).until(() -> webhooks.count("SELECT count(*) FROM webhook_try") == 1);
        }

        assertThat(webhooks.count("SELECT extract(epoch FROM next_at - tried_at)::int FROM webhook_try"))
                .isBetween(600L, 620L);
    }

    @Test
    void gives_up_when_its_time_is_over() throws Exception {
        Receiver receiver = Receiver.answering(vertx, 500);
        webhooks.endpoint(receiver.url());
        webhooks.events(1);
        webhooks.execute("UPDATE webhook_delivery SET created_at = now() - interval '25 hours'");

        try (RunningSender sender = RunningSender.start(vertx, webhooks.url())) {
            await().atMost(SOON).until(() -> webhooks.count("SELECT count(*) FROM webhook_delivery") == 0);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(sender.get("/metrics").body())
                            .contains("heliograph_webhook_tries_total{result=\"given_up\"} 1.0"));
        }

        assertThat(webhooks.text("SELECT status_code || ' ' || (next_at IS NULL) FROM webhook_try"))
                .isEqualTo("500 true");
    }

    @Test
    void records_what_is_under_way_when_it_stops() throws Exception {
        var asked = new CompletableFuture<HttpServerRequest>();
        Receiver receiver = Receiver.answering(vertx, asked::complete);
        webhooks.endpoint(receiver.url());
        webhooks.events(1);

        RunningSender sender = RunningSender.start(vertx, webhooks.url());
        var request = asked.get(20, TimeUnit.SECONDS);
        Thread stopping = Thread.ofVirtual().start(() -> {
            try {
                sender.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThatThrownBy(() -> sender.get("/health/live")).isInstanceOf(IOException.class));
        Receiver.end(request, 200);
        assertThat(stopping.join(SOON)).isTrue();

        assertThat(webhooks.count("SELECT count(*) FROM webhook_delivery")).isZero();
        assertThat(webhooks.count("SELECT status_code FROM webhook_try")).isEqualTo(200);
    }

    @Test
    void is_ready_and_measures_what_it_does() throws Exception {
        Receiver receiver = Receiver.well(vertx);
        webhooks.endpoint(receiver.url());
        webhooks.events(100);

        try (RunningSender sender = RunningSender.start(vertx, webhooks.url())) {
            assertThat(sender.get("/health/ready").statusCode()).isEqualTo(200);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(sender.get("/metrics").body())
                            .contains(
                                    "heliograph_webhook_tries_total{result=\"arrived\"} 100.0",
                                    "heliograph_webhook_try_seconds_count 100",
                                    "heliograph_webhook_overdue_seconds{line=\"well\"} 0.0",
                                    "heliograph_webhook_in_flight 0.0"));
        }
    }
}
