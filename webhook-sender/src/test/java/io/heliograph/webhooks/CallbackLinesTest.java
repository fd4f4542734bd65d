package io.heliograph.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.LogGuard;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hosts that hang, among those that messages' status callbacks name: they delay neither other hosts nor other accounts. */
class CallbackLinesTest {
    @RegisterExtension
    static final LogGuard LOG = new LogGuard("+15005550010", "/hooks", ".example");

    private static final Duration SOON = Duration.ofSeconds(20);
    /** Whoever hangs still does when the test ends. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final int HOSTS = 60;
    private static final Map<String, String> NAMES =
            IntStream.rangeClosed(0, HOSTS).boxed().collect(Collectors.toMap(n -> host(n), _ -> "127.0.0.1"));

    private final Vertx vertx = Vertx.vertx();
    private TestWebhooks webhooks;

    @BeforeEach
    void database() throws Exception {
        webhooks = new TestWebhooks();
        webhooks.execute("DELETE FROM event_listening");
    }

    @AfterEach
    void stop() throws Exception {
        Void _ = vertx.close().await(20, TimeUnit.SECONDS);
        webhooks.close();
    }

    @Test
    void a_host_that_hangs_delays_no_other_host_of_its_account() throws Exception {
        Receiver hangs = Receiver.hanging(vertx);
        Receiver well = Receiver.well(vertx);
        webhooks.callbacks(1, url(1, hangs), 300);
        webhooks.callbacks(1, url(2, well), 100);

        RunningSender sender = start();
        await().atMost(SOON).until(() -> well.got().size() == 100);

        assertThat(triesAt(1)).isZero();
        assertThat(hangs.got()).hasSizeBetween(1, 8);
        sender.close();
    }

    @Test
    void an_account_whose_hosts_all_hang_leaves_as_many_places_as_it_has() throws Exception {
        Receiver hangs = Receiver.hanging(vertx);
        Receiver well = Receiver.well(vertx);
        for (int host = 1; host <= HOSTS; host++) {
            webhooks.callbacks(1, url(host, hangs), 20);
        }

        RunningSender sender = start();
        await().atMost(SOON).until(() -> hangs.got().size() >= 90);
        webhooks.callbacks(2, url(0, well), 100);
        await().atMost(SOON).until(() -> well.got().size() == 100);

        assertThat(webhooks.count("SELECT count(*) FROM webhook_try WHERE account_id = 1"))
                .isZero();
        // Of 200 places.
        assertThat(hangs.got()).hasSizeBetween(90, 100);
        sender.close();
    }

    private RunningSender start() throws Exception {
        return RunningSender.start(vertx, RunningSender.config(webhooks.url(), RunningSender.LOOPBACK, LONG), NAMES);
    }

    private long triesAt(int host) throws Exception {
        return webhooks.count("SELECT count(*) FROM webhook_try t JOIN message m ON m.id = t.message_id"
                + " WHERE m.status_callback LIKE '%" + host(host) + "%'");
    }

    private static String url(int host, Receiver receiver) {
        return "http://" + host(host) + ":" + receiver.port() + "/hooks";
    }

    private static String host(int n) {
        return "host-" + n + ".example";
    }
}
