package io.heliograph.gateway;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** Anything at all as a template, its type or its data: what passes can be rendered, and what cannot is refused. */
class TemplateFuzzTest {
    private static final int TRIES = 500;
    private static final List<String> CONTENT_NAMES = List.of(
            "text",
            "title",
            "html",
            "phi_safe",
            "dlt",
            "variants",
            "name",
            "weight",
            "pattern",
            "template_id",
            "header");
    private static final List<String> TYPE_NAMES = List.of(
            "category", "priority", "channels", "variables", "type", "fields", "optional", "phi_safe", "a", "order_id");
    private static final List<String> ASKED_NAMES = List.of("version", "content", "data", "to", "locale", "type");

    private static final String DATA = """
            {"order_id": "A", "note": "", "flag": true, "url": "https://a.in", "tags": ["x", "y"], "items": [{"name": "n", "size": 2}]}""";

    private static final FuzzedGateway fuzzed = new FuzzedGateway();

    @AfterContainer
    static void stop() throws Exception {
        fuzzed.close();
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_texts(@ForAll("texts") String text) {
        String type = """
                {"category": "orders", "priority": "regular", "channels": ["email"], "variables": {"order_id": "text",
                 "note": {"type": "text", "optional": true}, "flag": "flag", "url": "url", "tags": "list",
                 "missing": {"type": "list", "optional": true},
                 "items": {"type": "list", "fields": {"name": "text", "size": "number"}}}}""";
        send("PUT", "/v1/notification-types/fuzzed", type);

        send(
                "POST",
                "/v1/templates/preview",
                new JsonObject()
                        .put("type", "fuzzed")
                        .put("channel", "email")
                        .put("data", new JsonObject(DATA))
                        .put(
                                "content",
                                new JsonObject()
                                        .put("title", "x" + text)
                                        .put("text", text)
                                        .put("html", text))
                        .encode());
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_contents(@ForAll("contents") String content) {
        send("PUT", "/v1/templates/order_created/sms/en/draft", content);
        send("POST", "/v1/templates/order_created/sms/en/publish", "");
        send(
                "POST",
                "/v1/templates/import",
                "{\"templates\": {\"en\": {\"order_created\": {\"email\": " + content + "}}}}");
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_types(@ForAll("types") String type) {
        send("PUT", "/v1/notification-types/order_created", type);
        send("POST", "/v1/templates/import", "{\"types\": {\"order_ready\": " + type + "}}");
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_previews(@ForAll("asked") String asked) {
        send("POST", "/v1/templates/preview", asked);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "{{",
                        "}}",
                        "{{#",
                        "{{^",
                        "{{/",
                        "{",
                        "}",
                        "#",
                        "/",
                        " ",
                        "\n",
                        "order_id",
                        "note",
                        "flag",
                        "tags",
                        "items",
                        "missing",
                        "name",
                        "size",
                        ".",
                        "-index",
                        "-first",
                        "{{order_id}}",
                        "{{#items}}",
                        "{{/items}}",
                        "{{#tags}}",
                        "{{/tags}}",
                        "{{.}}",
                        "{{name}}",
                        "{{#note}}",
                        "{{/note}}",
                        "{{#flag}}",
                        "{{/flag}}",
                        "{{^missing}}",
                        "{{/missing}}",
                        "{{!",
                        "<a href=\"",
                        "{{url}}",
                        "\">",
                        "x")
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> contents() {
        Arbitrary<String> nearlyRight = AnyJson.objects(CONTENT_NAMES)
                .map(odd -> "{\"text\":\"Hello\"" + (odd.length() > 2 ? "," : "") + odd.substring(1));
        return Arbitraries.oneOf(nearlyRight, AnyJson.objects(CONTENT_NAMES), AnyJson.values(CONTENT_NAMES));
    }

    @Provide
    Arbitrary<String> types() {
        Arbitrary<String> nearlyRight = AnyJson.objects(TYPE_NAMES)
                .map(odd -> "{\"category\":\"c\",\"priority\":\"regular\",\"channels\":[\"sms\"],\"variables\":" + odd
                        + "}");
        return Arbitraries.oneOf(nearlyRight, AnyJson.objects(TYPE_NAMES), AnyJson.values(TYPE_NAMES));
    }

    @Provide
    Arbitrary<String> asked() {
        return Combinators.combine(AnyJson.objects(ASKED_NAMES), AnyJson.objects(CONTENT_NAMES))
                .as((odd, content) -> "{\"type\":\"order_created\",\"channel\":\"sms\",\"content\":" + content
                        + (odd.length() > 2 ? "," : "") + odd.substring(1));
    }

    private static void send(String method, String path, String body) {
        var _ = fuzzed.authorized(fuzzed.gateway().request(path).method(method, BodyPublishers.ofString(body)));
    }
}
