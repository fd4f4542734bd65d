package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is written can be looked at before anybody gets it. */
class TemplatePreviewsTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final JsonObject ORDER =
            new JsonObject().put("order_id", "A17").put("amount", "₹250");

    @Test
    void shows_what_is_in_force_with_what_it_takes() {
        JsonObject preview = only(preview(asked("order_created", "sms").put("data", ORDER)));

        assertThat(preview.getString("text")).isEqualTo("Thank you! Your order A17 over ₹250 is in.");
        assertThat(preview.getInteger("segments")).isOne();
        assertThat(preview.getString("encoding")).isEqualTo("ucs2");
        assertThat(warnings(preview)).containsExactly("ucs2");
        assertThat(preview.getJsonArray("warnings").encode()).contains("GSM alphabet: ₹");
        assertThat(preview.getJsonObject("cost")).isNull();
    }

    @Test
    void shows_a_draft_before_what_is_in_force_and_every_variant_of_it() {
        JsonObject variants = new JsonObject()
                .put(
                        "variants",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("name", "a")
                                        .put("title", "A")
                                        .put("text", "a"))
                                .add(new JsonObject()
                                        .put("name", "b")
                                        .put("title", "B")
                                        .put("text", "{{amount}}")));
        GATEWAY.send(GATEWAY.request("/v1/templates/order_created/email/en/draft")
                .PUT(BodyPublishers.ofString(variants.encode())));

        JsonArray previews = json(preview(asked("order_created", "email").put("data", ORDER)))
                .getJsonArray("previews");

        assertThat(previews.stream().map(one -> ((JsonObject) one).getString("text")))
                .containsExactly("a", "₹250");
        assertThat(previews.getJsonObject(1).getString("variant")).isEqualTo("b");
    }

    @Test
    void names_everything_that_is_wrong_with_content_and_data() {
        HttpResponse<String> answer = preview(asked("order_created", "sms")
                .put("content", new JsonObject().put("text", "{{colour}} {{order_id}}"))
                .put("data", new JsonObject().put("order_id", 1).put("size", 2)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TemplatesTest.mistakes(answer))
                .containsExactlyInAnyOrder(
                        "/content/text undeclared_variable",
                        "/data/order_id wrong_type",
                        "/data/amount missing",
                        "/data/size unknown_field");
        assertThat(TemplatesTest.mistakes(
                        preview(new JsonObject().put("channel", "pigeon").put("to", "ann"))))
                .containsExactlyInAnyOrder("/type missing", "/channel not_allowed", "/to invalid_recipient");
        assertThat(preview(asked("order_created", "whatsapp")).statusCode()).isEqualTo(404);
    }

    @Test
    void says_what_it_costs_by_the_file_of_providers() {
        GATEWAY.sql().execute("DELETE FROM routing_table");
        GATEWAY.sql().execute("""
            INSERT INTO routing_table (content) VALUES ('{"v": 1, "accounts": [{"name": "cheap", "kind": "twilio",
              "channels": ["sms"], "senders": [], "limits": {"concurrency": 64, "timeout_ms": 10000, "batch": 1},
              "prices": {"currency": "EUR", "by_prefix": {"+91": "0.004"}}}],
              "routes": [{"channel": "sms", "prefix": "", "lanes": [], "policy": "ordered",
                          "providers": [{"name": "cheap", "weight": 1}]}],
              "limits": {"per_second": {}}}')""");
        JsonObject asked = asked("payment_failed", "sms")
                .put("data", ORDER)
                .put("content", new JsonObject().put("text", "{{order_id}} " + "é".repeat(200)));

        JsonObject preview = await().until(
                        () -> only(preview(asked.copy().put("to", "+91"))),
                        found -> found.getJsonObject("cost") != null);

        assertThat(preview.getInteger("segments")).isEqualTo(2);
        assertThat(preview.getJsonObject("cost"))
                .isEqualTo(new JsonObject()
                        .put("provider", "cheap")
                        .put("currency", "EUR")
                        .put("price", 0.004)
                        .put("amount", 0.008));
        assertThat(warnings(preview)).containsExactly("dlt_missing");
        assertThat(warnings(only(preview(asked.copy().put("to", "+44"))))).containsExactly("price_unknown");
        GATEWAY.sql().execute("DELETE FROM routing_table");
    }

    @Test
    void warns_of_what_would_not_be_sent() {
        JsonObject dlt = new JsonObject().put("template_id", "1").put("pattern", "Order {#numeric#}");
        JsonObject content = new JsonObject().put("text", "Order {{order_id}}").put("dlt", dlt);

        JsonObject misfit = only(
                preview(asked("payment_failed", "sms").put("content", content).put("data", ORDER)));
        JsonObject tooLong = only(preview(asked("payment_failed", "sms")
                .put("content", new JsonObject().put("text", "{{order_id}}"))
                .put("data", ORDER.copy().put("order_id", "x".repeat(2_000)))));

        assertThat(warnings(misfit)).containsExactly("dlt_mismatch");
        assertThat(warnings(tooLong)).containsExactly("too_long", "many_segments");
    }

    private static JsonObject asked(String type, String channel) {
        return new JsonObject().put("type", type).put("channel", channel);
    }

    private static HttpResponse<String> preview(JsonObject asked) {
        return GATEWAY.post("/v1/templates/preview", asked);
    }

    private static JsonObject only(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).getJsonArray("previews").getJsonObject(0);
    }

    private static List<String> warnings(JsonObject preview) {
        return preview.getJsonArray("warnings").stream()
                .map(one -> ((JsonObject) one).getString("code"))
                .toList();
    }
}
