package io.heliograph.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.LogGuard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Receivers that hang, lead elsewhere, answer without end, or stand where nobody may be called: cut or refused, and said. */
class BadReceiversTest {
    @RegisterExtension
    static final LogGuard LOG = new LogGuard("/hooks", "receiver.example");

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(500);

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
    void cuts_one_that_hangs() throws Exception {
        Receiver receiver = Receiver.hanging(vertx);

        assertThat(outcome(receiver.url(), RunningSender.LOOPBACK)).isEqualTo("none timeout again");
    }

    @Test
    void cuts_one_that_never_ends_its_answer_and_takes_its_status_for_an_answer() throws Exception {
        Receiver receiver = Receiver.answering(vertx, request -> {
            boolean _ = request.response().setChunked(true).write("so far").isComplete();
        });

        assertThat(outcome(receiver.url(), RunningSender.LOOPBACK)).isEqualTo("200 timeout done");
    }

    @Test
    void does_not_follow_where_it_is_led() throws Exception {
        Receiver elsewhere = Receiver.well(vertx);
        Receiver receiver = Receiver.answering(vertx, request -> {
            request.response().putHeader("Location", elsewhere.url());
            Receiver.end(request, 307);
        });

        assertThat(outcome(receiver.url(), RunningSender.LOOPBACK)).isEqualTo("307 redirect again");
        assertThat(elsewhere.got()).isEmpty();
    }

    @Test
    void does_not_read_an_answer_of_ten_megabytes() throws Exception {
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        Receiver receiver = Receiver.answering(vertx, request -> {
            Future<Void> all = request.response().end(Buffer.buffer(new byte[10_000_000]));
            var _ = all.onComplete(end -> written.complete(end.succeeded()));
        });

        assertThat(outcome(receiver.url(), RunningSender.LOOPBACK)).isEqualTo("200 answer_too_large done");
        assertThat(written.get(20, TimeUnit.SECONDS)).isFalse();
        assertThat(webhooks.count("SELECT length(answer_head) FROM webhook_try"))
                .isEqualTo(500);
    }

    @Test
    void does_not_call_a_name_that_means_this_machine() throws Exception {
        Receiver receiver = Receiver.well(vertx);

        assertThat(outcome("http://localhost:" + receiver.port(), "")).isEqualTo("none address_refused again");
        assertThat(receiver.got()).isEmpty();
    }

    @Test
    void does_not_call_an_address_that_is_written_another_way() throws Exception {
        Receiver receiver = Receiver.well(vertx);

        assertThat(outcome("http://[::ffff:127.0.0.1]:" + receiver.port(), "")).isEqualTo("none address_refused again");
        assertThat(receiver.got()).isEmpty();
    }

    @Test
    void says_that_nobody_is_there() throws Exception {
        assertThat(outcome("http://127.0.0.1:1/hooks", RunningSender.LOOPBACK)).isEqualTo("none connect_failed again");
    }

    @Test
    void says_that_nothing_can_be_sent_to_such_a_url() throws Exception {
        assertThat(outcome("http://127.0.0.1:65536/hooks", RunningSender.LOOPBACK))
                .isEqualTo("none url_unusable again");
    }

    @Test
    void says_that_the_certificate_or_the_protocol_is_not_in_order() throws Exception {
        Receiver receiver = Receiver.well(vertx);

        assertThat(outcome("https://127.0.0.1:" + receiver.port(), RunningSender.LOOPBACK))
                .isEqualTo("none tls_failed again");
    }

    @Test
    void connects_to_the_address_that_was_checked_whatever_the_name_means_then() throws Exception {
        Receiver receiver = Receiver.well(vertx);
        webhooks.endpoint("http://receiver.example:" + receiver.port() + "/hooks");
        webhooks.events(1);
        WebhookSenderConfig config = RunningSender.config(webhooks.url(), RunningSender.LOOPBACK, SHORT);

        // Nobody else knows this name, so whoever asked for it again would not arrive.
        try (RunningSender _ = RunningSender.start(vertx, config, Map.of("receiver.example", "127.0.0.1"))) {
            await().atMost(SOON).until(() -> receiver.got().size() == 1);
        }

        assertThat(receiver.got().getFirst().headers()).containsEntry("host", "receiver.example:" + receiver.port());
    }

    @Test
    void asks_for_the_certificate_of_the_name_and_not_of_the_address() throws Exception {
        CompletableFuture<String> greeting = new CompletableFuture<>();
        NetServer receiver = vertx.createNetServer()
                .connectHandler(socket -> socket.handler(hello -> {
                    greeting.complete(hello.toString(StandardCharsets.ISO_8859_1));
                    boolean _ = socket.close().isComplete();
                }))
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
        webhooks.endpoint("https://receiver.example:" + receiver.actualPort() + "/hooks");
        webhooks.events(1);
        WebhookSenderConfig config = RunningSender.config(webhooks.url(), RunningSender.LOOPBACK, SHORT);

        try (RunningSender _ = RunningSender.start(vertx, config, Map.of("receiver.example", "127.0.0.1"))) {
            assertThat(greeting.get(20, TimeUnit.SECONDS)).contains("receiver.example");
        }
    }

    @Test
    void lets_a_receiver_that_hangs_delay_nobody_else() throws Exception {
        Receiver hangs = Receiver.hanging(vertx);
        Receiver well = Receiver.well(vertx);
        UUID hanging = webhooks.endpoint(hangs.url());
        UUID good = webhooks.endpoint(well.url());
        webhooks.eventsFor(hanging, 1_000);
        webhooks.eventsFor(good, 500);
        WebhookSenderConfig config =
                RunningSender.config(webhooks.url(), RunningSender.LOOPBACK, Duration.ofMinutes(1));

        RunningSender sender = RunningSender.start(vertx, config);
        await().atMost(SOON).until(() -> well.got().size() == 500);

        // Not one of them has ended, and they keep few of the 200 places.
        assertThat(webhooks.count("SELECT count(*) FROM webhook_try WHERE endpoint_id = '" + hanging + "'"))
                .isZero();
        assertThat(hangs.got()).hasSizeBetween(1, 8);
        sender.close();
    }

    /** Status, failure, and whether it is tried again, of an event for such a URL. */
    private String outcome(String url, String allow) throws Exception {
        webhooks.endpoint(url);
        webhooks.events(1);
        try (RunningSender _ = RunningSender.start(vertx, RunningSender.config(webhooks.url(), allow, SHORT))) {
            await().atMost(SOON).until(() -> webhooks.count("SELECT count(*) FROM webhook_try") > 0);
        }
        return webhooks.firstTry();
    }
}
