package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The people of an account are changed piece by piece, and found by what is known of them. */
class UsersTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    @Test
    void changes_what_is_named_and_takes_away_what_is_null() {
        TestUsers.put(
                GATEWAY,
                "ann",
                new JsonObject()
                        .put("phone", "+15005550010")
                        .put("email", "ann@example.com")
                        .put("locale", "hi")
                        .put(
                                "attributes",
                                new JsonObject()
                                        .put("tier", "gold")
                                        .put(
                                                "shop",
                                                new JsonObject()
                                                        .put("city", "Pune")
                                                        .put("floor", 2))));

        JsonObject ann = json(patch(
                "ann",
                new JsonObject()
                        .put("email", "ann@example.org")
                        .putNull("locale")
                        .put(
                                "attributes",
                                new JsonObject().putNull("tier").put("shop", new JsonObject().put("floor", 3)))));

        assertThat(ann.getString("phone")).isEqualTo("+15005550010");
        assertThat(ann.getString("email")).isEqualTo("ann@example.org");
        assertThat(ann.containsKey("locale")).isFalse();
        assertThat(ann.getJsonObject("attributes"))
                .isEqualTo(new JsonObject()
                        .put("shop", new JsonObject().put("city", "Pune").put("floor", 3)));
    }

    @Test
    void changes_nothing_when_anything_is_wrong() {
        TestUsers.ann(GATEWAY);

        HttpResponse<String> answer = patch(
                "ann",
                new JsonObject()
                        .put("phone", "12")
                        .put("time_zone", "Mars/Base")
                        .put("email", "b@c.de"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestUsers.pointers(answer)).containsExactlyInAnyOrder("/phone", "/time_zone");
        assertThat(TestUsers.get(GATEWAY, "/v1/users/ann").getString("email")).isEqualTo("ann@example.com");
        assertThat(patch("nobody", new JsonObject().put("email", "b@c.de")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void bounds_attributes_as_they_are_when_merged() {
        TestUsers.put(GATEWAY, "ann", new JsonObject().put("attributes", new JsonObject().put("a", "x".repeat(3_000))));

        HttpResponse<String> answer =
                patch("ann", new JsonObject().put("attributes", new JsonObject().put("b", "x".repeat(3_000))));

        assertThat(json(answer).getString("code")).isEqualTo("too_long");
        assertThat(TestUsers.get(GATEWAY, "/v1/users/ann")
                        .getJsonObject("attributes")
                        .fieldNames())
                .containsExactly("a");
    }

    @Test
    void lists_in_pages_and_finds_by_number_and_address() {
        for (String id : List.of("a", "b", "c+d@e")) {
            TestUsers.put(GATEWAY, id, new JsonObject().put("email", id.charAt(0) + "@example.com"));
        }
        TestUsers.ann(GATEWAY);

        JsonObject first = TestUsers.get(GATEWAY, "/v1/users?limit=3");
        JsonObject second = TestUsers.get(GATEWAY, "/v1/users?limit=3&cursor=" + first.getString("next_cursor"));

        assertThat(ids(first)).containsExactly("a", "ann", "b");
        assertThat(ids(second)).containsExactly("c+d@e");
        assertThat(second.getString("next_cursor")).isNull();
        assertThat(ids(TestUsers.get(GATEWAY, "/v1/users?phone=+15005550010"))).containsExactly("ann");
        assertThat(ids(TestUsers.get(GATEWAY, "/v1/users?email=b@example.com"))).containsExactly("b");
        assertThat(ids(TestUsers.get(GATEWAY, "/v1/users?email=b@example.com&phone=%2B15005550010")))
                .isEmpty();
    }

    @Test
    void shows_nobody_of_another_account() {
        TestUsers.ann(GATEWAY);
        String other = TestAccounts.add(GATEWAY, "other", "messages:read", "messages:write");

        assertThat(ids(json(GATEWAY.get("/v1/users", "Authorization", "Bearer " + other))))
                .isEmpty();
    }

    private static HttpResponse<String> patch(String id, JsonObject change) {
        return TestUsers.send(GATEWAY, "PATCH", "/v1/users/" + id, change);
    }

    private static List<String> ids(JsonObject page) {
        JsonArray users = page.getJsonArray("users");
        return users.stream().map(user -> ((JsonObject) user).getString("id")).toList();
    }
}
