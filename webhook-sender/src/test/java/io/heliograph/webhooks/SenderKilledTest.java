package io.heliograph.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.ChildJvm;
import io.heliograph.webhooks.Receiver.Got;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Between the POST and its record lies a moment in which only the receiver knows. */
class SenderKilledTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void what_was_under_way_comes_again_with_its_id() throws Exception {
        Vertx vertx = Vertx.vertx();
        AtomicBoolean answers = new AtomicBoolean();
        Receiver receiver = Receiver.answering(vertx, request -> {
            if (answers.get()) {
                Receiver.end(request, 200);
            }
        });
        try (TestWebhooks webhooks = new TestWebhooks()) {
            webhooks.endpoint(receiver.url());
            webhooks.events(20);
            Map<String, String> environment = Map.of(
                    "HELIOGRAPH_DATABASE_URL",
                    webhooks.url().withPassword(),
                    "HELIOGRAPH_WEBHOOK_ALLOW",
                    RunningSender.LOOPBACK);

            try (ChildJvm child =
                    ChildJvm.start(WebhookSender.class, environment).awaitReady()) {
                await().atMost(SOON).until(() -> receiver.got().size() == 8);
                child.killHard();
                assertThat(child.output()).doesNotContain("/hooks");
            }
            Set<String> underWay = ids(receiver);
            answers.set(true);
            webhooks.execute("UPDATE webhook_delivery SET due_at = now()");

            try (RunningSender _ = RunningSender.start(vertx, webhooks.url())) {
                await().atMost(SOON).until(() -> webhooks.count("SELECT count(*) FROM webhook_delivery") == 0);
            }
            assertThat(underWay).hasSize(8);
            assertThat(ids(receiver)).hasSize(20);
            assertThat(receiver.got()).hasSize(28);
        } finally {
            Void _ = vertx.close().await(20, TimeUnit.SECONDS);
        }
    }

    private static Set<String> ids(Receiver receiver) {
        return receiver.got().stream().map(Got::id).collect(Collectors.toSet());
    }
}
