package io.heliograph.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.testing.LogGuard;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An event is told in a person's browsers, and to the account's own systems. */
class PushJourneyTest {
    /** Endpoints and what is told are nobody's business. */
    @RegisterExtension
    static final LogGuard LOG = new LogGuard("/push/", House.TEXT, SimulatorAccount.VAPID_PRIVATE_KEY);

    private static final Duration SOON = Duration.ofSeconds(40);

    private House house;

    @BeforeEach
    void start() {
        house = House.start(BrokerKind.QPID.shared());
        assertThat(put("/v1/users/ann", new JsonObject()).statusCode()).isEqualTo(201);
    }

    @AfterEach
    void stop() throws Exception {
        house.close();
    }

    @Test
    void is_read_by_each_browser_and_by_nobody_on_the_way() {
        Awaitility.await("the key to subscribe with")
                .atMost(SOON)
                .until(() -> SimulatorAccount.VAPID_PUBLIC_KEY.equals(
                        house.api().get("/v1/push/vapid-public-key").getString("public_key")));
        JsonObject laptop = house.simulator().pushSubscription();
        JsonObject phone = house.simulator().pushSubscription();
        assertThat(subscribe(laptop).statusCode()).isEqualTo(201);
        assertThat(subscribe(phone).statusCode()).isEqualTo(201);

        JsonArray ids = pushed().getJsonArray("message_ids");

        assertThat(ids).hasSize(2);
        ids.forEach(id -> house.api().awaitStatus(id.toString(), "sent"));
        for (JsonObject browser : List.of(laptop, phone)) {
            JsonArray posts = house.simulator().toRecipient(token(browser)).posts();
            assertThat(posts).hasSize(1);
            JsonObject read = new JsonObject(posts.getJsonObject(0).getString("text"));
            assertThat(read.getString("title")).isEqualTo("Payment for order " + House.TEXT + " received");
            assertThat(read.getString("body"))
                    .isEqualTo("We have received ₹250 for order " + House.TEXT + ". Thank you!");
            assertThat(ids).contains(read.getString("id"));
        }
        assertThat(house.simulator().summary().at(Provider.WEBPUSH).recipientsAcceptedMoreThanOnce())
                .isZero();
        ExactlyOnce.assertBalanced(house);
    }

    @Test
    void ends_with_the_subscription() {
        JsonObject browser = house.simulator().pushSubscription();
        assertThat(subscribe(browser).statusCode()).isEqualTo(201);
        house.simulator()
                .script(new JsonObject()
                        .put(
                                "rules",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("to", token(browser))
                                                .put(
                                                        "answer",
                                                        new JsonObject()
                                                                .put("kind", "error")
                                                                .put("code", 410)))));

        JsonObject failed = house.api().awaitStatus(pushed().getString("message_id"), "failed");

        assertThat(failed.getString("reason")).isEqualTo("subscription_gone");
        assertThat(failed.getJsonArray("attempts").getJsonObject(0).getString("code"))
                .isEqualTo("http_410");
        assertThat(house.api().get("/v1/users/ann/push-subscriptions").getJsonArray("push_subscriptions"))
                .isEmpty();
        assertThat(pushed().getString("reason")).isEqualTo("no_address");
        ExactlyOnce.assertBalanced(house);
    }

    @Test
    void comes_again_as_the_same_when_nobody_knows_whether_it_has_arrived() throws Exception {
        house.close();
        house = House.withGateway(
                TestDatabase.fresh(), BrokerKind.QPID.shared(), Map.of("HELIOGRAPH_UNKNOWN_WINDOW", "1s"));
        assertThat(put("/v1/users/ann", new JsonObject()).statusCode()).isEqualTo(201);
        JsonObject browser = house.simulator().pushSubscription();
        assertThat(subscribe(browser).statusCode()).isEqualTo(201);
        house.simulator()
                .script(new JsonObject()
                        .put(
                                "rules",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("to", token(browser))
                                                .put("times", 1)
                                                .put(
                                                        "answer",
                                                        new JsonObject()
                                                                .put("kind", "reset")
                                                                .put("accepts", true)))));
        var _ = house.startRelay();
        var _ = house.startWorker();

        String id = pushed().getString("message_id");
        house.api().awaitStatus(id, "sent");

        JsonArray posts = house.simulator().ofMessage(id).posts();
        assertThat(posts).hasSize(2);
        assertThat(posts.stream()
                        .map(post ->
                                ((JsonObject) post).getJsonObject("details").getString("Topic")))
                .hasSize(2)
                .containsOnly(posts.getJsonObject(0).getJsonObject("details").getString("Topic"));
    }

    @Test
    void reaches_the_systems_of_the_account_with_what_happened() throws Exception {
        List<JsonObject> told = new CopyOnWriteArrayList<>();
        Vertx vertx = Vertx.vertx();
        HttpServer receiver = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    told.add(body.toJsonObject());
                    boolean _ = request.response().end().isComplete();
                }))
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
        house.rows()
                .execute("INSERT INTO webhook_endpoint (id, account_id, url, secret) SELECT uuid_v7_now(), id,"
                        + " 'http://127.0.0.1:" + receiver.actualPort()
                        + "', 'a secret of twenty-four.' FROM account");
        house.startWebhookSender();

        JsonObject outcome = posted().getJsonObject("webhook");

        Awaitility.await().atMost(SOON).until(() -> told.size() == 1);
        assertThat(told.getFirst().getString("id")).isEqualTo(outcome.getString("event_id"));
        assertThat(told.getFirst().getString("type")).isEqualTo("notification.posted");
        assertThat(told.getFirst().getJsonObject("data").getJsonObject("data").getString("order_id"))
                .isEqualTo(House.TEXT);
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    private JsonObject pushed() {
        return posted().getJsonObject("web_push");
    }

    private JsonObject posted() {
        HttpResponse<String> answer = house.api()
                .post(
                        "/v1/events",
                        new JsonObject()
                                .put("type", "payment_completed")
                                .put("user", "ann")
                                .put(
                                        "data",
                                        new JsonObject()
                                                .put("order_id", House.TEXT)
                                                .put("amount", "₹250")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return new JsonObject(answer.body()).getJsonObject("channels");
    }

    private HttpResponse<String> subscribe(JsonObject subscription) {
        return put("/v1/users/ann/push-subscriptions", subscription);
    }

    private HttpResponse<String> put(String path, JsonObject body) {
        try {
            return house.api()
                    .call(house.api()
                            .request(path)
                            .header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofString(body.encode())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String token(JsonObject subscription) {
        String endpoint = subscription.getString("endpoint");
        return endpoint.substring(endpoint.lastIndexOf('/') + 1);
    }
}
