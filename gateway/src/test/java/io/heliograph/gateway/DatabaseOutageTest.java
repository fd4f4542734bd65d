package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.PrivatePostgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A database that is away costs a client nothing but a moment, and comes back by itself. */
class DatabaseOutageTest {
    /** The bounds in the gateway add up to ten seconds; a busy machine may add some. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(14);

    private static PrivatePostgres postgres;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        postgres = PrivatePostgres.start();
        gateway = new RunningGateway(postgres.url());
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        postgres.close();
    }

    @Test
    void answers_503_with_retry_after_while_the_database_is_stopped_and_goes_on_when_it_is_back()
            throws InterruptedException {
        String id = accept("before");

        postgres.stop();
        List<HttpResponse<String>> responses = everyRequest(id);
        HttpResponse<String> live = gateway.admin("/health/live");
        HttpResponse<String> ready = gateway.admin("/health/ready");
        postgres.startAgain();

        assertThat(responses).allSatisfy(DatabaseOutageTest::isRefusedForNow);
        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(ready.statusCode()).isEqualTo(503);
        goesOn();
    }

    @Test
    void answers_503_within_its_bounds_while_the_database_is_frozen_and_goes_on_when_it_thaws()
            throws InterruptedException {
        String id = accept("before");

        postgres.freeze();
        long startedNanos = System.nanoTime();
        List<HttpResponse<String>> responses = everyRequest(id);
        Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
        postgres.thaw();

        assertThat(responses).allSatisfy(DatabaseOutageTest::isRefusedForNow);
        assertThat(took).isLessThan(ANSWER_MAX);
        goesOn();
    }

    @Test
    void keeps_every_message_that_it_accepted_while_the_database_is_killed_under_load() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        Map<String, String> acceptedIds = new ConcurrentHashMap<>();

        AtOnce.call(9, client -> {
            if (client == 0) {
                try {
                    killAndStartAgain(acceptedIds);
                } finally {
                    over.set(true);
                }
            } else {
                acceptUntil(over, client, acceptedIds);
            }
            return client;
        });

        acceptedIds.forEach((key, id) -> assertThat(gateway.sql().state(id)).isEqualTo("queued promised"));
        assertThat(gateway.sql().count("SELECT count(*) FROM message WHERE body = 'load'"))
                .isBetween((long) acceptedIds.size(), acceptedIds.size() + 8L);
        assertThat(json(gateway.get("/v1/ledger")).getBoolean("balanced")).isTrue();
    }

    @Test
    void refuses_a_flood_of_callbacks_applies_none_by_half_and_takes_them_when_they_come_again() throws Exception {
        int callbacks = 400;
        List<String> ids = IntStream.range(0, callbacks)
                .mapToObj(_ -> TestMessages.sending(gateway))
                .toList();

        postgres.killHard();
        List<Integer> refused = AtOnce.call(callbacks, i -> deliver(ids, i));
        postgres.startAgain();
        await().until(() -> gateway.admin("/health/ready").statusCode() == 200);
        long halves = gateway.sql()
                .count("SELECT count(*) FROM message m LEFT JOIN callback c ON c.message_id = m.id LEFT JOIN outbox o"
                        + " ON o.message_id = m.id WHERE m.claimed_at IS NOT NULL AND NOT ((c.id IS NULL) = (m.status = 'sending')"
                        + " AND (o.message_id IS NULL) = (m.status = 'delivered'))");
        List<Integer> repeated = AtOnce.call(callbacks, i -> deliver(ids, i));

        assertThat(refused).containsOnly(503);
        assertThat(halves).isZero();
        assertThat(repeated).containsOnly(204);
        assertThat(ids).allSatisfy(id -> assertThat(gateway.sql().state(id)).isEqualTo("delivered settled"));
    }

    private static int deliver(List<String> ids, int i) {
        return TwilioPost.of("SM" + i, "delivered")
                .about(ids.get(i), 1)
                .to(gateway)
                .statusCode();
    }

    private static void killAndStartAgain(Map<String, String> acceptedIds) {
        await().until(() -> acceptedIds.size() > 200);
        postgres.killHard();
        postgres.startAgain();
        int before = acceptedIds.size();
        await().atMost(Duration.ofSeconds(30)).until(() -> acceptedIds.size() > before + 200);
    }

    /** Each with its key, again and again until it is accepted, as a careful client does. */
    private static void acceptUntil(AtomicBoolean over, int client, Map<String, String> acceptedIds) {
        for (int i = 0; !over.get(); i++) {
            String key = "load-" + client + "-" + i;
            HttpResponse<String> response;
            do {
                response = gateway.post("/v1/messages", hello("load"), "Idempotency-Key", key);
                assertThat(response.statusCode()).as(response.body()).isIn(202, 503);
            } while (response.statusCode() == 503 && isReadyInTime(over));
            if (response.statusCode() == 202) {
                acceptedIds.put(key, json(response).getString("id"));
            }
        }
    }

    private static boolean isReadyInTime(AtomicBoolean over) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> over.get() || gateway.admin("/health/ready").statusCode() == 200);
        return !over.get();
    }

    /** All at once, because each may take its whole time. */
    private static List<HttpResponse<String>> everyRequest(String id) throws InterruptedException {
        List<Supplier<HttpResponse<String>>> requests = List.of(
                () -> gateway.post("/v1/messages", hello("during")),
                () -> gateway.post("/v1/messages", hello("during"), "Idempotency-Key", "during"),
                () -> gateway.post(
                        "/v1/messages/batch",
                        new JsonObject()
                                .put(
                                        "messages",
                                        new JsonArray().add(hello("during")).add(hello("during")))),
                () -> gateway.get("/v1/messages/" + id),
                () -> gateway.get("/v1/messages"),
                () -> gateway.post("/v1/messages/" + id + "/cancel", ""),
                () -> gateway.get("/v1/ledger"),
                () -> TwilioPost.of("SM1", "sent").about(id, 1).to(gateway));
        // More than there are connections, so that some have to wait for their turn.
        return AtOnce.call(
                requests.size() * 5, i -> requests.get(i % requests.size()).get());
    }

    private static void isRefusedForNow(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(json(response).getString("code")).isEqualTo("unavailable");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    }

    private static void goesOn() {
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> gateway.post("/v1/messages", hello("after")).statusCode() == 202);
        await().until(() -> gateway.admin("/health/ready").statusCode() == 200);
        String again = accept("again");
        assertThat(gateway.get("/v1/messages/" + again).statusCode()).isEqualTo(200);
        // Whether a refused request was stored cannot always be known (the cancel may have been, or the receipt); half
        // of one never is.
        assertThat(gateway.sql()
                        .count("SELECT count(*) FROM message m FULL JOIN outbox o ON o.message_id = m.id"
                                + " WHERE m.id IS NULL OR message_is_settled(m.status) <> (o.message_id IS NULL)"))
                .isZero();
        assertThat(gateway.post("/v1/messages", hello("during"), "Idempotency-Key", "during")
                        .statusCode())
                .isEqualTo(202);
        assertThat(gateway.sql().count("SELECT count(*) FROM idempotency WHERE key = 'during'"))
                .isOne();
    }

    private static String accept(String text) {
        HttpResponse<String> response = gateway.post("/v1/messages", hello(text));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return json(response).getString("id");
    }

    private static JsonObject hello(String text) {
        return new JsonObject().put("to", "+15005550010").put("text", text);
    }
}
