package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What bad input gets: a problem that says everything, and nothing stored. */
class RefusingMessagesTest {
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
                // What is there | its pointer | its code
                "\"unknown\":1 | /unknown | unknown_field",
                "\"a/b~c\":1 | /a~1b~0c | unknown_field",
                "\"to\":null | /to | missing",
                "\"to\":15005550010 | /to | wrong_type",
                "\"to\":\"\" | /to | empty",
                "\"to\":\"hello\" | /to | invalid_recipient",
                "\"to\":\"123\" | /to | invalid_recipient",
                "\"to\":\"+1234567890123456\" | /to | invalid_recipient",
                "\"to\":\"call 500 555 0010\" | /to | invalid_recipient",
                "\"to\":\"+15005550010 ext. 5\" | /to | invalid_recipient",
                "\"text\":null | /text | missing",
                "\"text\":[\"Hello\"] | /text | wrong_type",
                "\"text\":\"\" | /text | empty",
                "\"text\":\" \\n\" | /text | empty",
                "\"text\":\"a\\u0000b\" | /text | invalid_text",
                "\"text\":\"a\\ud83d\" | /text | invalid_text",
                "\"text\":\"\\ude00b\" | /text | invalid_text",
                "\"channel\":\"pigeon\" | /channel | not_allowed",
                "\"channel\":1 | /channel | wrong_type",
                "\"from\":\"+1\" | /from | invalid_sender",
                "\"from\":\"12\" | /from | invalid_sender",
                "\"from\":\"123456789\" | /from | invalid_sender",
                "\"from\":\"TwelveLetter\" | /from | invalid_sender",
                "\"from\":\"Ünicode\" | /from | invalid_sender",
                "\"lane\":\"fast\" | /lane | not_allowed",
                "\"on_unknown\":\"retry\" | /on_unknown | not_allowed",
                "\"send_at\":\"tomorrow\" | /send_at | invalid_time",
                "\"send_at\":\"2026-12-01T10:00:00\" | /send_at | invalid_time",
                "\"send_at\":\"2026-12-01\" | /send_at | invalid_time",
                "\"send_at\":1790000000 | /send_at | wrong_type",
                "\"send_at\":\"2020-01-01T00:00:00Z\" | /send_at | in_the_past",
                "\"send_at\":\"2999-01-01T00:00:00Z\" | /send_at | too_far_ahead",
                "\"send_at\":\"+999999999-12-31T23:59:59-18:00\" | /send_at | too_far_ahead",
                "\"send_at\":\"-999999999-01-01T00:00:00+18:00\" | /send_at | in_the_past",
                "\"valid_for\":0 | /valid_for | invalid_duration",
                "\"valid_for\":-1 | /valid_for | invalid_duration",
                "\"valid_for\":1.5 | /valid_for | invalid_duration",
                "\"valid_for\":true | /valid_for | invalid_duration",
                "\"valid_for\":99999999999 | /valid_for | invalid_duration",
                "\"valid_for\":\"soon\" | /valid_for | invalid_duration",
                "\"valid_for\":\"999ms\" | /valid_for | invalid_duration",
                "\"valid_for\":\"15d\" | /valid_for | invalid_duration",
                "\"reference\":7 | /reference | wrong_type",
                "\"reference\":\"a\\u0000\" | /reference | invalid_text",
                "\"metadata\":\"x\" | /metadata | wrong_type",
                "\"metadata\":{\"a\":{\"b\":[\"\\u0000\"]}} | /metadata | invalid_text",
                "\"metadata\":{\"a\":\"\\ud83d\"} | /metadata | invalid_text",
                "\"metadata\":{\"a\":1e999} | /metadata | invalid_text",
                "\"media_urls\":\"https://example.com\" | /media_urls | wrong_type",
                "\"media_urls\":[\"ftp://example.com/a\"] | /media_urls/0 | invalid_url",
                "\"media_urls\":[\"https://example.com/a\",\"/relative\"] | /media_urls/1 | invalid_url",
                "\"media_urls\":[\"https://example.com/a b\"] | /media_urls/0 | invalid_url",
                "\"media_urls\":[1] | /media_urls/0 | invalid_url",
                "\"retry\":3 | /retry | wrong_type",
                "\"retry\":{\"attempts_max\":0} | /retry/attempts_max | not_allowed",
                "\"retry\":{\"attempts_max\":101} | /retry/attempts_max | not_allowed",
                "\"retry\":{\"base\":\"500ms\"} | /retry/base | invalid_duration",
                "\"retry\":{\"cap\":\"2d\"} | /retry/cap | invalid_duration",
                "\"retry\":{\"base\":\"5m\",\"cap\":\"1m\"} | /retry/cap | invalid_duration",
                "\"retry\":{\"jitter\":\"some\"} | /retry/jitter | not_allowed",
                "\"retry\":{\"tries\":3} | /retry/tries | unknown_field",
                "\"on_undelivered\":\"resend\" | /on_undelivered | not_allowed",
                "\"fallback\":\"whatsapp\" | /fallback | wrong_type",
                "\"fallback\":[\"whatsapp\",\"whatsapp\",\"whatsapp\",\"whatsapp\"] | /fallback | too_many",
                "\"fallback\":[\"pigeon\"] | /fallback/0 | not_allowed",
                "\"fallback\":[\"sms\"] | /fallback/0 | channel_mismatch",
                "\"fallback\":[\"whatsapp\",\"email\"] | /fallback/1 | channel_mismatch",
                "\"fallback\":[7] | /fallback/0 | wrong_type",
                "\"fallback\":[null] | /fallback/0 | wrong_type",
                "\"fallback\":[{\"channel\":\"pigeon\"}] | /fallback/0/channel | not_allowed",
                "\"fallback\":[{\"channel\":\"email\",\"subject\":\"Hi\"}] | /fallback/0/to | missing",
                "\"fallback\":[{\"channel\":\"email\",\"to\":\"a@example.com\"}] | /fallback/0/subject | missing",
                "\"fallback\":[{\"channel\":\"whatsapp\",\"from\":\"ACME\"}] | /fallback/0/from | invalid_sender",
                "\"fallback\":[{\"channel\":\"whatsapp\",\"text\":\" \"}] | /fallback/0/text | empty",
                "\"fallback\":[{\"channel\":\"whatsapp\",\"valid_for\":0}] | /fallback/0/valid_for | invalid_duration",
                "\"fallback\":[{\"channel\":\"whatsapp\",\"lane\":\"bulk\"}] | /fallback/0/lane | unknown_field"
            })
    void refuses_a_field_that_is_wrong_at_its_pointer(String field, String pointer, String code) {
        HttpResponse<String> response = gateway.post("/v1/messages", helloWith(field));

        assertProblem(response, 400, code);
        assertThat(mistakes(response)).containsExactly(pointer + " " + code);
    }

    @Test
    void refuses_what_is_longer_than_its_limit() {
        HttpResponse<String> response = gateway.post(
                "/v1/messages",
                new JsonObject()
                        .put("to", "+15005550010".repeat(6))
                        .put("text", "x".repeat(1_601))
                        .put("from", "x".repeat(61))
                        .put("reference", "x".repeat(201))
                        .put("metadata", new JsonObject().put("a", "x".repeat(4_100)))
                        .put("media_urls", new JsonArray(Collections.nCopies(11, "https://example.com/a"))));

        assertProblem(response, 400, "invalid_request");
        assertThat(mistakes(response))
                .containsExactlyInAnyOrder(
                        "/to too_long",
                        "/text too_long",
                        "/from too_long",
                        "/reference too_long",
                        "/metadata too_large",
                        "/media_urls too_many");
    }

    @Test
    void refuses_a_fallback_that_cannot_carry_the_messages_own_text() {
        HttpResponse<String> response = gateway.post(
                "/v1/messages",
                new JsonObject()
                        .put("to", "ann@example.com")
                        .put("channel", "email")
                        .put("subject", "Hi")
                        .put("text", "x".repeat(1_601))
                        .put(
                                "fallback",
                                new JsonArray()
                                        .add(new JsonObject().put("to", "+15005550010"))
                                        .add(new JsonObject()
                                                .put("to", "+15005550010")
                                                .put("text", "Short"))));

        assertThat(mistakes(response)).containsExactly("/fallback/0/text too_long");
    }

    @Test
    void tells_all_mistakes_at_once() {
        HttpResponse<String> response = gateway.post(
                "/v1/messages",
                "{\"to\":\"x\",\"lane\":\"fast\",\"send_at\":\"x\",\"valid_for\":\"x\",\"extra\":1,\"metadata\":[]}");

        assertProblem(response, 400, "invalid_request");
        assertThat(json(response).getString("detail")).isEqualTo("7 things are wrong; errors says what and where.");
        assertThat(mistakes(response))
                .containsExactlyInAnyOrder(
                        "/to invalid_recipient",
                        "/text missing",
                        "/lane not_allowed",
                        "/send_at invalid_time",
                        "/valid_for invalid_duration",
                        "/metadata wrong_type",
                        "/extra unknown_field");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "whatsapp:+15005550010 | sms | /channel channel_mismatch",
                "whatsapp:nobody | whatsapp | /to invalid_recipient",
                "whatsapp: | whatsapp | /to invalid_recipient",
                "WhatsApp:+15005550010 | whatsapp | /to invalid_recipient"
            })
    void refuses_a_whatsapp_address_that_is_none(String to, String channel, String mistake) {
        HttpResponse<String> response = gateway.post(
                "/v1/messages",
                new JsonObject().put("to", to).put("channel", channel).put("text", "Hello"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(mistakes(response)).containsExactly(mistake);
    }

    @Test
    void refuses_a_name_as_the_sender_of_a_whatsapp_message() {
        HttpResponse<String> response = gateway.post(
                "/v1/messages",
                new JsonObject()
                        .put("to", "whatsapp:+15005550010")
                        .put("from", "Heliograph")
                        .put("text", "Hello"));

        assertThat(mistakes(response)).containsExactly("/from invalid_sender");
    }

    @Test
    void takes_a_time_that_has_just_passed_by_the_clients_clock_and_no_earlier_one() {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);

        HttpResponse<String> late =
                gateway.post("/v1/messages", helloWith("\"send_at\":\"" + now.minusSeconds(90) + "\""));

        assertProblem(late, 400, "in_the_past");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "with space", "tab\there"})
    void refuses_an_idempotency_key_that_is_none(String key) {
        HttpResponse<String> response =
                gateway.post("/v1/messages", helloWith("\"lane\":\"normal\""), "Idempotency-Key", key);

        assertProblem(response, 400, "invalid_idempotency_key");
    }

    @Test
    void refuses_an_idempotency_key_that_is_too_long() {
        HttpResponse<String> response =
                gateway.post("/v1/messages", helloWith("\"lane\":\"normal\""), "Idempotency-Key", "k".repeat(256));

        assertProblem(response, 400, "invalid_idempotency_key");
    }

    @Test
    void leaves_the_key_of_a_refused_request_free_for_the_corrected_one() {
        HttpResponse<String> refused = gateway.post("/v1/messages", "{}", "Idempotency-Key", "free");

        assertThat(refused.statusCode()).isEqualTo(400);
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
