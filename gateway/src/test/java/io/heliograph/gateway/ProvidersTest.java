package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProvidersTest {
    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new RunningGateway(TestDatabase.fresh());
        gateway.sql().execute("""
            INSERT INTO provider_state (provider, state, retry_at, slow_until) VALUES
              ('none', 'up', NULL, NULL), ('twilio', 'up', NULL, now() - interval '1 minute'),
              ('plivo', 'down', now() + interval '1 minute', now() + interval '1 minute')""");
        gateway.sql().execute("""
            INSERT INTO send_rate (scope, per_second, share, share_at, found_per_second, found_at) VALUES
              ('provider:twilio', 100, 1, now(), 50, now()), ('provider:plivo', NULL, 1, now(), 40, now())""");
        gateway.sql().execute("""
            INSERT INTO provider_report (provider, worker, reported_at, accepted, refused, failed, latency_ms, in_flight)
            VALUES ('twilio', gen_random_uuid(), now(), 40, 5, 5, 20, 3),
                   ('twilio', gen_random_uuid(), now(), 50, 0, 0, 40, 4),
                   ('twilio', gen_random_uuid(), now() - interval '1 hour', 50, 0, 0, 40, 4)""");
        gateway.sql().execute("""
            INSERT INTO backlog (topic, lane, promises, counted_at)
            VALUES ('twilio', 'critical', 10, now()), ('twilio', 'bulk', 990, now()), ('plivo', 'bulk', 1, now())""");
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @Test
    void adds_up_what_the_workers_have_seen_lately() {
        JsonObject twilio = provider("twilio");

        assertThat(twilio.getString("state")).isEqualTo("up");
        assertThat(twilio.getInteger("workers")).isEqualTo(2);
        assertThat(twilio.getDouble("sent_per_second")).isEqualTo(90);
        assertThat(twilio.getDouble("error_rate")).isEqualTo(0.05);
        assertThat(twilio.getDouble("latency_ms")).isEqualTo(30);
        assertThat(twilio.getInteger("in_flight")).isEqualTo(7);
        assertThat(twilio.getJsonObject("queue"))
                .isEqualTo(new JsonObject().put("critical", 10).put("bulk", 990));
        assertThat(twilio.getDouble("estimated_drain_seconds")).isEqualTo(10);
    }

    @Test
    void says_since_when_a_provider_is_down_and_when_it_is_tried_again() {
        JsonObject plivo = provider("plivo");

        assertThat(plivo.getString("state")).isEqualTo("down");
        assertThat(plivo.getString("retry_at")).isNotNull();
        assertThat(plivo.getBoolean("configured")).isFalse();
        assertThat(plivo.getInteger("workers")).isZero();
        assertThat(plivo.getDouble("estimated_drain_seconds")).isNull();
    }

    @Test
    void shows_those_of_its_senders_that_nothing_is_sent_from() {
        gateway.sql().execute("""
            INSERT INTO routing_table (content) VALUES ('{"v": 1, "accounts": [{"name": "twilio", "kind": "twilio",
              "channels": ["sms"], "limits": {"concurrency": 64, "timeout_ms": 10000, "batch": 1},
              "senders": [{"address": "+15005550006", "channels": ["sms"], "prefixes": []},
                          {"address": "+15005550077", "channels": ["sms"], "prefixes": []}],
              "prices": {"currency": "", "by_prefix": {}}}], "routes": [], "limits": {"per_second": {}}}')""");
        gateway.sql().execute("""
            INSERT INTO sender_state (provider, sender, state, changed_at, times_down, retry_at) VALUES
              ('twilio', '+15005550006', 'up', now(), 1, now()),
              ('twilio', '+15005550077', 'down', '2026-11-30T10:00:00Z', 1, '2026-11-30T10:00:10Z'),
              ('twilio', '+15005550099', 'down', now(), 1, now())""");

        assertThat(provider("twilio").getJsonArray("senders"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("sender", "+15005550077")
                                .put("state", "down")
                                .put("since", "2026-11-30T10:00:00Z")
                                .put("retry_at", "2026-11-30T10:00:10Z")));
        assertThat(provider("plivo").getJsonArray("senders")).isEmpty();
        gateway.sql().execute("DELETE FROM routing_table");
    }

    @Test
    void shows_what_a_provider_without_a_limit_was_found_to_take() {
        assertThat(provider("plivo").getDouble("found_calls_per_second")).isBetween(40.0, 80.0);
        assertThat(provider("plivo").getDouble("limit_per_second")).isNull();
        assertThat(provider("twilio").getDouble("found_calls_per_second")).isNull();
    }

    @Test
    void says_until_when_others_are_preferred_to_a_provider_that_is_slow() {
        assertThat(provider("plivo").getString("slow_until")).isNotNull();
        assertThat(provider("twilio").getString("slow_until")).isNull();
    }

    @Test
    void shows_no_provider_where_messages_wait_that_nobody_carries() {
        assertThat(json(gateway.get("/v1/providers")).getJsonArray("providers")).hasSize(2);
    }

    @Test
    void tells_an_account_when_its_message_will_leave_and_refuses_what_would_be_too_late() {
        gateway.sql().execute("""
            INSERT INTO routing_table (content) VALUES ('{"v": 1, "accounts": [{"name": "twilio", "kind": "twilio",
              "channels": ["sms"], "senders": [], "limits": {"concurrency": 64, "timeout_ms": 10000, "batch": 1},
              "prices": {"currency": "", "by_prefix": {}}}], "routes": [{"channel": "sms", "prefix": "", "lanes": [],
              "policy": "ordered", "providers": [{"name": "twilio", "weight": 1}]}], "limits": {"per_second": {}}}')""");
        JsonObject bulk =
                new JsonObject().put("to", "+15005550010").put("text", "Hello").put("lane", "bulk");

        // Until the gateway has read the new routes.
        await().until(() ->
                gateway.post("/v1/messages", bulk.copy().put("valid_for", "5s")).statusCode() == 422);
        HttpResponse<String> inTime =
                gateway.post("/v1/messages", bulk.copy().put("valid_for", "1h"), "Idempotency-Key", "k");
        HttpResponse<String> again =
                gateway.post("/v1/messages", bulk.copy().put("valid_for", "1h"), "Idempotency-Key", "k");

        assertThat(inTime.statusCode()).isEqualTo(202);
        assertThat(OffsetDateTime.parse(json(inTime).getString("estimated_send_at")))
                .isAfter(OffsetDateTime.parse(json(inTime).getString("created_at"))
                        .plusSeconds(8));
        assertThat(again.body()).isEqualTo(inTime.body());
        assertThat(gateway.sql()
                        .text("SELECT topic FROM outbox WHERE message_id = '"
                                + json(inTime).getString("id") + "'"))
                .isEqualTo("twilio");
    }

    private static JsonObject provider(String name) {
        return json(gateway.get("/v1/providers")).getJsonArray("providers").stream()
                .map(JsonObject.class::cast)
                .filter(provider -> provider.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }
}
