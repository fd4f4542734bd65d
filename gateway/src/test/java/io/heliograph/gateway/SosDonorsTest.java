package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who gives blood, where, and what they are honoured for. */
class SosDonorsTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final SosCalls SOS = new SosCalls(GATEWAY);

    @BeforeEach
    void patient() {
        SOS.empty();
    }

    @Test
    void a_user_becomes_a_donor_and_is_none_again() {
        TestUsers.ann(GATEWAY);
        JsonObject donor = new JsonObject()
                .put("blood_group", "o neg")
                .put("city", " Mumbai ")
                .put("area", "Bandra");

        HttpResponse<String> made = TestUsers.send(GATEWAY, "PUT", "/v1/users/ann/donor", donor);
        HttpResponse<String> changed =
                TestUsers.send(GATEWAY, "PUT", "/v1/users/ann/donor", donor.put("available", false));

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(changed.statusCode()).isEqualTo(200);
        JsonObject shown = TestUsers.get(GATEWAY, "/v1/users/ann/donor");
        assertThat(shown.getString("blood_group")).isEqualTo("O-");
        assertThat(shown.getString("city")).isEqualTo("Mumbai");
        assertThat(shown.getBoolean("available")).isFalse();
        assertThat(shown.getJsonArray("badges")).isEmpty();
        assertThat(TestUsers.delete(GATEWAY, "/v1/users/ann/donor").statusCode())
                .isEqualTo(204);
        assertThat(GATEWAY.get("/v1/users/ann/donor").statusCode()).isEqualTo(404);
        assertThat(TestUsers.delete(GATEWAY, "/v1/users/ann/donor").statusCode())
                .isEqualTo(404);
    }

    @Test
    void says_everything_that_is_wrong_with_a_donor_at_once() {
        TestUsers.ann(GATEWAY);

        HttpResponse<String> answer = TestUsers.send(
                GATEWAY,
                "PUT",
                "/v1/users/ann/donor",
                new JsonObject()
                        .put("blood_group", "C+")
                        .put("city", "!!")
                        .put("available", "maybe")
                        .put("weight", 70));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestUsers.pointers(answer))
                .containsExactlyInAnyOrder("/blood_group", "/city", "/available", "/weight");
        assertThat(answer.body()).contains("O-, O+, A-, A+, B-, B+, AB-, AB+");
    }

    @Test
    void nobody_is_a_donor_without_being_a_user() {
        HttpResponse<String> answer = TestUsers.send(
                GATEWAY,
                "PUT",
                "/v1/users/nobody/donor",
                new JsonObject().put("blood_group", "A+").put("city", "Pune"));

        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void badges_follow_from_what_a_donor_did_and_go_with_it() {
        SOS.donor("ann", "+15005550010", "O-", "Mumbai");
        JsonObject request = SOS.request("A+", "Mumbai");
        JsonObject _ = SOS.match(request);
        JsonObject response = SOS.response(request, "ann");

        assertThat(badges()).isEmpty();
        assertThat(SOS.respond(response, new JsonObject().put("answer", "yes").put("share", true))
                        .statusCode())
                .isEqualTo(200);

        assertThat(badges()).containsExactly("first_answer", "lifesaver", "quick_helper", "ready_to_give");
        assertThat(SOS.respond(response, new JsonObject().put("answer", "no")).statusCode())
                .isEqualTo(200);
        assertThat(badges()).containsExactly("first_answer");
    }

    @Test
    void an_account_has_rules_of_its_own_before_everybodys() {
        SOS.donor("ann", "+15005550010", "O-", "Mumbai");
        JsonObject request = SOS.request("A+", "Mumbai");
        JsonObject _ = SOS.match(request);
        assertThat(SOS.respond(SOS.response(request, "ann"), new JsonObject().put("answer", "no"))
                        .statusCode())
                .isEqualTo(200);
        String rule = "/v1/sos/badge-rules/";

        assertThat(put(
                        rule + "first_answer",
                        new JsonObject()
                                .put("title", "x")
                                .put("metric", "answers")
                                .put("enabled", false)))
                .isEqualTo(200);
        assertThat(put(rule + "polite", new JsonObject().put("title", "Polite").put("metric", "answers")))
                .isEqualTo(200);

        assertThat(badges()).containsExactly("polite");
        assertThat(TestUsers.delete(GATEWAY, rule + "first_answer").statusCode())
                .isEqualTo(204);
        assertThat(badges()).containsExactly("first_answer", "polite");
        assertThat(TestUsers.get(GATEWAY, "/v1/sos/badge-rules").getJsonArray("badge_rules"))
                .hasSize(7);
        assertThat(put(rule + "odd", new JsonObject().put("title", "x").put("metric", "quick_yes")))
                .isEqualTo(400);
        assertThat(put(rule + "Odd!", new JsonObject().put("title", "x").put("metric", "yes")))
                .isEqualTo(400);
    }

    private static int put(String path, JsonObject body) {
        return TestUsers.send(GATEWAY, "PUT", path, body).statusCode();
    }

    private static List<String> badges() {
        JsonArray badges = TestUsers.get(GATEWAY, "/v1/users/ann/donor").getJsonArray("badges");
        return badges.stream()
                .map(badge -> ((JsonObject) badge).getString("badge"))
                .toList();
    }
}
