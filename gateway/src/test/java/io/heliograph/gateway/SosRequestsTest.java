package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests for blood: made, shown, given another token, and closed. */
class SosRequestsTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final SosCalls SOS = new SosCalls(GATEWAY);

    @BeforeEach
    void patient_and_donor() {
        SOS.empty();
        SOS.donor("ann", "+15005550010", "O-", "Mumbai");
    }

    @Test
    void is_made_with_a_token_that_nobody_mistakes_and_asks_nobody_yet() {
        JsonObject request = SOS.request(SosCalls.wish("a+ve", "Bombay")
                .put("units", 2)
                .put("hospital", "City Hospital")
                .put("area", "Bandra")
                .put("contact", "+1 500 555 0901")
                .put("priority", "critical"));

        assertThat(request.getString("token")).matches("[CDFHJKMNPRTVWXY34679]{5}");
        assertThat(request.getString("blood_group")).isEqualTo("A+");
        assertThat(request.getString("contact")).isEqualTo("+15005550901");
        assertThat(request.getString("status")).isEqualTo("open");
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isZero();
        assertThat(SOS.statistics(request).encode())
                .isEqualTo(
                        "{\"alerted\":0,\"delivered\":0,\"answered\":0,\"yes\":0,\"no\":0,\"shared\":0,\"first_yes_seconds\":null}");
    }

    @Test
    void says_everything_that_is_wrong_at_once() {
        HttpResponse<String> answer = GATEWAY.post(
                "/v1/sos/requests",
                new JsonObject()
                        .put("patient", "a b")
                        .put("blood_group", "C+")
                        .put("units", 0)
                        .put("city", " ")
                        .put("contact", "none")
                        .put("priority", "now")
                        .put("token_valid_for", "1s")
                        .put("colour", "red"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestUsers.pointers(answer))
                .containsExactlyInAnyOrder(
                        "/patient",
                        "/blood_group",
                        "/units",
                        "/city",
                        "/contact",
                        "/priority",
                        "/token_valid_for",
                        "/colour");
        assertThat(GATEWAY.post(
                                "/v1/sos/requests",
                                SosCalls.wish("A+", "Mumbai").put("units", 1_000))
                        .statusCode())
                .isEqualTo(400);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM sos_request")).isZero();
    }

    @Test
    void refuses_a_city_that_nobody_knows_and_names_those_that_are_near() {
        HttpResponse<String> near = GATEWAY.post("/v1/sos/requests", SosCalls.wish("A+", "Mumbia"));
        HttpResponse<String> nowhere = GATEWAY.post("/v1/sos/requests", SosCalls.wish("A+", "Atlantis"));

        assertThat(json(near).getString("code")).isEqualTo("unknown_city");
        assertThat(json(near).getString("detail")).contains("Near are: Mumbai");
        assertThat(json(nowhere).getString("code")).isEqualTo("unknown_city");
        assertThat(json(nowhere).getString("detail")).doesNotContain("Near are");
        assertThat(TestUsers.pointers(GATEWAY.post("/v1/sos/requests", SosCalls.wish("C+", "Mumbia"))))
                .containsExactly("/blood_group", "/city");
        JsonObject _ = SOS.request(SosCalls.wish("A+", "Atlantis").put("city_is_right", true));
        JsonObject _ = SOS.request(SosCalls.wish("A+", "बेंगलुरु"));
    }

    @Test
    void refuses_a_patient_whom_nobody_knows_and_leaves_the_key_free() {
        JsonObject wish = SosCalls.wish("A+", "Mumbai").put("patient", "ravi");

        HttpResponse<String> refused = GATEWAY.post("/v1/sos/requests", wish, "Idempotency-Key", "k1");
        JsonObject _ = TestUsers.put(GATEWAY, "ravi", new JsonObject().put("phone", "+15005550902"));
        HttpResponse<String> made = GATEWAY.post("/v1/sos/requests", wish, "Idempotency-Key", "k1");
        HttpResponse<String> again = GATEWAY.post("/v1/sos/requests", wish, "Idempotency-Key", "k1");
        HttpResponse<String> other =
                GATEWAY.post("/v1/sos/requests", wish.copy().put("units", 3), "Idempotency-Key", "k1");

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(json(refused).getString("code")).isEqualTo("unknown_user");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(json(again).getString("id")).isEqualTo(json(made).getString("id"));
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM sos_request")).isEqualTo(1);
    }

    @Test
    void lists_requests_by_status_and_patient_in_pages() {
        JsonObject first = SOS.request("A+", "Mumbai");
        JsonObject second = SOS.request("B+", "Mumbai");
        JsonObject third = SOS.request("O+", "Mumbai");
        JsonObject _ = SOS.acted(second, "close", new JsonObject());

        assertThat(ids("?limit=2")).containsExactly(id(third), id(second));
        assertThat(ids("?limit=2&cursor=" + id(second))).containsExactly(id(first));
        assertThat(ids("?status=closed")).containsExactly(id(second));
        assertThat(ids("?patient=ann")).isEmpty();
        assertThat(GATEWAY.get("/v1/sos/requests?status=lost").statusCode()).isEqualTo(400);
        assertThat(GATEWAY.get("/v1/sos/requests/" + id(first).replace('0', '1'))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void what_is_over_says_what_may_be_done_with_it() {
        JsonObject request = SOS.request("A+", "Mumbai");
        JsonObject _ = SOS.acted(request, "close", new JsonObject());

        for (String action : new String[] {"match", "rotate-token", "close"}) {
            HttpResponse<String> answer = SOS.act(request, action, new JsonObject());

            assertThat(answer.statusCode()).as(action).isEqualTo(409);
            assertThat(json(answer).getString("code")).isEqualTo("request_state");
            assertThat(json(answer).getString("request_status")).isEqualTo("closed");
            assertThat(json(answer).getJsonArray("allowed")).isEqualTo(new JsonArray());
        }
    }

    @Test
    void gets_another_token_when_it_is_asked_for() {
        JsonObject request = SOS.request("A+", "Mumbai");

        JsonObject rotated = SOS.acted(request, "rotate-token", new JsonObject().put("token_valid_for", "10m"));

        assertThat(rotated.getString("token")).isNotEqualTo(request.getString("token"));
        assertThat(rotated.getString("token_expires_at")).isLessThan(request.getString("token_expires_at"));
    }

    @Test
    void shows_nothing_of_it_to_keys_that_may_not_read_and_nothing_to_other_accounts() {
        String writer = TestAccounts.add(GATEWAY, "default", "messages:write");
        String other = TestAccounts.add(GATEWAY, "other", "messages:read", "messages:write");

        JsonObject made = json(GATEWAY.post(
                "/v1/sos/requests",
                SosCalls.wish("A+", "Mumbai").put("hospital", "City Hospital"),
                "Authorization",
                "Bearer " + writer));

        assertThat(made.fieldNames()).doesNotContain("token", "hospital", "contact", "area");
        assertThat(GATEWAY.get("/v1/sos/requests/" + id(made), "Authorization", "Bearer " + other)
                        .statusCode())
                .isEqualTo(404);
        assertThat(GATEWAY.post(
                                "/v1/sos/requests/" + id(made) + "/match",
                                new JsonObject(),
                                "Authorization",
                                "Bearer " + other)
                        .statusCode())
                .isEqualTo(404);
    }

    private static List<String> ids(String query) {
        JsonArray requests = TestUsers.get(GATEWAY, "/v1/sos/requests" + query).getJsonArray("requests");
        return requests.stream().map(request -> id((JsonObject) request)).toList();
    }

    private static String id(JsonObject request) {
        return request.getString("id");
    }
}
