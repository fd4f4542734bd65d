package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints are made, kept and removed by their account. */
class WebhookEndpointsTest {
    private static final String PATH = "/v1/webhook-endpoints";
    private static final String URL = "https://app.example.com/hooks";

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @Test
    void are_made_with_a_secret_of_ours() {
        HttpResponse<String> response = gateway.post(
                PATH,
                new JsonObject()
                        .put("url", URL)
                        .put("description", "Orders")
                        .put("event_types", new JsonArray().add("message.delivered"))
                        .put("channels", new JsonArray().add("sms")));

        JsonObject made = json(response);
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(made.getString("url")).isEqualTo(URL);
        assertThat(made.getString("status")).isEqualTo("enabled");
        assertThat(made.getString("secret")).startsWith("whsec_");
        assertThat(Base64.getDecoder().decode(made.getString("secret").substring(6)))
                .hasSize(32);
        assertThat(shown(made.getString("id"))).isEqualTo(without(made, "secret"));
        assertThat(secrets(made.getString("id")).getString("secret")).isEqualTo(made.getString("secret"));
    }

    @Test
    void make_their_account_listen_for_ever_and_for_a_day_when_the_last_is_gone() {
        String one = make();
        String other = make();

        assertThat(listeningUntil()).isEqualTo("infinity");
        assertThat(delete(one)).isEqualTo(204);
        assertThat(listeningUntil()).isEqualTo("infinity");
        assertThat(delete(other)).isEqualTo(204);
        assertThat(gateway.sql()
                        .text("SELECT until BETWEEN now() + interval '23 hours' AND now() + interval '24 hours'"
                                + " FROM event_listening WHERE account_id = 1"))
                .isEqualTo("t");
    }

