package io.heliograph.gateway.notifications.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private static final NotificationType TYPE =
            TypeFields.read("order_created", new JsonFields(new JsonObject("""
                            {"category": "orders", "priority": "regular", "channels": ["email", "sms"], "variables": {
                              "name": {"type": "text", "phi_safe": true},
                              "note": {"type": "text", "optional": true},
                              "url": {"type": "url", "optional": true},
                              "tags": {"type": "list", "optional": true},
                              "items": {"type": "list", "optional": true, "fields": {"title": "text", "price": "number"}}}}"""), ""));

    @Test
    void renders_lists_and_leaves_out_what_is_not_there() {
        Template template = template(
                "{{name}}{{#note}} ({{note}}){{/note}}:{{#items}} {{title}} {{price}},{{/items}}{{#tags}} {{.}}{{/tags}}{{^tags}} no tags{{/tags}}");

        assertThat(template.render(Map.of("name", "Ann")).text()).isEqualTo("Ann: no tags");
        assertThat(template.render(new JsonObject("""
                                        {"name": "Ann", "note": "new", "tags": ["a", "b"], "items": [{"title": "Shirt", "price": 2.5}]}""").getMap()).text()).isEqualTo("Ann (new): Shirt 2.5, a b");
    }

    @Test
    void escapes_in_html_and_keeps_a_title_in_one_line() {
        Template template = template(new JsonObject()
                .put("title", "For {{name}}")
                .put("text", "Hi {{name}}")
                .put("html", "<b title=\"{{name}}\">{{name}}</b>"));

        Template.Rendered rendered = template.render(Map.of("name", "<script>\"x\"</script>\r\nBcc: all@example.com"));

        assertThat(rendered.title()).isEqualTo("For <script>\"x\"</script>  Bcc: all@example.com");
        assertThat(rendered.text()).startsWith("Hi <script>");
        assertThat(rendered.html()).doesNotContain("<script>", "\"x\"").contains("&lt;script&gt;");
    }

    @Test
    void reaches_no_methods_of_values() {
        Template template = template("{{#tags}}{{name}}{{/tags}}");

        assertThat(template.render(Map.of("name", "Ann", "tags", List.of("a", "b")))
                        .text())
                .isEqualTo("AnnAnn");
    }

    @Test
    void grows_no_longer_than_it_may() {
        Template template = template("{{#tags}}{{name}}{{/tags}}");

        Template.Rendered rendered = template.render(Map.of(
                "name",
                "x".repeat(10_000),
                "tags",
                IntStream.range(0, 100).boxed().toList()));

        assertThat(rendered.text()).hasSize(50_001);
        assertThat(rendered.fits(NotificationChannel.EMAIL)).isFalse();
    }

    @Test
    void shows_a_user_the_same_variant_always_and_all_users_by_weight() {
        Template template = template(new JsonObject("""
                {"variants": [{"name": "a", "weight": 3, "title": "A", "text": "A"}, {"name": "b", "weight": 1, "title": "B", "text": "B"}]}"""));

        Map<String, Long> seen = IntStream.range(0, 4_000)
                .mapToObj(i -> String.valueOf(
                        template.variantFor("user-" + i, "order_created").name()))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));

        assertThat(template.variantFor("ann", "order_created")).isSameAs(template.variantFor("ann", "order_created"));
        assertThat(seen.get("a")).isBetween(2_850L, 3_150L);
        assertThat(seen.get("b")).isBetween(850L, 1_150L);
    }

    @Test
    void is_refused_with_everything_that_does_not_fit() {
        assertThat(mistakes(new JsonObject()
                        .put("title", "{{colour}}")
                        .put("text", "{{#items}}{{title}}{{size}}{{#tags}}{{/tags}}{{/items}}{{items}}{{.}}")
                        .put("html", "<a href='{{name}}'>{{{name}}}</a> <a href=\"{{url}}\">ok</a>")))
                .extracting(mistake -> mistake.at() + " " + mistake.code().word())
                .containsExactly(
                        "/text undeclared_variable",
                        "/text invalid_template",
                        "/text wrong_type",
                        "/text invalid_template",
                        "/title undeclared_variable",
                        "/html invalid_template",
                        "/html unsafe_variable");
    }

    @Test
    void names_an_item_only_where_there_is_one() {
        assertThat(mistakes(new JsonObject()
                        .put("title", "x")
                        .put("text", "{{^tags}}{{.}}{{/tags}}{{^items}}{{price}}{{/items}}")))
                .extracting(mistake -> mistake.code().word())
                .containsExactly("invalid_template", "undeclared_variable");
    }

    @Test
    void shows_only_what_is_safe_where_it_must_not_tell_of_health() {
        assertThat(mistakes(new JsonObject()
                        .put("phi_safe", true)
                        .put("title", "{{name}}")
                        .put("text", "{{name}} {{note}} {{#tags}}{{.}}{{/tags}}")))
                .extracting(FieldMistake::detail)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("note is not declared phi_safe"),
                        second -> assertThat(second).startsWith("tags is not declared phi_safe"));
    }

    @Test
    void needs_a_registered_pattern_that_it_can_fit() {
        Map<String, List<String>> found = new HashMap<>();
        for (String pattern : List.of("Hi {#var#}, welcome", "Hello {#var#}", "Hi {#who#}, welcome")) {
            Content content = ContentFields.read(
                    NotificationChannel.SMS,
                    new JsonFields(
                            new JsonObject()
                                    .put("text", "Hi {{name}}, welcome")
                                    .put(
                                            "dlt",
                                            new JsonObject()
                                                    .put("template_id", "1")
                                                    .put("pattern", pattern)),
                            ""));
            found.put(
                    pattern,
                    Fitting.mistakes(TYPE, NotificationChannel.SMS, content, "").stream()
                            .map(mistake -> mistake.code().word())
                            .toList());
        }

        assertThat(found)
                .containsEntry("Hi {#var#}, welcome", List.of())
                .containsEntry("Hello {#var#}", List.of("dlt_mismatch"))
                .containsEntry("Hi {#who#}, welcome", List.of("invalid_template"));
    }

    private static List<FieldMistake> mistakes(JsonObject content) {
        return Fitting.mistakes(TYPE, NotificationChannel.EMAIL, read(content), "");
    }

    private static Template template(String text) {
        return template(new JsonObject().put("title", "Hello").put("text", text));
    }

    private static Template template(JsonObject content) {
        return Template.compile(NotificationChannel.EMAIL, "en", read(content), TYPE);
    }

    private static Content read(JsonObject content) {
        JsonFields fields = new JsonFields(content, "");
        Content read = ContentFields.read(NotificationChannel.EMAIL, fields);
        assertThat(fields.mistakes().told()).isEmpty();
        return read;
    }
}
