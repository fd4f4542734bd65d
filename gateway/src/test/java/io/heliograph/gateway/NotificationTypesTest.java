package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An account says what can happen, beside and instead of what is shipped. */
class NotificationTypesTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final String PATH = "/v1/notification-types";

    @Test
    void are_those_that_are_shipped_until_an_account_has_its_own() {
        HttpResponse<String> made = put("order_eaten", type(new JsonObject().put("dish", "text")));
        HttpResponse<String> again = put("order_eaten", type(new JsonObject().put("dish", "text")));

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(made))
                .isEqualTo(new JsonObject()
                        .put("name", "order_eaten")
                        .put("own", true)
                        .put("category", "orders")
                        .put("priority", "critical")
                        .put("channels", new JsonArray(List.of("sms", "email")))
                        .put(
                                "variables",
                                new JsonObject()
                                        .put(
                                                "dish",
                                                new JsonObject()
                                                        .put("type", "text")
                                                        .put("optional", false)
                                                        .put("phi_safe", false))));
        assertThat(json(GATEWAY.get(PATH)).getJsonArray("notification_types").stream()
                        .map(type -> ((JsonObject) type).getString("name")))
                .contains("order_eaten", "order_created", "appointment_reminder_2h")
                .isSorted();
        assertThat(json(GATEWAY.get(PATH + "/order_created")).getBoolean("own")).isFalse();

        assertThat(delete("order_eaten").statusCode()).isEqualTo(204);
        assertThat(GATEWAY.get(PATH + "/order_eaten").statusCode()).isEqualTo(404);
        assertThat(delete("order_created").statusCode()).isEqualTo(404);
    }

    @Test
    void are_refused_with_everything_that_is_wrong() {
        HttpResponse<String> answer = put(
                "order_eaten",
                new JsonObject()
                        .put("category", "Orders!")
                        .put("channels", new JsonArray(List.of("sms", "pigeon", "sms")))
                        .put(
                                "variables",
                                new JsonObject()
                                        .put("A", "text")
                                        .put("b", "colour")
                                        .put("c", new JsonObject().put("optional", 1))
                                        .put(
                                                "d",
                                                new JsonObject()
                                                        .put("type", "list")
                                                        .put("fields", new JsonObject().put("x", "list"))))
                        .put("colour", "red"));

        assertThat(TemplatesTest.mistakes(answer))
                .containsExactlyInAnyOrder(
                        "/category not_allowed",
                        "/priority missing",
                        "/channels/1 not_allowed",
                        "/channels/2 not_allowed",
                        "/variables/A not_allowed",
                        "/variables/b not_allowed",
                        "/variables/c/type missing",
                        "/variables/c/optional wrong_type",
                        "/variables/d/fields/x not_allowed",
                        "/colour unknown_field");
    }

    @Test
    void decide_what_an_event_must_bring() {
        put(
                "order_eaten",
                type(new JsonObject()
                        .put("dish", new JsonObject().put("type", "text").put("optional", true))
                        .put("url", "url")
                        .put(
                                "items",
                                new JsonObject()
                                        .put("type", "list")
                                        .put("fields", new JsonObject().put("name", "text")))));

        HttpResponse<String> answer = GATEWAY.post(
                "/v1/events",
                new JsonObject()
                        .put("type", "order_eaten")
                        .put("user", "ann")
                        .put(
                                "data",
                                new JsonObject()
                                        .put("dish", "\u0000")
                                        .put("url", "javascript:alert(1)")
                                        .put(
                                                "items",
                                                new JsonArray()
                                                        .add(new JsonObject()
                                                                .put("name", 1)
                                                                .put("size", 2))
                                                        .add("x"))));

        assertThat(TemplatesTest.mistakes(answer))
                .containsExactlyInAnyOrder(
                        "/data/dish invalid_text",
                        "/data/url wrong_type",
                        "/data/items/0/name wrong_type",
                        "/data/items/0/size unknown_field",
                        "/data/items/1 wrong_type");
    }

    @Test
    void change_only_as_far_as_the_templates_in_force_allow() {
        put("order_eaten", type(new JsonObject().put("dish", "text")));
        String template = "/v1/templates/order_eaten/sms/en";
        GATEWAY.send(GATEWAY.request(template + "/draft")
                .PUT(BodyPublishers.ofString(
                        new JsonObject().put("text", "{{dish}}").encode())));
        assertThat(GATEWAY.post(template + "/publish", "").statusCode()).isEqualTo(200);

        HttpResponse<String> without = put("order_eaten", type(new JsonObject().put("meal", "text")));

        assertThat(TemplatesTest.mistakes(without)).containsExactly("/variables undeclared_variable");
        assertThat(json(without).getString("detail")).contains("sms/en", "dish");
        assertThat(delete("order_eaten").statusCode()).isEqualTo(204);
        assertThat(GATEWAY.get(template).statusCode()).isEqualTo(404);
    }

    @Test
    void stand_before_the_shipped_ones_and_their_templates_as_far_as_these_fit() {
        put("order_created", type(new JsonObject().put("order_id", "text")));
        GATEWAY.send(GATEWAY.request("/v1/users/ann")
                .PUT(BodyPublishers.ofString(
                        new JsonObject().put("email", "ann@example.com").encode())));

        HttpResponse<String> told = GATEWAY.post(
                "/v1/events",
                new JsonObject()
                        .put("type", "order_created")
                        .put("user", "ann")
                        .put("data", new JsonObject().put("order_id", "A17")));

        // The shipped text names an amount, which this account's type has not.
        assertThat(json(told).getJsonObject("channels").getJsonObject("email").getString("reason"))
                .isEqualTo("no_template");
    }

    private static JsonObject type(JsonObject variables) {
        return new JsonObject()
                .put("category", "orders")
                .put("priority", "critical")
                .put("channels", new JsonArray(List.of("sms", "email")))
                .put("variables", variables);
    }

    private static HttpResponse<String> put(String name, JsonObject type) {
        return GATEWAY.send(GATEWAY.request(PATH + "/" + name).PUT(BodyPublishers.ofString(type.encode())));
    }

    private static HttpResponse<String> delete(String name) {
        return GATEWAY.send(GATEWAY.request(PATH + "/" + name).DELETE());
    }
}
