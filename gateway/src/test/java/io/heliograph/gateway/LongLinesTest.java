package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where messages go when the first provider of their route has a line of a hundred seconds, and the second none. */
class LongLinesTest {
    private static final String LONG = "long_line";
    private static final String SHORT = "short_line";

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new RunningGateway(TestDatabase.fresh());
        gateway.sql().execute("INSERT INTO provider_state (provider) VALUES ('long_line'), ('short_line')");
        gateway.sql().execute("INSERT INTO send_rate (scope, per_second) VALUES ('provider:long_line', 10)");
        gateway.sql().execute("""
            INSERT INTO backlog (topic, lane, promises, counted_at) VALUES ('long_line', 'normal', 1000, now())""");
        gateway.sql().execute("""
            INSERT INTO routing_table (content) SELECT jsonb_build_object(
              'v', 1, 'limits', '{"per_second": {}}'::jsonb,
              'accounts', (SELECT jsonb_agg('{"kind": "log", "channels": ["sms"], "senders": [],
                "limits": {"concurrency": 64, "timeout_ms": 10000, "batch": 1}, "prices": {"currency": "", "by_prefix": {}}}'::jsonb
                || jsonb_build_object('name', name)) FROM unnest('{long_line,short_line}'::text[]) AS name),
              'routes', '[{"channel": "sms", "prefix": "", "lanes": [], "policy": "ordered", "providers": [
                {"name": "long_line", "weight": 1}, {"name": "short_line", "weight": 1}]}]'::jsonb)""");
        // Until the gateway has read it.
        await().until(() -> topic(post(new JsonObject())).equals(LONG));
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @Test
    void a_message_goes_to_the_next_provider_when_the_line_of_the_first_would_outlive_it() {
        HttpResponse<String> patient = post(new JsonObject().put("valid_for", "110s"));
        HttpResponse<String> urgent = post(new JsonObject().put("valid_for", "90s"));

        assertThat(topic(patient)).isEqualTo(LONG);
        assertThat(secondsUntilSent(patient)).isGreaterThan(95);
        assertThat(topic(urgent)).isEqualTo(SHORT);
        assertThat(secondsUntilSent(urgent)).isLessThan(10);
    }

    @Test
    void what_leaves_later_is_not_measured_by_the_lines_of_now() {
        HttpResponse<String> later = post(new JsonObject()
                .put("valid_for", "90s")
                .put("send_at", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1).toString()));

        assertThat(later.statusCode()).isEqualTo(202);
        assertThat(topic(later)).isEqualTo(LONG);
    }

    private static HttpResponse<String> post(JsonObject wishes) {
        return gateway.post(
                "/v1/messages",
                new JsonObject().put("to", "+15005550010").put("text", "Hello").mergeIn(wishes));
    }

    private static long secondsUntilSent(HttpResponse<String> accepted) {
        return Duration.between(
                        OffsetDateTime.parse(json(accepted).getString("created_at")),
                        OffsetDateTime.parse(json(accepted).getString("estimated_send_at")))
                .toSeconds();
    }

    private static String topic(HttpResponse<String> accepted) {
        return gateway.sql()
                .text("SELECT topic FROM outbox WHERE message_id = '"
                        + json(accepted).getString("id") + "'");
    }
}
