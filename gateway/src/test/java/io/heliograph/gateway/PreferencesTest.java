package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an account switches on and off for its users. */
class PreferencesTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final String PATH = "/v1/users/ann/preferences";

    @BeforeEach
    void ann() {
        TestUsers.ann(GATEWAY);
    }

    @Test
    void leaves_sms_off_until_somebody_switches_it_on() {
        assertThat(of("orders").getMap()).containsEntry("sms", false).containsEntry("email", true);
        // What is critical is what the user waits for.
        assertThat(of("security").getMap()).containsEntry("sms", true).containsEntry("email", true);

        HttpResponse<String> answer = change(new JsonObject().put("orders", new JsonObject().put("sms", true)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(of("orders").getMap()).containsEntry("sms", true).containsEntry("email", true);
        assertThat(TestUsers.ordered(GATEWAY, "sms")).isEqualTo("accepted");
    }

    @Test
    void lets_a_switch_stand_by_itself_again() {
        JsonObject off = new JsonObject().put("sms", true).put("email", false);
        assertThat(change(new JsonObject().put("orders", off)).statusCode()).isEqualTo(200);
        assertThat(TestUsers.ordered(GATEWAY, "email")).isEqualTo("disabled_by_user");

        HttpResponse<String> answer = change(
                new JsonObject().put("orders", new JsonObject().putNull("sms").putNull("email")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(of("orders").getMap()).containsEntry("sms", false).containsEntry("email", true);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM preference")).isZero();
    }

    @Test
    void names_every_unknown_category_and_channel_and_changes_nothing() {
        HttpResponse<String> answer = change(new JsonObject()
                .put("weather", new JsonObject().put("sms", true))
                .put(
                        "orders",
                        new JsonObject().put("pigeon", true).put("sms", "yes").put("email", false)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestUsers.pointers(answer))
                .containsExactlyInAnyOrder(
                        "/preferences/weather", "/preferences/orders/pigeon", "/preferences/orders/sms");
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM preference")).isZero();
    }

    @Test
    void knows_nobody_whom_the_account_does_not_know() {
        assertThat(GATEWAY.get("/v1/users/bob/preferences").statusCode()).isEqualTo(404);
        assertThat(TestUsers.send(
                                GATEWAY,
                                "PATCH",
                                "/v1/users/bob/preferences",
                                new JsonObject().put("preferences", new JsonObject()))
                        .statusCode())
                .isEqualTo(404);
    }

    private static JsonObject of(String category) {
        return TestUsers.get(GATEWAY, PATH).getJsonObject("preferences").getJsonObject(category);
    }

    private static HttpResponse<String> change(JsonObject preferences) {
        return TestUsers.send(GATEWAY, "PATCH", PATH, new JsonObject().put("preferences", preferences));
    }
}
