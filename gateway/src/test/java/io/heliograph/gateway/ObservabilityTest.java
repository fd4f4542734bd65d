package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator sees, and what nobody may see. */
class ObservabilityTest {
    private static final String NUMBER = "5005550042";
    private static final String TEXT = "meet-me-at-seven";

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @Test
    void writes_one_line_for_each_commit_with_its_counts_and_its_first_message() {
        try (CapturedLog log = new CapturedLog()) {
            HttpResponse<String> response = gateway.post(
                    "/v1/messages/batch",
                    new JsonObject()
                            .put(
                                    "messages",
                                    new JsonArray().add(hello()).add(hello()).add(hello().put("to", "x"))));

            String firstId =
                    json(response).getJsonArray("items").getJsonObject(0).getString("id");
            assertThat(log.lines("Accepted messages"))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("INFO ")
                            .contains(
                                    "messages=\"2\"",
                                    "replayed=\"0\"",
                                    "message_id=\"" + firstId + "\"",
                                    "commit_ms="));
        }
    }

    @Test
    void warns_while_there_are_no_routes_or_none_that_can_be_read_and_stays_ready() {
        assertThat(gateway.admin("/health/ready").statusCode()).isEqualTo(200);
        assertThat(routes()).startsWith("warning: no worker has published routes yet");

        gateway.sql().execute("""
            INSERT INTO routing_table (content) VALUES ('{"v": 1, "accounts": [{"name": "twilio", "kind": "twilio",
              "channels": ["sms"], "senders": [], "limits": {"concurrency": 64, "timeout_ms": 10000, "batch": 1},
              "prices": {"currency": "", "by_prefix": {}}}], "routes": [], "limits": {"per_second": {}}}')""");
        await().until(() -> routes().equals("up"));

        gateway.sql().execute("UPDATE routing_table SET content = '{\"v\": 2}'");
        await().until(() -> routes().startsWith("warning: they cannot be read"));
        assertThat(gateway.admin("/health/ready").statusCode()).isEqualTo(200);

        gateway.sql().execute("DELETE FROM routing_table");
        await().until(() -> routes().startsWith("warning: no worker"));
    }

    private static String routes() {
        return json(gateway.admin("/health/ready")).getJsonObject("checks").getString("routes");
    }

    @Test
    void writes_one_line_for_each_group_of_receipts() {
        String id = TestMessages.sending(gateway);
        try (CapturedLog log = new CapturedLog()) {
            TwilioPost.of("SM1", "delivered").about(id, 1).to(gateway);

            assertThat(log.lines("Applied receipts"))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("INFO ")
                            .contains("receipts=\"1\"", "moved=\"1\"", "message_id=\"" + id + "\"", "commit_ms="));
        }
    }

    @Test
    void tells_nobody_whom_a_message_is_for_and_what_it_says() {
        try (CapturedLog log = new CapturedLog()) {
            everythingThatCanBeDoneWithAMessage();

            assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(NUMBER) || line.contains(TEXT));
            assertThat(log.lines()).noneMatch(line -> line.contains(RunningGateway.API_KEY));
        }
        assertThat(gateway.metrics()).doesNotContain(NUMBER, TEXT, RunningGateway.API_KEY);
    }

    @Test
    void does_not_quote_a_row_that_the_database_refused() {
        gateway.sql().execute("ALTER TABLE message ADD CONSTRAINT no_meetings CHECK (body NOT LIKE 'meet-me%')");
        try (CapturedLog log = new CapturedLog()) {
            HttpResponse<String> response = gateway.post("/v1/messages", hello());

            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(json(response).getString("code")).isEqualTo("internal");
            assertThat(response.body()).doesNotContain(NUMBER, TEXT, "no_meetings");
            assertThat(log.lines("Request failed"))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("PgException 23514 (no_meetings)")
                            .doesNotContain(NUMBER, TEXT));
        } finally {
            gateway.sql().execute("ALTER TABLE message DROP CONSTRAINT no_meetings");
        }
    }

    @Test
    void lets_no_one_in_a_group_fail_for_a_row_that_the_database_refused() throws InterruptedException {
        gateway.sql().execute("ALTER TABLE message ADD CONSTRAINT no_meetings CHECK (body NOT LIKE 'meet-me%')");
        try {
            List<Integer> codes = AtOnce.call(
                    60,
                    i -> gateway.post("/v1/messages", i % 20 == 7 ? hello() : hello().put("text", "Hello " + i))
                            .statusCode());

            assertThat(codes.stream().filter(code -> code == 500)).hasSize(3);
            assertThat(codes.stream().filter(code -> code == 202)).hasSize(57);
            assertThat(gateway.sql().count("SELECT count(*) FROM message")).isEqualTo(57);
        } finally {
            gateway.sql().execute("ALTER TABLE message DROP CONSTRAINT no_meetings");
        }
    }

    @Test
    void counts_messages_and_measures_how_long_accepting_takes_and_how_much_goes_at_once() {
        double accepted = gateway.metric("heliograph_messages_total{result=\"accepted\"}");
        double answered = gateway.metric("heliograph_accept_seconds_count");
        double groups = gateway.metric("heliograph_accept_group_rows_count");
        double rows = gateway.metric("heliograph_accept_group_rows_sum");

        gateway.post(
                "/v1/messages/batch",
                new JsonObject().put("messages", new JsonArray().add(hello()).add(hello())));

        await().until(() -> gateway.metric("heliograph_accept_seconds_count") == answered + 1);
        assertThat(gateway.metric("heliograph_messages_total{result=\"accepted\"}"))
                .isEqualTo(accepted + 2);
        assertThat(gateway.metric("heliograph_accept_group_rows_count")).isEqualTo(groups + 1);
        assertThat(gateway.metric("heliograph_accept_group_rows_sum")).isEqualTo(rows + 2);
        assertThat(gateway.metrics())
                .contains("heliograph_accept_seconds_bucket{le=\"0.025\"}", "heliograph_accept_rows_waiting 0.0");
    }

    @Test
    void counts_replays_and_reused_keys_apart() {
        gateway.post("/v1/messages", hello(), "Idempotency-Key", "k");
        double replayed = gateway.metric("heliograph_messages_total{result=\"replayed\"}");
        double reused = gateway.metric("heliograph_messages_total{result=\"key_reused\"}");

        gateway.post("/v1/messages", hello(), "Idempotency-Key", "k");
        gateway.post("/v1/messages", hello().put("text", "other"), "Idempotency-Key", "k");

        assertThat(gateway.metric("heliograph_messages_total{result=\"replayed\"}"))
                .isEqualTo(replayed + 1);
        assertThat(gateway.metric("heliograph_messages_total{result=\"key_reused\"}"))
                .isEqualTo(reused + 1);
    }

    @Test
    void shows_every_code_of_a_refusal_from_the_start() {
        assertThat(gateway.metrics())
                .contains("heliograph_http_refusals_total{code=\"unavailable\"}")
                .contains("heliograph_http_refusals_total{code=\"internal\"}");
    }

    private static void everythingThatCanBeDoneWithAMessage() {
        String id = json(gateway.post("/v1/messages", hello(), "Idempotency-Key", "k"))
                .getString("id");
        gateway.post("/v1/messages", hello(), "Idempotency-Key", "k");
        gateway.post("/v1/messages", hello().put("lane", "bulk"), "Idempotency-Key", "k");
        gateway.post("/v1/messages", hello().put("to", "+1" + NUMBER + "99999999"));
        gateway.post("/v1/messages", hello().put("text", TEXT + "\0"));
        gateway.post("/v1/messages", hello().encode() + "}");
        gateway.post(
                "/v1/messages/batch",
                new JsonObject().put("messages", new JsonArray().add(hello()).add(TEXT)));
        gateway.get("/v1/messages/" + id);
        gateway.get("/v1/messages?to=" + NUMBER);
        gateway.get("/v1/messages?to=" + NUMBER + TEXT);
        gateway.get("/v1/messages?" + TEXT + "=1");
        TwilioPost.of("SM1", "sent")
                .with("Body", TEXT)
                .with("Recipient", NUMBER)
                .about(id, 1)
                .to(gateway);
        TwilioPost.of("SM1", "sent")
                .with("Body", TEXT)
                .signedWith("x")
                .about(id, 1)
                .to(gateway);
        gateway.post("/v1/messages/" + id + "/cancel", "");
        gateway.get("/v1/ledger");
    }

    private static JsonObject hello() {
        return new JsonObject().put("to", "+1" + NUMBER).put("text", TEXT);
    }
}
