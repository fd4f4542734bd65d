package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Types and templates come in together or not at all, and go out as they came. */
class ImportingTemplatesTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    @Test
    void puts_everything_in_force_at_once_and_only_what_is_different_once_more() {
        JsonObject files = files("Your {{dish}} is eaten.");

        assertThat(json(bring(files))).isEqualTo(counts(false, 1, 0, 0, 2, 0, 0));
        assertThat(json(bring(files))).isEqualTo(counts(false, 0, 0, 1, 0, 0, 2));
        assertThat(json(bring(files("{{dish}}: gone.")))).isEqualTo(counts(false, 0, 0, 1, 0, 1, 1));
        assertThat(json(GATEWAY.get("/v1/templates/order_eaten/sms/en"))
                        .getJsonObject("published")
                        .getInteger("version"))
                .isEqualTo(2);
    }

    @Test
    void goes_out_as_it_came_in() {
        bring(files("Your {{dish}} is eaten."));

        JsonObject out = json(GATEWAY.get("/v1/templates/export"));

        assertThat(json(bring(out))).isEqualTo(counts(false, 0, 0, 1, 0, 0, 2));
        assertThat(out.getJsonObject("templates").fieldNames()).containsExactlyInAnyOrder("en", "hi");
        JsonObject all = json(GATEWAY.get("/v1/templates/export?shipped=true"));
        assertThat(all.getJsonObject("types").fieldNames()).contains("order_created", "order_eaten");
        assertThat(json(bring(all.put("dry_run", true)))
                        .getJsonObject("templates")
                        .getInteger("made"))
                .isGreaterThan(200);
    }

    @Test
    void stores_nothing_when_it_is_only_tried() {
        assertThat(json(bring(files("{{dish}}").put("dry_run", true)))).isEqualTo(counts(true, 1, 0, 0, 2, 0, 0));

        assertThat(GATEWAY.get("/v1/notification-types/order_eaten").statusCode())
                .isEqualTo(404);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM template_version")).isZero();
    }

    @Test
    void names_every_mistake_and_stores_nothing() {
        JsonObject files = files("{{colour}}");
        files.getJsonObject("templates")
                .put(
                        "fr",
                        new JsonObject()
                                .put("order_drunk", new JsonObject().put("sms", new JsonObject().put("text", "x"))));

        HttpResponse<String> unfit = bring(files);
        HttpResponse<String> misshapen = bring(new JsonObject()
                .put("types", new JsonObject().put("Bad", new JsonObject()).put("worse", 1))
                .put(
                        "templates",
                        new JsonObject()
                                .put("not a language", new JsonObject())
                                .put(
                                        "en",
                                        new JsonObject()
                                                .put(
                                                        "order_created",
                                                        new JsonObject()
                                                                .put("pigeon", new JsonObject())
                                                                .put("sms", new JsonObject())))));

        assertThat(TemplatesTest.mistakes(unfit))
                .containsExactly(
                        "/templates/en/order_eaten/sms/text undeclared_variable",
                        "/templates/fr/order_drunk/sms unknown_type");
        assertThat(TemplatesTest.mistakes(misshapen))
                .containsExactlyInAnyOrder(
                        "/types/Bad not_allowed",
                        "/types/worse wrong_type",
                        "/templates/not a language not_allowed",
                        "/templates/en/order_created/pigeon not_allowed",
                        "/templates/en/order_created/sms/text missing");
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM notification_type"))
                .isZero();
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM template_version")).isZero();
    }

    private static JsonObject files(String text) {
        JsonObject type = new JsonObject()
                .put("category", "orders")
                .put("priority", "regular")
                .put("channels", new JsonArray(List.of("sms")))
                .put("variables", new JsonObject().put("dish", "text"));
        return new JsonObject()
                .put("types", new JsonObject().put("order_eaten", type))
                .put("templates", new JsonObject().put("en", sms(text)).put("hi", sms("{{dish}} खा लिया गया।")));
    }

    private static JsonObject sms(String text) {
        return new JsonObject().put("order_eaten", new JsonObject().put("sms", new JsonObject().put("text", text)));
    }

    private static HttpResponse<String> bring(JsonObject files) {
        return GATEWAY.post("/v1/templates/import", files);
    }

    private static JsonObject counts(boolean dryRun, int... numbers) {
        return new JsonObject()
                .put("dry_run", dryRun)
                .put("types", counts(numbers[0], numbers[1], numbers[2]))
                .put("templates", counts(numbers[3], numbers[4], numbers[5]));
    }

    private static JsonObject counts(int made, int changed, int unchanged) {
        return new JsonObject().put("made", made).put("changed", changed).put("unchanged", unchanged);
    }
}
