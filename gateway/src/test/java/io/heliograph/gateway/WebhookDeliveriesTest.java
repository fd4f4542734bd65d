package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was sent to an endpoint, and sending it again. */
class WebhookDeliveriesTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    private String path;
    private String other;

    @BeforeEach
    void makeEndpoints() {
        path = "/v1/webhook-endpoints/" + make("{\"url\": \"https://app.example.com/hooks\"}");
        other = make("{\"url\": \"https://app.example.com/sent\", \"event_types\": [\"message.sent\"]}");
    }

    @Test
    void a_test_event_goes_to_its_endpoint_alone_and_once_under_one_key() {
        HttpResponse<String> response = gateway.post(path + "/test", "", "Idempotency-Key", "try");
        HttpResponse<String> again = gateway.post(path + "/test", "", "Idempotency-Key", "try");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(response.body());
        assertThat(gateway.sql().text("SELECT string_agg(endpoint_id || ' ' || event_id, ',') FROM webhook_delivery"))
                .isEqualTo(id() + " " + json(response).getString("event_id"));
        assertThat(gateway.sql().text("SELECT type || ' ' || (data ->> 'endpoint_id') FROM event"))
                .isEqualTo("webhook_endpoint.test " + id());
    }

    @Test
    void nothing_goes_to_one_that_is_disabled() {
        gateway.sql().execute("UPDATE webhook_endpoint SET disabled_at = now(), disabled_reason = 'failing'");

        assertThat(json(gateway.post(path + "/test", "")).getString("code")).isEqualTo("endpoint_disabled");
        assertThat(json(replay(new JsonObject().put("since", "2020-01-01T00:00:00Z")))
                        .getString("code"))
                .isEqualTo("endpoint_disabled");
        assertThat(gateway.sql().count("SELECT count(*) FROM webhook_delivery")).isZero();
    }

    @Test
    void tries_are_listed_with_their_events_newest_first() {
        String message = TestMessages.queued(gateway);
        tried(1, 500, "10 seconds");
        tried(2, 204, "5 seconds");

        JsonArray deliveries = json(gateway.get(path + "/deliveries")).getJsonArray("deliveries");

        assertThat(deliveries).hasSize(2);
        JsonObject last = deliveries.getJsonObject(0);
        assertThat(last.getInteger("try")).isEqualTo(2);
        assertThat(last.getBoolean("succeeded")).isTrue();
        assertThat(last.getInteger("status_code")).isEqualTo(204);
        assertThat(last.getJsonObject("event").getString("type")).isEqualTo("message.accepted");
        assertThat(last.getJsonObject("event").getString("message_id")).isEqualTo(message);
        assertThat(deliveries.getJsonObject(1).getBoolean("succeeded")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "outcome=succeeded, 1",
        "outcome=failed, 1",
        "type=message.accepted, 2",
        "type=message.sent, 0",
        "since=2999-01-01T00:00:00Z, 0",
        "until=2020-01-01T00:00:00Z, 0",
        "event_id=01890000-0000-7000-8000-000000000000, 0"
    })
    void tries_are_found_by_what_they_have_in_common(String query, int found) {
        String _ = TestMessages.queued(gateway);
        tried(1, 500, "10 seconds");
        tried(2, 204, "5 seconds");

        assertThat(json(gateway.get(path + "/deliveries?" + query)).getJsonArray("deliveries"))
                .hasSize(found);
    }

    @Test
    void tries_of_the_same_moment_come_each_once_a_page_at_a_time() {
        String _ = TestMessages.queued(gateway);
        gateway.sql()
                .execute("INSERT INTO webhook_try (delivery_id, n, account_id, event_id, endpoint_id, tried_at,"
                        + " duration_ms, status_code) SELECT uuid_v7_now(), n, account_id, id, '" + id()
                        + "', now(), 3, 500"
                        + " FROM event, generate_series(1, 7) n");

        List<Integer> found = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonObject page = json(gateway.get(path + "/deliveries?outcome=failed&limit=3" + cursor));
            page.getJsonArray("deliveries").forEach(one -> found.add(((JsonObject) one).getInteger("try")));
            cursor = page.getString("next_cursor") == null ? null : "&cursor=" + page.getString("next_cursor");
        }

        assertThat(found).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7);
        assertThat(json(gateway.get(path + "/deliveries?cursor=7&event_id=x&what=1"))
                        .getJsonArray("errors"))
                .hasSize(3);
    }

    @Test
    void what_happened_is_promised_again_but_not_what_is_on_its_way() {
        String message = TestMessages.in(gateway, "sent", 1);

        assertThat(promised(since())).as("on its way").isZero();
        gateway.sql().execute("DELETE FROM webhook_delivery");
        assertThat(promised(since().put("dry_run", true))).isEqualTo(2);
        assertThat(gateway.sql().count("SELECT count(*) FROM webhook_delivery")).isZero();
        assertThat(promised(since().put("types", new JsonArray().add("message.sent"))))
                .isOne();
        assertThat(promised(new JsonObject().put("message_ids", new JsonArray().add(message))))
                .isOne();
        assertThat(gateway.sql().count("SELECT count(*) FROM webhook_delivery WHERE endpoint_id = '" + id() + "'"))
                .isEqualTo(2);
    }

    @Test
    void only_what_has_not_arrived_is_promised_again_when_that_is_asked_for() {
        String _ = TestMessages.in(gateway, "sent", 1);
        gateway.sql().execute("DELETE FROM webhook_delivery");
        gateway.sql()
                .execute("INSERT INTO webhook_try (delivery_id, n, account_id, event_id, endpoint_id, tried_at,"
                        + " duration_ms, status_code) SELECT uuid_v7_now(), 1, account_id, id, '" + id()
                        + "', now(), 3,"
                        + " CASE type WHEN 'message.sent' THEN 200 ELSE 500 END FROM event");

        assertThat(promised(since().put("only_failed", true))).isOne();
        assertThat(gateway.sql().text("SELECT type FROM webhook_delivery d JOIN event e ON e.id = d.event_id"))
                .isEqualTo("message.accepted");
    }

    @Test
    void a_filter_of_the_endpoint_holds_for_what_is_promised_again_too() {
        String _ = TestMessages.in(gateway, "sent", 1);
        gateway.sql().execute("DELETE FROM webhook_delivery");
        path = "/v1/webhook-endpoints/" + other;

        assertThat(promised(since())).isOne();
    }

    @Test
    void as_many_as_the_limit_says_are_promised_and_the_answer_says_where_to_go_on() {
        for (int i = 0; i < 5; i++) {
            String _ = TestMessages.queued(gateway);
        }
        gateway.sql().execute("DELETE FROM webhook_delivery");

        JsonObject first = json(replay(since().put("limit", 3)));
        JsonObject second = json(replay(since().put("limit", 3).put("cursor", first.getString("next_cursor"))));

        assertThat(first.getInteger("promised")).isEqualTo(3);
        assertThat(second.getInteger("promised")).isEqualTo(2);
        assertThat(second.getString("next_cursor")).isNull();
    }

    @Test
    void nothing_is_promised_to_whoever_does_not_say_what() {
        assertThat(json(replay(new JsonObject())).getString("code")).isEqualTo("missing");
        assertThat(json(replay(new JsonObject()
                                .put("since", "today")
                                .put("message_ids", new JsonArray().add("x"))
                                .put("types", new JsonArray().add("message.lost"))
                                .put("limit", 0)))
                        .getJsonArray("errors"))
                .hasSize(4);
    }

    private static JsonObject since() {
        return new JsonObject().put("since", "2020-01-01T00:00:00Z");
    }

    private int promised(JsonObject request) {
        return json(replay(request)).getInteger("promised");
    }

    private HttpResponse<String> replay(JsonObject request) {
        return gateway.post(path + "/replay", request);
    }

    private String id() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void tried(int n, int statusCode, String ago) {
        gateway.sql()
                .execute("INSERT INTO webhook_try (delivery_id, n, account_id, event_id, endpoint_id, tried_at,"
                        + " duration_ms, status_code) SELECT id, " + n
                        + ", account_id, event_id, endpoint_id, now() - interval '"
                        + ago + "', 12, " + statusCode + " FROM webhook_delivery");
    }

    private static String make(String body) {
        return json(gateway.post("/v1/webhook-endpoints", body)).getString("id");
    }
}
