package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptingBatchesTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @Test
    void takes_emails_with_shared_subject_and_html_and_refuses_defaults_that_would_weigh_too_much_in_all_items() {
        JsonObject defaults = new JsonObject()
                .put("channel", "email")
                .put("subject", "Hi")
                .put("html", "<p>" + "x".repeat(90_000) + "</p>");
        JsonArray few = new JsonArray().add(new JsonObject().put("to", "ann@example.com"));
        JsonArray many = new JsonArray();
        IntStream.range(0, 400).forEach(i -> many.add(new JsonObject().put("to", "n" + i + "@example.com")));

        HttpResponse<String> taken = gateway.post(
                "/v1/messages/batch", new JsonObject().put("defaults", defaults).put("messages", few));
        HttpResponse<String> refused = gateway.post(
                "/v1/messages/batch", new JsonObject().put("defaults", defaults).put("messages", many));

        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(gateway.sql().text("SELECT content ->> 'subject' FROM message"))
                .isEqualTo("Hi");
        assertThat(json(refused).getString("code")).isEqualTo("too_large");
    }

    @Test
    void accepts_a_thousand_but_for_the_three_that_are_bad() {
        JsonArray messages = new JsonArray();
        IntStream.range(0, 1_000).forEach(i -> messages.add(hello(i)));
        messages.getJsonObject(10).put("to", "nobody");
        messages.getJsonObject(500).put("extra", 1).remove("text");
        messages.set(999, "not an object");

        HttpResponse<String> response = post(new JsonObject().put("messages", messages));

        JsonObject answer = json(response);
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(answer.getInteger("accepted")).isEqualTo(997);
        assertThat(answer.getInteger("refused")).isEqualTo(3);
        assertThat(items(response)).hasSize(1_000);
        assertThat(error(response, 10)).isEqualTo("invalid_recipient at /messages/10/to");
        assertThat(error(response, 500))
                .isEqualTo("missing at /messages/500/text, unknown_field at /messages/500/extra");
        assertThat(error(response, 999)).isEqualTo("wrong_type at /messages/999");
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isEqualTo(997);
        assertThat(gateway.sql().count("SELECT count(*) FROM outbox")).isEqualTo(997);
    }

    @Test
    void lists_a_mistake_of_each_of_a_thousand_bad_items_and_a_thousand_more_and_counts_the_others() {
        JsonArray messages = new JsonArray();
        IntStream.range(0, 1_000).forEach(i -> {
            JsonObject bad = new JsonObject();
            IntStream.range(0, 101).forEach(field -> bad.put("f" + field, 0));
            messages.add(bad);
        });

        HttpResponse<String> response = post(new JsonObject().put("messages", messages));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body().length()).isLessThan(1024 * 1024);
        assertThat(items(response))
                .allSatisfy(item ->
                        assertThat(mistakes(item.getJsonObject("error"))).isNotEmpty());
        assertThat(items(response).stream()
                        .mapToInt(item -> mistakes(item.getJsonObject("error")).size())
                        .sum())
                .isEqualTo(2_000);
        // 101 unknown fields, and no recipient and no text.
        assertThat(items(response).getFirst().getJsonObject("error").getInteger("errors_omitted"))
                .isEqualTo(103 - 100);
        assertThat(items(response).getLast().getJsonObject("error").getInteger("errors_omitted"))
                .isEqualTo(103 - 1);
    }

    @Test
    void answers_each_item_in_its_place() {
        JsonArray messages = new JsonArray().add(hello(1)).add(hello(2)).add(hello(3));

        HttpResponse<String> response = post(new JsonObject().put("messages", messages));

        assertThat(items(response)).extracting(item -> item.getInteger("index")).containsExactly(0, 1, 2);
        assertThat(items(response))
                .extracting(item -> item.getString("to"))
                .containsExactly("+15005550001", "+15005550002", "+15005550003");
        assertThat(items(response))
                .allSatisfy(item -> assertThat(gateway.sql()
                                .text("SELECT recipient FROM message WHERE id = '" + item.getString("id") + "'"))
                        .isEqualTo(item.getString("to")));
    }

    @Test
    void gives_every_item_the_shared_defaults_unless_it_has_its_own() {
        HttpResponse<String> response = post(new JsonObject()
                .put(
                        "defaults",
                        new JsonObject()
                                .put("text", "Shared")
                                .put("lane", "bulk")
                                .put("reference", "r"))
                .put(
                        "messages",
                        new JsonArray()
                                .add(new JsonObject().put("to", "+15005550001"))
                                .add(hello(2).put("lane", "critical").putNull("reference"))));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(gateway.sql()
                        .text("SELECT string_agg(body || ' ' || lane || ' ' || coalesce(reference, '-'), ', '"
                                + " ORDER BY recipient) FROM message"))
                .isEqualTo("Shared bulk r, Hello 2 critical -");
    }

    @Test
    void tells_which_default_is_unknown_and_takes_no_key_for_all() {
        HttpResponse<String> response = post(new JsonObject()
                .put("defaults", new JsonObject().put("txt", "x").put("key", "k"))
                .put("messages", new JsonArray().add(hello(1))));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(mistakes(json(response)))
                .containsExactlyInAnyOrder("unknown_field at /defaults/txt", "unknown_field at /defaults/key");
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isZero();
    }

    @Test
    void refuses_defaults_that_no_item_could_have_before_it_copies_them_into_each() {
        JsonArray messages = new JsonArray();
        IntStream.range(0, 1_000)
                .forEach(i -> messages.add(hello(i).putNull("metadata").putNull("to")));
        JsonArray urls = new JsonArray();
        IntStream.range(0, 11).forEach(i -> urls.add("https://example.com/" + i));

        HttpResponse<String> response = post(new JsonObject()
                .put(
                        "defaults",
                        new JsonObject()
                                .put("metadata", new JsonObject().put("note", "x".repeat(400_000)))
                                .put("text", "x".repeat(200_000))
                                .put("reference", new JsonObject())
                                .put("media_urls", urls))
                .put("messages", messages));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(mistakes(json(response)))
                .containsExactlyInAnyOrder(
                        "too_large at /defaults/metadata",
                        "too_long at /defaults/text",
                        "wrong_type at /defaults/reference",
                        "too_many at /defaults/media_urls");
    }

    @Test
    void leaves_a_default_that_only_some_items_can_use_to_each_of_them() {
        HttpResponse<String> response = post(new JsonObject()
                .put("defaults", new JsonObject().put("from", "whatsapp:+15005550099"))
                .put(
                        "messages",
                        new JsonArray().add(hello(1).put("channel", "whatsapp")).add(hello(2))));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(error(response, 1)).isEqualTo("invalid_sender at /messages/1/from");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | missing at /messages",
                "{\"messages\":null} | missing at /messages",
                "{\"messages\":{}} | wrong_type at /messages",
                "{\"messages\":[]} | wrong_size at /messages",
                "{\"messages\":[],\"defaults\":[],\"extra\":1} | "
                        + "wrong_type at /defaults, wrong_size at /messages, unknown_field at /extra"
            })
    void refuses_what_is_no_batch(String body, String mistakes) {
        HttpResponse<String> response = gateway.post("/v1/messages/batch", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(String.join(", ", mistakes(json(response)))).isEqualTo(mistakes);
    }

    @Test
    void refuses_a_batch_over_a_thousand() {
        JsonArray messages = new JsonArray();
        IntStream.range(0, 1_001).forEach(i -> messages.add(hello(i)));

        HttpResponse<String> response = post(new JsonObject().put("messages", messages));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).getString("detail")).isEqualTo("messages must hold 1 to 1000 items, not 1001.");
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isZero();
    }

    @Test
    void answers_400_with_every_reason_when_no_item_is_good() {
        HttpResponse<String> response = post(new JsonObject()
                .put("messages", new JsonArray().add(hello(1).put("to", "x")).add(hello(2).put("text", ""))));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(response).getString("code")).isEqualTo("no_item_accepted");
        assertThat(json(response).getInteger("refused")).isEqualTo(2);
        assertThat(error(response, 0)).isEqualTo("invalid_recipient at /messages/0/to");
        assertThat(error(response, 1)).isEqualTo("empty at /messages/1/text");
    }

    @Test
    void refuses_an_item_whose_key_is_none() {
        HttpResponse<String> response = post(new JsonObject()
                .put(
                        "messages",
                        new JsonArray()
                                .add(hello(1).put("key", ""))
                                .add(hello(2).put("key", 7))
                                .add(hello(3))));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(error(response, 0)).isEqualTo("invalid_idempotency_key at /messages/0/key");
        assertThat(error(response, 1)).isEqualTo("invalid_idempotency_key at /messages/1/key");
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isOne();
    }

    private static HttpResponse<String> post(JsonObject batch) {
        return gateway.post("/v1/messages/batch", batch);
    }

    private static JsonObject hello(int i) {
        return new JsonObject().put("to", String.format("+1500555%04d", i)).put("text", "Hello " + i);
    }

    private static List<JsonObject> items(HttpResponse<String> response) {
        return json(response).getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static String error(HttpResponse<String> response, int index) {
        JsonObject item = items(response).get(index);
        assertThat(item.getString("status")).isEqualTo("refused");
        assertThat(item.containsKey("id")).isFalse();
        return String.join(", ", mistakes(item.getJsonObject("error")));
    }

    private static List<String> mistakes(JsonObject problem) {
        return problem.getJsonArray("errors").stream()
                .map(JsonObject.class::cast)
                .map(mistake -> mistake.getString("code") + " at " + mistake.getString("pointer"))
                .toList();
    }
}
