package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a body gets that is no message at all, or one that nobody would write. */
class RefusingBodiesTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @AfterEach
    void nothing_was_stored() {
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isZero();
        assertThat(gateway.sql().count("SELECT count(*) FROM outbox")).isZero();
        assertThat(gateway.sql().count("SELECT count(*) FROM idempotency")).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | not_json",
                "{ | not_json",
                "{\"to\":} | not_json",
                "nonsense | not_json",
                "{\"to\":\"+15005550010\",\"text\":\"a\"} trailing | not_json",
                "[] | wrong_type",
                "[{\"to\":\"+15005550010\",\"text\":\"Hello\"}] | wrong_type",
                "\"text\" | wrong_type",
                "1 | wrong_type",
                "null | wrong_type"
            })
    void refuses_a_body_that_is_no_json_object(String body, String code) {
        HttpResponse<String> response = gateway.post("/v1/messages", body);

        assertProblem(response, 400, code);
    }

    @Test
    void tells_no_more_mistakes_than_anyone_would_read() {
        JsonObject body = new JsonObject();
        for (int i = 0; i < 5_000; i++) {
            body.put("unknown" + i, i);
        }

        assertThat(mistakes(gateway.post("/v1/messages", body))).hasSize(100);
    }

    @Test
    void shows_no_more_of_a_long_name_than_is_needed_to_find_it() {
        HttpResponse<String> response = gateway.post("/v1/messages", helloWith("\"" + "n".repeat(10_000) + "\":1"));

        assertProblem(response, 400, "unknown_field");
        assertThat(response.body()).hasSizeLessThan(1_000);
    }

    @Test
    void survives_names_that_cannot_be_stored() {
        assertThat(mistakes(gateway.post("/v1/messages", helloWith("\"a\\u0000\":1"))))
                .containsExactly("/(not readable) unknown_field");
        assertThat(mistakes(gateway.post("/v1/messages", helloWith("\"metadata\":{\"a\\u0000\":1}"))))
                .containsExactly("/metadata invalid_text");
        assertProblem(gateway.post("/v1/messages", helloWith("\"\\ud83d\":1")), 400, "not_json");
    }

    @Test
    void refuses_a_body_that_is_nested_beyond_reason() {
        assertProblem(gateway.post("/v1/messages", "[".repeat(500_000)), 400, "not_json");
        assertProblem(gateway.post("/v1/messages", "{\"a\":".repeat(100_000)), 400, "not_json");
        assertProblem(
                gateway.post(
                        "/v1/messages", helloWith("\"metadata\":" + "{\"a\":".repeat(900) + "1" + "}".repeat(900))),
                400,
                "too_large");
    }

    @Test
    void refuses_a_body_that_is_no_utf_8() {
        HttpResponse<String> response = gateway.send(gateway.request("/v1/messages")
                .POST(BodyPublishers.ofByteArray(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'})));

        assertProblem(response, 400, "not_json");
    }

    @Test
    void repeats_neither_number_nor_text_in_a_problem() {
        HttpResponse<String> response = gateway.post(
                "/v1/messages",
                "{\"to\":\"+1500555003099999999\",\"from\":\"+1500555002099999999\",\"text\":\"secret\\u0000\",\"lane\":\"secret\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).doesNotContain("5005550030", "5005550020", "secret");
    }

    @Test
    void counts_refusals_by_their_code() {
        double before = gateway.metric("heliograph_http_refusals_total{code=\"invalid_recipient\"}");

        gateway.post("/v1/messages", helloWith("\"to\":\"x\""));

        assertThat(gateway.metric("heliograph_http_refusals_total{code=\"invalid_recipient\"}"))
                .isEqualTo(before + 1);
    }

    /** A message that would be right but for the given fields, which replace its own. */
    private static String helloWith(String fields) {
        // The last of two fields with one name counts.
        return "{\"to\":\"+15005550010\",\"text\":\"Hello\"," + fields + "}";
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) {
        JsonObject problem = json(response);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(problem.getString("type")).isEqualTo("urn:heliograph:problem:" + code);
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(problem.getString("detail")).isNotBlank();
    }

    private static List<String> mistakes(HttpResponse<String> response) {
        return json(response).getJsonArray("errors").stream()
                .map(JsonObject.class::cast)
                .map(mistake -> mistake.getString("pointer") + " " + mistake.getString("code"))
                .toList();
    }
}