    @Test
    void are_told_everything_that_is_wrong_at_once() {
        HttpResponse<String> response = gateway.post(PATH, """
            {"url": "http://127.0.0.1/", "event_types": ["message.delivered", "message.lost"], "channels": [],
             "description": 7, "secret": "mine"}""");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).getJsonArray("errors").stream()
                        .map(error -> ((JsonObject) error).getString("pointer") + " "
                                + ((JsonObject) error).getString("code")))
                .containsExactlyInAnyOrder(
                        "/url invalid_url",
                        "/event_types/1 not_allowed",
                        "/channels empty",
                        "/description wrong_type",
                        "/secret unknown_field");
    }

    @Test
    void are_made_once_under_one_key_also_at_the_same_time() throws Exception {
        String body = new JsonObject().put("url", URL).encode();

        List<String> ids = AtOnce.call(
                8,
                i -> json(gateway.post(PATH, body, "Idempotency-Key", "once")).getString("id"));
        HttpResponse<String> again = gateway.post(PATH, body, "Idempotency-Key", "once");
        HttpResponse<String> another =
                gateway.post(PATH, new JsonObject().put("url", URL + "/2"), "Idempotency-Key", "once");

        assertThat(ids).containsOnly(json(again).getString("id"));
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(json(another).getString("code")).isEqualTo("idempotency_key_reused");
        assertThat(gateway.sql().count("SELECT count(*) FROM webhook_endpoint")).isOne();
    }

    @Test
    void are_fifty_at_the_most_however_many_are_made_at_once() throws Exception {
        for (int i = 0; i < 47; i++) {
            String _ = make();
        }

        List<Integer> codes = AtOnce.call(
                8, i -> gateway.post(PATH, new JsonObject().put("url", URL)).statusCode());

        assertThat(codes).containsOnly(201, 409);
        assertThat(gateway.sql().count("SELECT count(*) FROM webhook_endpoint")).isEqualTo(50);
    }

    @Test
    void are_listed_newest_first_a_page_at_a_time() {
        List<String> made = IntStream.range(0, 5).mapToObj(i -> make()).toList();

        JsonObject first = json(gateway.get(PATH + "?limit=3"));
        JsonObject second = json(gateway.get(PATH + "?limit=3&cursor=" + first.getString("next_cursor")));

        assertThat(ids(first)).containsExactlyElementsOf(made.reversed().subList(0, 3));
        assertThat(ids(second)).containsExactlyElementsOf(made.reversed().subList(3, 5));
        assertThat(second.getString("next_cursor")).isNull();
    }

    @Test
    void change_in_what_is_said_and_in_nothing_else() {
        String id = json(gateway.post(PATH, """
            {"url": "%s", "description": "Orders", "event_types": ["message.sent"], "channels": ["sms"]}""".formatted(URL))).getString("id");

        JsonObject changed = json(patch(id, """
            {"url": "https://app.example.com/other", "event_types": null}"""));

        assertThat(changed.getString("url")).isEqualTo("https://app.example.com/other");
        assertThat(changed.getJsonArray("event_types")).isNull();
        assertThat(changed.getString("description")).isEqualTo("Orders");
        assertThat(changed.getJsonArray("channels")).containsExactly("sms");
        assertThat(json(patch(id, "{\"url\": null}")).getString("code")).isEqualTo("missing");
    }

    @Test
    void get_a_new_secret_and_keep_the_old_one_for_the_overlap() {
        String id = make();
        String before = secrets(id).getString("secret");

        JsonObject rotated = json(gateway.post(PATH + "/" + id + "/rotate-secret", "{\"overlap\": \"2h\"}"));
        JsonObject at_once = json(gateway.post(PATH + "/" + id + "/rotate-secret", "{\"overlap\": 0}"));

        assertThat(rotated.getString("secret")).isNotEqualTo(before);
        assertThat(rotated.getString("previous_secret")).isEqualTo(before);
        assertThat(rotated.getString("previous_until")).isNotNull();
        assertThat(at_once.getString("secret")).isNotEqualTo(rotated.getString("secret"));
        assertThat(at_once.getString("previous_secret")).isNull();
        assertThat(json(gateway.post(PATH + "/" + id + "/rotate-secret", "{\"overlap\": \"8d\"}"))
                        .getString("code"))
                .isEqualTo("invalid_duration");
    }

    @Test
    void rotate_once_under_one_key_for_a_day_by_default() {
        String id = make();

        JsonObject rotated = json(gateway.post(PATH + "/" + id + "/rotate-secret", "", "Idempotency-Key", "turn"));
        JsonObject again = json(gateway.post(PATH + "/" + id + "/rotate-secret", "", "Idempotency-Key", "turn"));

        assertThat(again).isEqualTo(rotated);
        assertThat(gateway.sql()
                        .text(
                                "SELECT previous_until BETWEEN now() + interval '23 hours' AND now() + interval '24 hours'"
                                        + " FROM webhook_endpoint"))
                .isEqualTo("t");
    }

    @Test
    void are_enabled_again() {
        String id = make();
        gateway.sql()
                .execute(
                        "UPDATE webhook_endpoint SET disabled_at = now(), disabled_reason = 'failing', failing_since = now()");
        assertThat(shown(id).getString("status")).isEqualTo("disabled");

        JsonObject enabled = json(gateway.post(PATH + "/" + id + "/enable", ""));

        assertThat(enabled.getString("status")).isEqualTo("enabled");
        assertThat(enabled.getString("disabled_reason")).isNull();
        assertThat(enabled.getString("failing_since")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/secret", "/deliveries"})
    void are_not_there_for_others(String what) {
        String id = make();
        String stranger = TestAccounts.add(gateway, "stranger", "messages:read", "admin");
        String reader = TestAccounts.add(gateway, "reader", "messages:read");

        assertThat(gateway.get(PATH + "/" + id + what, "Authorization", "Bearer " + stranger)
                        .statusCode())
                .isEqualTo(404);
        assertThat(gateway.get(PATH + "/" + id + what, "Authorization", "Bearer " + reader)
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.get(PATH + "/no-id" + what).statusCode()).isEqualTo(404);
    }

    @Test
    void are_gone_when_they_are_deleted_and_get_nothing_more() {
        String id = make();

        assertThat(delete(id)).isEqualTo(204);

        String _ = TestMessages.queued(gateway);
        assertThat(gateway.sql().count("SELECT count(*) FROM webhook_delivery")).isZero();
        assertThat(delete(id)).isEqualTo(404);
        assertThat(gateway.get(PATH + "/" + id).statusCode()).isEqualTo(404);
        assertThat(ids(json(gateway.get(PATH)))).isEmpty();
    }

    private static String make() {
        return json(gateway.post(PATH, new JsonObject().put("url", URL))).getString("id");
    }

    private static JsonObject shown(String id) {
        return json(gateway.get(PATH + "/" + id));
    }

    private static JsonObject secrets(String id) {
        return json(gateway.get(PATH + "/" + id + "/secret"));
    }

    private static int delete(String id) {
        return gateway.send(gateway.request(PATH + "/" + id).DELETE()).statusCode();
    }

    private static HttpResponse<String> patch(String id, String body) {
        return gateway.send(gateway.request(PATH + "/" + id).method("PATCH", BodyPublishers.ofString(body)));
    }

    private static String listeningUntil() {
        return gateway.sql().text("SELECT until FROM event_listening WHERE account_id = 1");
    }

    private static List<String> ids(JsonObject page) {
        return page.getJsonArray("webhook_endpoints").stream()
                .map(one -> ((JsonObject) one).getString("id"))
                .toList();
    }

    private static JsonObject without(JsonObject json, String field) {
        JsonObject copy = json.copy();
        Object _ = copy.remove(field);
        return copy;
    }
}
