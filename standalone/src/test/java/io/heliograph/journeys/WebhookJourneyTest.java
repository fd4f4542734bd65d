package io.heliograph.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.LogGuard;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A customer is told what becomes of a message, from its acceptance to the handset. */
class WebhookJourneyTest {
    @RegisterExtension
    static final LogGuard LOG = House.logGuard();

    private static final Duration SOON = Duration.ofSeconds(40);

    private final List<JsonObject> told = new CopyOnWriteArrayList<>();

    @Test
    void tells_of_a_message_from_its_acceptance_to_the_handset() throws Exception {
        Vertx vertx = Vertx.vertx();
        HttpServer receiver = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    told.add(body.toJsonObject());
                    boolean _ = request.response().end().isComplete();
                }))
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
        try (House house = House.start(BrokerKind.QPID.shared())) {
            house.rows().execute("INSERT INTO event_listening SELECT id, 'infinity' FROM account");
            house.rows()
                    .execute("INSERT INTO webhook_endpoint (id, account_id, url, secret) SELECT uuid_v7_now(), id,"
                            + " 'http://127.0.0.1:" + receiver.actualPort()
                            + "', 'a secret of twenty-four.' FROM account");
            house.startWebhookSender();

            String to = Numbers.next();
            String id = house.api().send(to, House.TEXT);

            Awaitility.await().atMost(SOON).until(() -> told.size() == 3);
            assertThat(told)
                    .extracting(event -> event.getString("type"))
                    .containsExactlyInAnyOrder("message.accepted", "message.sent", "message.delivered");
            assertThat(told).extracting(event -> event.getJsonObject("data")).allSatisfy(data -> {
                assertThat(data.getString("id")).isEqualTo(id);
                assertThat(data.getString("to")).isEqualTo(to);
            });
        } finally {
            Void _ = vertx.close().await(10, TimeUnit.SECONDS);
        }
    }
}
