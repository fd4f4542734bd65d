package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CancelingMessagesTest {
    private static final String CLAIM = "UPDATE message SET status = 'sending', attempt = 1, claimed_at = now()"
            + " WHERE status IN ('queued', 'scheduled')";

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @Test
    void takes_back_a_queued_message_and_its_promise() {
        String id = accept(hello());

        HttpResponse<String> response = cancel(id);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).getString("status")).isEqualTo("canceled");
        assertThat(json(response).getString("reason")).isEqualTo("canceled_by_account");
        assertThat(json(response).getString("settled_at")).isNotNull();
        assertThat(gateway.sql().state(id)).isEqualTo("canceled settled");
    }

    @Test
    void takes_back_a_scheduled_message_and_its_promise() {
        String id = accept(hello().put(
                        "send_at",
                        OffsetDateTime.now(ZoneOffset.UTC).plusDays(1).toString()));

        assertThat(cancel(id).statusCode()).isEqualTo(200);
        assertThat(gateway.sql().state(id)).isEqualTo("canceled settled");
    }

    @Test
    void is_content_when_it_was_cancelled_before() {
        String id = accept(hello());
        HttpResponse<String> first = cancel(id);

        HttpResponse<String> second = cancel(id);

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sending", "unknown", "sent", "delivered", "failed", "expired"})
    void is_too_late_for_a_message_that_a_worker_has_claimed_or_that_is_settled(String status) {
        String id = accept(hello());
        gateway.sql()
                .execute("UPDATE message SET status = '" + status
                        + "', attempt = 1, settled_at = CASE WHEN message_is_settled('" + status + "') THEN now() END");

        HttpResponse<String> response = cancel(id);

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(json(response).getString("code")).isEqualTo("not_cancelable");
        assertThat(json(response).getString("detail")).startsWith("The message is " + status);
        assertThat(gateway.sql().state(id)).startsWith(status);
    }

    @Test
    void answers_404_for_a_message_that_is_not_there() {
        assertThat(cancel("019a0000-0000-7000-8000-000000000001").statusCode()).isEqualTo(404);
        assertThat(cancel("nonsense").statusCode()).isEqualTo(404);
    }

    @Test
    void either_cancels_or_is_too_late_when_a_worker_claims_at_the_same_moment() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            String id = accept(hello());

            List<Integer> codes = AtOnce.call(2, i -> {
                if (i == 0) {
                    gateway.sql().execute(CLAIM);
                    return 0;
                }
                return cancel(id).statusCode();
            });

            assertThat(gateway.sql().state(id))
                    .isEqualTo(codes.get(1) == 200 ? "canceled settled" : "sending promised");
            assertThat(codes.get(1)).isIn(200, 409);
        }
    }

    @Test
    void waits_for_a_claim_that_is_not_committed_yet_and_is_then_too_late() throws Exception {
        String id = accept(hello());

        try (TestSql worker = new TestSql(gateway.sql().url())) {
            worker.execute("BEGIN; " + CLAIM);
            List<Integer> codes = AtOnce.call(2, i -> {
                if (i == 0) {
                    await().until(() -> gateway.sql().count("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
                    worker.execute("COMMIT");
                    return 0;
                }
                return cancel(id).statusCode();
            });

            assertThat(codes.get(1)).isEqualTo(409);
            assertThat(gateway.sql().state(id)).isEqualTo("sending promised");
        }
    }

    @Test
    void gives_the_same_answer_again_under_the_same_key() {
        String id = accept(hello());

        HttpResponse<String> first = cancel(id, "k");
        HttpResponse<String> second = cancel(id, "k");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Idempotent-Replayed")).hasValue("true");
    }

    @Test
    void leaves_the_key_free_when_it_is_too_late() {
        String claimed = accept(hello());
        gateway.sql().execute(CLAIM);
        String queued = accept(hello());

        HttpResponse<String> late = cancel(claimed, "k");

        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(cancel(claimed, "k").statusCode()).isEqualTo(409);
        assertThat(cancel(queued, "k").statusCode()).isEqualTo(200);
        assertThat(cancel(claimed, "k").statusCode()).isEqualTo(422);
    }

    @Test
    void leaves_the_key_free_when_a_worker_claims_at_the_same_moment() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            String id = accept(hello());
            String key = "claimed" + round;

            List<Integer> codes = AtOnce.call(2, i -> {
                if (i == 0) {
                    gateway.sql().execute(CLAIM);
                    return 0;
                }
                return cancel(id, key).statusCode();
            });

            assertThat(gateway.sql().count("SELECT count(*) FROM idempotency WHERE key = '" + key + "'"))
                    .isEqualTo(codes.get(1) == 200 ? 1 : 0);
        }
    }

    @Test
    void cancels_nothing_under_a_key_that_stands_for_something_else() {
        String canceled = accept(hello());
        String other = accept(hello());
        cancel(canceled, "k");

        HttpResponse<String> response = cancel(other, "k");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(json(response).getString("code")).isEqualTo("idempotency_key_reused");
        assertThat(gateway.sql().state(other)).isEqualTo("queued promised");
        assertThat(gateway.post("/v1/messages", hello(), "Idempotency-Key", "k").statusCode())
                .isEqualTo(422);
    }

    @Test
    void cancels_once_when_the_same_key_comes_many_times_at_once() throws InterruptedException {
        String id = accept(hello());

        List<HttpResponse<String>> responses = AtOnce.call(20, i -> cancel(id, "k"));

        assertThat(responses).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(responses)
                .extracting(HttpResponse::body)
                .containsOnly(responses.getFirst().body());
        assertThat(gateway.sql().state(id)).isEqualTo("canceled settled");
    }

    @Test
    void cancels_one_message_when_one_key_comes_for_two_at_once() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            List<String> ids = List.of(accept(hello()), accept(hello()));
            String key = "k" + round;

            List<Integer> codes = AtOnce.call(2, i -> cancel(ids.get(i), key).statusCode());

            assertThat(codes).containsExactlyInAnyOrder(200, 422);
            assertThat(gateway.sql().state(ids.get(codes.indexOf(422)))).isEqualTo("queued promised");
        }
    }

    private static JsonObject hello() {
        return new JsonObject().put("to", "+15005550010").put("text", "Hello");
    }

    private static String accept(JsonObject message) {
        return json(gateway.post("/v1/messages", message)).getString("id");
    }

    private static HttpResponse<String> cancel(String id) {
        return gateway.post("/v1/messages/" + id + "/cancel", "");
    }

    private static HttpResponse<String> cancel(String id, String key) {
        return gateway.post("/v1/messages/" + id + "/cancel", "", "Idempotency-Key", key);
    }
}
