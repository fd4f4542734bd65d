package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AcceptingMessagesTest {
    private static final String HELLO = "{\"to\":\"+15005550010\",\"text\":\"Hello\"}";

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @Test
    void answers_202_with_an_id_when_the_message_and_its_promise_are_stored() {
        HttpResponse<String> response = gateway.post("/v1/messages", HELLO);

        assertThat(response.statusCode()).isEqualTo(202);
        String id = json(response).getString("id");
        assertThat(response.headers().firstValue("Location")).hasValue("/v1/messages/" + id);
        assertThat(gateway.sql()
                        .text("SELECT status || ' ' || recipient || ' ' || body FROM message WHERE id = '" + id + "'"))
                .isEqualTo("queued +15005550010 Hello");
        assertThat(gateway.sql()
                        .text("SELECT topic || ' ' || lane FROM outbox WHERE message_id = '" + id
                                + "' AND due_at <= now()"))
                .isEqualTo("sms normal");
    }

    @Test
    void stores_rows_in_the_partition_of_the_day() {
        gateway.post("/v1/messages", HELLO);

        assertThat(gateway.sql().count("SELECT count(*) FROM message_default")).isZero();
    }

    @Test
    void counts_segments_and_normalises_the_number() {
        HttpResponse<String> response = gateway.post(
                "/v1/messages", new JsonObject().put("to", "(500) 555-0010").put("text", "naïve ✓ " + "x".repeat(70)));

        assertThat(json(response).getString("to")).isEqualTo("+15005550010");
        assertThat(json(response).getInteger("segments")).isEqualTo(2);
        assertThat(json(response).getString("encoding")).isEqualTo("ucs2");
    }

    @Test
    void estimates_no_moment_before_the_message_was_accepted() {
        JsonObject accepted = json(gateway.post("/v1/messages", HELLO));

        assertThat(OffsetDateTime.parse(accepted.getString("estimated_send_at")))
                .isAfterOrEqualTo(OffsetDateTime.parse(accepted.getString("created_at")));
    }

    @Test
    void keeps_a_scheduled_message_until_its_time() {
        HttpResponse<String> response = gateway.post(
                "/v1/messages",
                new JsonObject(HELLO)
                        .put(
                                "send_at",
                                OffsetDateTime.now(ZoneOffset.UTC).plusHours(2).toString()));

        assertThat(json(response).getString("status")).isEqualTo("scheduled");
        assertThat(
                        gateway.sql()
                                .count(
                                        "SELECT count(*) FROM outbox WHERE scheduled AND due_at > now() + interval '119 minutes'"))
                .isOne();
    }

    @Test
    void answers_the_same_again_for_the_same_key_and_body() {
        HttpResponse<String> first = gateway.post("/v1/messages", HELLO, "Idempotency-Key", "order-1");
        HttpResponse<String> second = gateway.post(
                "/v1/messages", "{ \"text\":\"Hello\", \"to\":\"+15005550010\"}", "Idempotency-Key", "order-1");

        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isOne();
    }

    @Test
    void refuses_the_same_key_with_another_body() {
        gateway.post("/v1/messages", HELLO, "Idempotency-Key", "order-1");
        HttpResponse<String> second = gateway.post(
                "/v1/messages", "{\"to\":\"+15005550010\",\"text\":\"Other\"}", "Idempotency-Key", "order-1");

        assertThat(second.statusCode()).isEqualTo(422);
        assertThat(json(second).getString("code")).isEqualTo("idempotency_key_reused");
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isOne();
    }

    @Test
    void stores_one_message_when_the_same_key_comes_many_times_at_once() throws Exception {
        List<HttpResponse<String>> responses =
                AtOnce.call(50, i -> gateway.post("/v1/messages", HELLO, "Idempotency-Key", "at-once"));

        assertThat(responses).allMatch(response -> response.statusCode() == 202);
        assertThat(responses.stream()
                        .map(response -> json(response).getString("id"))
                        .distinct())
                .hasSize(1);
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isOne();
        assertThat(gateway.sql().count("SELECT count(*) FROM outbox")).isOne();
    }
}
