package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.gateway.http.IdempotencyKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A request and its repetitions are one request. Two gateways, because a repetition may come to another one. */
class IdempotencyTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    private static final DateTimeFormatter TO_THE_SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);

    private static RunningGateway other;

    @BeforeAll
    static void startAnother() {
        other = new RunningGateway(gateway.sql().url());
    }

    @AfterAll
    static void stopTheOther() throws Exception {
        other.close();
    }

    @Test
    void counts_the_subject_of_an_email_as_part_of_what_the_key_stands_for() {
        JsonObject mail = new JsonObject()
                .put("to", "ann@example.com")
                .put("channel", "email")
                .put("subject", "Hi")
                .put("text", "Hello");

        gateway.post("/v1/messages", mail, "Idempotency-Key", "mail");
        HttpResponse<String> same = gateway.post("/v1/messages", mail, "Idempotency-Key", "mail");
        HttpResponse<String> other =
                gateway.post("/v1/messages", mail.copy().put("subject", "Bye"), "Idempotency-Key", "mail");

        assertThat(same.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(other.statusCode()).isEqualTo(422);
    }

    @Test
    void gives_the_first_answer_again_from_another_gateway() {
        HttpResponse<String> first = postMessage(gateway, "k", hello());
        HttpResponse<String> second = postMessage(other, "k", hello());

        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(isReplayed(first)).isFalse();
        assertThat(isReplayed(second)).isTrue();
        assertThat(messages()).isOne();
    }

    @Test
    void gives_the_first_answer_again_to_the_microsecond_and_after_the_message_has_moved_on() {
        JsonObject body = hello().put("send_at", inAnHour() + ".1234567Z")
                .put("reference", "r")
                .put("channel", "whatsapp");

        HttpResponse<String> first = postMessage(gateway, "k", body);
        gateway.sql().execute("UPDATE message SET status = 'canceled', settled_at = now()");
        HttpResponse<String> second = postMessage(gateway, "k", body);

        assertThat(json(first).getString("status")).isEqualTo("scheduled");
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void takes_a_body_with_other_white_space_and_another_order_for_the_same_and_one_with_another_value_for_another() {
        String body = "{\"to\":\"+15005550010\",\"text\":\"Hello\",\"metadata\":{\"a\":[1,{\"b\":2,\"c\":3}]}}";
        String same =
                "{ \"metadata\": {\"a\": [1, {\"c\":3, \"b\":2}]},\n\"text\":\"Hello\", \"to\":\"+15005550010\" }";
        String another = body.replace("\"b\":2", "\"b\":\"2\"");

        assertThat(gateway.post("/v1/messages", body, "Idempotency-Key", "k").statusCode())
                .isEqualTo(202);
        assertThat(gateway.post("/v1/messages", same, "Idempotency-Key", "k").statusCode())
                .isEqualTo(202);
        assertThat(gateway.post("/v1/messages", another, "Idempotency-Key", "k").statusCode())
                .isEqualTo(422);
        assertThat(messages()).isOne();
    }

    @Test
    void keeps_the_keys_of_accounts_apart() {
        String otherAccount = TestAccounts.add(gateway, "other", "messages:write");

        HttpResponse<String> first = postMessage(gateway, "k", hello());
        HttpResponse<String> second = gateway.post(
                "/v1/messages",
                hello().put("text", "Different"),
                "Idempotency-Key",
                "k",
                "Authorization",
                "Bearer " + otherAccount);

        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(json(second).getString("id")).isNotEqualTo(json(first).getString("id"));
    }

    @Test
    void replays_a_message_whose_time_has_passed_since_it_was_accepted() {
        String sendAt = inAnHour() + "Z";
        HttpResponse<String> first = postMessage(gateway, "k", hello().put("send_at", sendAt));
        letAnHourPass(sendAt, "k");

        HttpResponse<String> second = postMessage(gateway, "k", hello().put("send_at", "2020-01-01T10:00:00Z"));

        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(json(second).getString("id")).isEqualTo(json(first).getString("id"));
        assertThat(isReplayed(second)).isTrue();
    }

    @Test
    void refuses_a_message_whose_time_has_passed_and_that_never_came_before() {
        HttpResponse<String> response = postMessage(gateway, "k", hello().put("send_at", "2020-01-01T10:00:00Z"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).getString("code")).isEqualTo("in_the_past");
    }

    @Test
    void takes_two_items_of_a_batch_with_one_key_for_one_request() {
        HttpResponse<String> response =
                postBatch(gateway, null, batch(hello().put("key", "k"), hello().put("key", "k")));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(item(response, 1).getString("id"))
                .isEqualTo(item(response, 0).getString("id"));
        assertThat(messages()).isOne();
    }

    @Test
    void refuses_the_second_of_two_items_that_differ_under_one_key() {
        HttpResponse<String> response = postBatch(
                gateway,
                null,
                batch(hello().put("key", "k"), hello().put("key", "k").put("text", "Different")));

        List<String> statuses =
                List.of(item(response, 0).getString("status"), item(response, 1).getString("status"));
        assertThat(statuses).containsExactlyInAnyOrder("queued", "refused");
        assertThat(response.body()).contains("idempotency_key_reused");
        assertThat(messages()).isOne();
    }

    @Test
    void takes_an_item_and_a_single_message_with_one_key_and_content_for_one_request() {
        HttpResponse<String> single = postMessage(gateway, "k", hello().put("lane", "bulk"));
        JsonObject batch = batch(new JsonObject().put("to", "+15005550010").put("key", "k"))
                .put("defaults", new JsonObject().put("text", "Hello").put("lane", "bulk"));

        HttpResponse<String> response = postBatch(other, null, batch);

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(item(response, 0).getString("id")).isEqualTo(json(single).getString("id"));
        assertThat(isReplayed(response)).isTrue();
        assertThat(messages()).isOne();
    }

    @Test
    void gives_the_answer_of_a_batch_again_with_its_refusals() {
        JsonObject batch = batch(hello(), hello().put("to", "nobody"), hello().put("key", "own"));

        HttpResponse<String> first = postBatch(gateway, "b", batch);
        HttpResponse<String> second = postBatch(other, "b", batch);

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(isReplayed(first)).isFalse();
        assertThat(isReplayed(second)).isTrue();
        assertThat(messages()).isEqualTo(2);
    }

    @Test
    void refuses_a_batch_under_the_key_of_another_batch_and_stores_none_of_it() {
        postBatch(gateway, "b", batch(hello()));

        HttpResponse<String> response = postBatch(gateway, "b", batch(hello(), hello().put("key", "own")));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(json(response).getString("code")).isEqualTo("idempotency_key_reused");
        assertThat(messages()).isOne();
    }

    @Test
    void refuses_a_batch_under_the_key_of_a_single_message_and_a_message_under_that_of_a_batch() {
        postMessage(gateway, "message", hello());
        postBatch(gateway, "batch", batch(hello()));

        assertThat(postBatch(gateway, "message", batch(hello())).statusCode()).isEqualTo(422);
        assertThat(postMessage(gateway, "batch", hello()).statusCode()).isEqualTo(422);
        assertThat(messages()).isEqualTo(2);
    }

    @Test
    void replays_the_items_of_a_batch_whose_time_has_passed_since_they_were_accepted() {
        String past = "2020-01-01T10:00:00Z";
        String sendAt = inAnHour() + "Z";
        HttpResponse<String> first = postBatch(
                gateway, null, batch(hello().put("send_at", sendAt).put("key", "early"), hello().put("key", "now")));
        letAnHourPass(sendAt, "early");

        HttpResponse<String> second = postBatch(
                gateway,
                null,
                batch(
                        hello().put("send_at", past).put("key", "early"),
                        hello().put("key", "now"),
                        hello().put("send_at", past).put("key", "never")));

        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(item(second, 0).getString("id")).isEqualTo(item(first, 0).getString("id"));
        assertThat(item(second, 1).getString("id")).isEqualTo(item(first, 1).getString("id"));
        assertThat(item(second, 2).getJsonObject("error").getString("code")).isEqualTo("in_the_past");
        assertThat(isReplayed(second)).isTrue();
        assertThat(messages()).isEqualTo(2);
    }

    @Test
    void leaves_the_key_of_a_refused_request_free_for_the_corrected_one() {
        assertThat(postMessage(gateway, "k", hello().put("to", "x")).statusCode())
                .isEqualTo(400);
        assertThat(postMessage(gateway, "k", hello()).statusCode()).isEqualTo(202);
        assertThat(postBatch(gateway, "b", batch(hello().put("to", "x"))).statusCode())
                .isEqualTo(400);
        assertThat(postBatch(gateway, "b", batch(hello())).statusCode()).isEqualTo(202);
    }

    @Test
    void stores_a_batch_once_that_comes_many_times_at_once_to_two_gateways() throws Exception {
        JsonObject batch = batch(IntStream.range(0, 50)
                .mapToObj(i -> hello().put("text", "Hello " + i))
                .toArray(JsonObject[]::new));

        List<HttpResponse<String>> responses =
                AtOnce.call(20, i -> postBatch(i % 2 == 0 ? gateway : other, "b", batch));

        assertThat(responses).allMatch(response -> response.statusCode() == 202);
        assertThat(responses)
                .extracting(HttpResponse::body)
                .containsOnly(responses.getFirst().body());
        assertThat(responses.stream().filter(response -> !isReplayed(response))).hasSize(1);
        assertThat(messages()).isEqualTo(50);
        assertThat(gateway.sql().count("SELECT count(*) FROM outbox")).isEqualTo(50);
    }

    @Test
    void stores_one_of_many_different_batches_that_come_at_once_under_one_key() throws Exception {
        List<HttpResponse<String>> responses = AtOnce.call(
                20,
                i -> postBatch(
                        i % 2 == 0 ? gateway : other,
                        "b",
                        batch(hello().put("text", "Hello " + i).put("key", "own-" + i))));

        assertThat(responses.stream().filter(response -> response.statusCode() == 202))
                .hasSize(1);
        assertThat(responses.stream().filter(response -> response.statusCode() == 422))
                .hasSize(19);
        assertThat(messages()).isOne();
    }

    /** The stored request is made the one that is repeated an hour later. */
    private static void letAnHourPass(String sendAt, String key) {
        JsonObject later = hello().put("send_at", "2020-01-01T10:00:00Z");
        assertThat(sendAt).isNotEqualTo(later.getString("send_at"));
        String hash = TestAccounts.hex(IdempotencyKey.hash("message", later));
        gateway.sql().execute("UPDATE idempotency SET request_hash = '\\x" + hash + "' WHERE key = '" + key + "'");
    }

    private static HttpResponse<String> postMessage(RunningGateway to, String key, JsonObject body) {
        return to.post("/v1/messages", body, "Idempotency-Key", key);
    }

    private static HttpResponse<String> postBatch(RunningGateway to, @Nullable String key, JsonObject body) {
        return key == null
                ? to.post("/v1/messages/batch", body)
                : to.post("/v1/messages/batch", body, "Idempotency-Key", key);
    }

    private static JsonObject hello() {
        return new JsonObject().put("to", "+15005550010").put("text", "Hello");
    }

    private static JsonObject batch(JsonObject... items) {
        return new JsonObject().put("messages", new JsonArray(List.of(items)));
    }

    private static JsonObject item(HttpResponse<String> response, int index) {
        return json(response).getJsonArray("items").getJsonObject(index);
    }

    private static boolean isReplayed(HttpResponse<String> response) {
        return response.headers().firstValue("Idempotent-Replayed").isPresent();
    }

    private static String inAnHour() {
        return OffsetDateTime.now(ZoneOffset.UTC).plusHours(1).format(TO_THE_SECOND);
    }

    private static long messages() {
        return gateway.sql().count("SELECT count(*) FROM message");
    }
}
