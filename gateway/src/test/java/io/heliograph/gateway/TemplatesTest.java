package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An account writes what its users are told, and puts it in force. */
class TemplatesTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final String EMAIL = "/v1/templates/order_created/email/en";
    private static final String SMS = "/v1/templates/payment_failed/sms/en";
    private static final JsonObject ORDER =
            new JsonObject().put("order_id", "A17").put("amount", "250");

    @BeforeEach
    void ann() {
        HttpResponse<String> answer = put(
                "/v1/users/ann", new JsonObject().put("phone", "+919876543210").put("email", "ann@example.com"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @Test
    void puts_a_draft_in_force_and_an_earlier_version_again() {
        assertThat(put(EMAIL + "/draft", email("First", "One {{order_id}}")).statusCode())
                .isEqualTo(201);
        assertThat(told("order_created", "email").getString("subject")).isEqualTo("Your order A17");

        assertThat(json(publish(EMAIL)).getString("state")).isEqualTo("published");
        assertThat(told("order_created", "email").getString("subject")).isEqualTo("First");

        put(EMAIL + "/draft", email("Not this", "Two"));
        assertThat(put(EMAIL + "/draft", email("Second", "Two")).statusCode()).isEqualTo(200);
        assertThat(json(publish(EMAIL)).getInteger("version")).isEqualTo(2);
        assertThat(told("order_created", "email").getString("subject")).isEqualTo("Second");

        HttpResponse<String> rolledBack = GATEWAY.post(EMAIL + "/publish", new JsonObject().put("version", 1));
        HttpResponse<String> repeated = GATEWAY.post(EMAIL + "/publish", new JsonObject().put("version", 1));
        assertThat(json(repeated)).isEqualTo(json(rolledBack));
        assertThat(told("order_created", "email").getString("subject")).isEqualTo("First");
        assertThat(json(GATEWAY.get(EMAIL + "/versions")).getJsonArray("versions").stream()
                        .map(version -> ((JsonObject) version).getString("state")))
                .containsExactly("retired", "published");

        assertThat(GATEWAY.send(GATEWAY.request(EMAIL).DELETE()).statusCode()).isEqualTo(204);
        assertThat(told("order_created", "email").getString("subject")).isEqualTo("Your order A17");
    }

    @Test
    void is_in_force_on_other_gateways_too() throws Exception {
        try (RunningGateway other = new RunningGateway(GATEWAY.sql().url())) {
            put(EMAIL + "/draft", email("From the first", "One"));
            publish(EMAIL);
            await().atMost(Duration.ofSeconds(5))
                    .until(() ->
                            subject(other, accepted(other, "order_created")).equals("From the first"));

            put(EMAIL + "/draft", email("Once more", "Two"));
            publish(EMAIL);
            await().atMost(Duration.ofSeconds(5))
                    .until(() ->
                            subject(other, accepted(other, "order_created")).equals("Once more"));
        }
    }

    @Test
    void loads_what_an_account_has_when_it_is_first_asked_for() throws Exception {
        put(EMAIL + "/draft", email("Kept", "One"));
        publish(EMAIL);

        try (RunningGateway started = new RunningGateway(GATEWAY.sql().url())) {
            assertThat(subject(started, accepted(started, "order_created"))).isEqualTo("Kept");
        }
    }

    @Test
    void is_loaded_for_whoever_asks_first() throws Exception {
        put(EMAIL + "/draft", email("Kept", "One"));
        publish(EMAIL);

        assertThat(first(gateway -> gateway.post(
                        "/v1/verifications",
                        new JsonObject().put("to", "+15005550010").put("purpose", "login"))))
                .isEqualTo(202);
        assertThat(first(gateway -> gateway.get("/v1/users/ann/preferences"))).isEqualTo(200);
        assertThat(first(gateway -> gateway.post(
                        "/v1/events/batch",
                        new JsonObject()
                                .put(
                                        "events",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("type", "order_created")
                                                        .put("user", "ann")
                                                        .put("data", ORDER))))))
                .isEqualTo(202);
        assertThat(first(gateway -> gateway.send(gateway.request("/v1/account/settings")
                        .method(
                                "PATCH",
                                BodyPublishers.ofString("{\"caps\": [{\"category\": \"orders\", \"daily\": 5}]}")))))
                .isEqualTo(200);
    }

    /** The first thing that a gateway is asked for the account. */
    private static int first(Function<RunningGateway, HttpResponse<String>> call) throws Exception {
        try (RunningGateway started = new RunningGateway(GATEWAY.sql().url())) {
            return call.apply(started).statusCode();
        }
    }

    @Test
    void names_everything_that_keeps_a_draft_from_being_published() {
        put(EMAIL + "/draft", email("{{colour}}", "{{order_id}} {{{amount}}} {{size}}"));

        HttpResponse<String> answer = publish(EMAIL);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(mistakes(answer))
                .containsExactly("/text invalid_template", "/text undeclared_variable", "/title undeclared_variable");
        assertThat(json(GATEWAY.get(EMAIL)).getJsonObject("published")).isNull();
        assertThat(told("order_created", "email").getString("subject")).isEqualTo("Your order A17");
    }

    @Test
    void takes_no_draft_of_the_wrong_shape_or_of_what_nobody_knows() {
        HttpResponse<String> shape = put(
                EMAIL + "/draft",
                new JsonObject().put("text", 1).put("colour", "red").put("dlt", new JsonObject()));
        HttpResponse<String> path = put("/v1/templates/order_created/pigeon/e/draft", email("a", "b"));
        HttpResponse<String> type = put("/v1/templates/order_eaten/email/en/draft", email("a", "b"));

        assertThat(mistakes(shape))
                .containsExactlyInAnyOrder(
                        "/text wrong_type",
                        "/title missing",
                        "/dlt/template_id missing",
                        "/dlt/pattern missing",
                        "/dlt channel_mismatch",
                        "/colour unknown_field");
        assertThat(path.statusCode()).isEqualTo(400);
        assertThat(json(path).getJsonArray("errors")).hasSize(2);
        assertThat(json(type).getString("code")).isEqualTo("unknown_type");
        assertThat(json(publish(EMAIL)).getString("code")).isEqualTo("no_draft");
        assertThat(GATEWAY.post(EMAIL + "/publish", new JsonObject().put("version", 7))
                        .statusCode())
                .isEqualTo(404);
        assertThat(GATEWAY.get("/v1/templates/order_eaten/email/en").statusCode())
                .isEqualTo(404);
    }

    @Test
    void speaks_the_languages_that_the_account_adds_and_falls_back_along_the_chain() {
        put("/v1/users/lea", new JsonObject().put("email", "lea@example.com").put("locale", "fr-CA"));
        put("/v1/templates/order_created/email/fr/draft", email("Commande", "Merci {{order_id}}"));

        publish("/v1/templates/order_created/email/fr");

        JsonObject event =
                new JsonObject().put("type", "order_created").put("user", "lea").put("data", ORDER);
        JsonObject told = json(GATEWAY.post("/v1/events", event));
        assertThat(message(GATEWAY, told, "email").getString("subject")).isEqualTo("Commande");
    }

    @Test
    void sends_an_sms_to_india_as_it_is_registered_or_not_at_all() {
        JsonObject dlt = new JsonObject()
                .put("entity_id", "110100001")
                .put("header", "HELIOG")
                .put("template_id", "1107")
                .put("pattern", "Order {#var#} of {#numeric#} failed");
        put(
                SMS + "/draft",
                new JsonObject()
                        .put("text", "Order {{order_id}} of {{amount}} failed")
                        .put("dlt", dlt));
        publish(SMS);

        JsonObject message = told("payment_failed", "sms");
        assertThat(message.getString("from")).isEqualTo("HELIOG");
        assertThat(message.getJsonObject("dlt"))
                .isEqualTo(new JsonObject()
                        .put("entity_id", "110100001")
                        .put("template_id", "1107")
                        .put("variables", new JsonArray(List.of("A17", "250"))));

        JsonObject misfit = accepted(GATEWAY, "payment_failed", ORDER.copy().put("amount", "much"));
        assertThat(misfit.getJsonObject("channels").getJsonObject("sms"))
                .isEqualTo(new JsonObject().put("status", "skipped").put("reason", "dlt_mismatch"));

        put("/v1/users/ann", new JsonObject().put("phone", "+15005550010"));
        JsonObject abroad = accepted(GATEWAY, "payment_failed", ORDER.copy().put("amount", "much"));
        assertThat(message(GATEWAY, abroad, "sms").getString("from")).isNull();
    }

    @Test
    void marks_a_message_with_the_variant_that_its_user_always_sees() {
        put(
                EMAIL + "/draft",
                new JsonObject()
                        .put(
                                "variants",
                                new JsonArray()
                                        .add(email("A", "a").put("name", "a").put("weight", 1))
                                        .add(email("B", "b").put("name", "b").put("weight", 1))));
        assertThat(publish(EMAIL).statusCode()).isEqualTo(200);

        String first = told("order_created", "email").getString("subject");
        String second = told("order_created", "email").getString("subject");

        assertThat(second).isEqualTo(first);
        assertThat(GATEWAY.sql().text("SELECT string_agg(DISTINCT upper(variant), '') FROM message"))
                .isEqualTo(first);
    }

    @Test
    void says_nothing_rather_than_an_empty_text_or_one_that_is_too_long() {
        String ready = "/v1/templates/order_cancelled/sms/en";
        put(ready + "/draft", new JsonObject().put("text", "{{#reason}}{{reason}}{{/reason}}"));
        publish(ready);
        JsonObject order = new JsonObject().put("order_id", "A17");

        JsonObject empty = accepted(GATEWAY, "order_cancelled", order);
        JsonObject tooLong = accepted(GATEWAY, "order_cancelled", order.copy().put("reason", "x".repeat(1_601)));

        assertThat(empty.getJsonObject("channels").getJsonObject("sms").getString("reason"))
                .isEqualTo("empty_text");
        assertThat(tooLong.getJsonObject("channels").getJsonObject("sms").getString("reason"))
                .isEqualTo("text_too_long");
    }

    @Test
    void lists_what_is_shipped_and_what_is_its_own_page_by_page() {
        put(EMAIL + "/draft", email("First", "One"));
        publish(EMAIL);
        put("/v1/templates/order_created/email/fr/draft", email("Commande", "Merci"));

        JsonObject page = json(GATEWAY.get("/v1/templates?type=order_created&channel=email&limit=2"));
        JsonObject rest = json(GATEWAY.get(
                "/v1/templates?type=order_created&channel=email&limit=2&cursor=" + page.getString("next_cursor")));

        assertThat(page.getJsonArray("templates").stream().map(Object::toString))
                .containsExactly(listed("en", 1, null), listed("fr", null, 1));
        assertThat(rest.getJsonArray("templates").stream().map(Object::toString))
                .containsExactly(listed("hi", null, null));
        assertThat(rest.getString("next_cursor")).isNull();
    }

    @Test
    void keeps_keys_that_may_only_read_from_changing_anything() {
        String key = TestAccounts.add(GATEWAY, "reader", "messages:read");

        HttpResponse<String> draft = GATEWAY.send(
                GATEWAY.request(EMAIL + "/draft")
                        .PUT(BodyPublishers.ofString(email("a", "b").encode())),
                "Authorization",
                "Bearer " + key);

        assertThat(draft.statusCode()).isEqualTo(403);
        assertThat(GATEWAY.get("/v1/templates", "Authorization", "Bearer " + key)
                        .statusCode())
                .isEqualTo(200);
    }

    private static String listed(String locale, @Nullable Integer published, @Nullable Integer draft) {
        return new JsonObject()
                .put("type", "order_created")
                .put("channel", "email")
                .put("locale", locale)
                .put("published_version", published)
                .put("draft_version", draft)
                .encode();
    }

    private static JsonObject email(String title, String text) {
        return new JsonObject().put("title", title).put("text", text);
    }

    static HttpResponse<String> put(String path, JsonObject body) {
        return GATEWAY.send(GATEWAY.request(path).PUT(BodyPublishers.ofString(body.encode())));
    }

    private static HttpResponse<String> publish(String path) {
        return GATEWAY.post(path + "/publish", "");
    }

    /** The message by that channel. */
    private static JsonObject told(String type, String channel) {
        return message(GATEWAY, accepted(GATEWAY, type), channel);
    }

    private static String subject(RunningGateway gateway, JsonObject notification) {
        return message(gateway, notification, "email").getString("subject");
    }

    private static JsonObject message(RunningGateway gateway, JsonObject notification, String channel) {
        String id =
                notification.getJsonObject("channels").getJsonObject(channel).getString("message_id");
        return json(gateway.get("/v1/messages/" + id));
    }

    private static JsonObject accepted(RunningGateway gateway, String type) {
        return accepted(gateway, type, ORDER);
    }

    private static JsonObject accepted(RunningGateway gateway, String type, JsonObject data) {
        HttpResponse<String> answer = gateway.post(
                "/v1/events",
                new JsonObject().put("type", type).put("user", "ann").put("data", data));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return json(answer);
    }

    static List<String> mistakes(HttpResponse<String> answer) {
        return json(answer).getJsonArray("errors").stream()
                .map(error -> (JsonObject) error)
                .map(error -> error.getString("pointer") + " " + error.getString("code"))
                .toList();
    }
}
