package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users agree to is recorded, takes effect, and can be proved. */
class ConsentsTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final String PATH = "/v1/users/ann/consents";

    @BeforeEach
    void ann() {
        GATEWAY.sql().execute("DELETE FROM inbound_message");
        TestUsers.ann(GATEWAY);
    }

    @Test
    void a_grant_opens_a_channel_and_a_withdrawal_closes_it() {
        assertThat(TestUsers.ordered(GATEWAY, "sms")).isEqualTo("not_consented");

        record("sms", "transactional", "grant");
        assertThat(TestUsers.ordered(GATEWAY, "sms")).isEqualTo("accepted");

        record("sms", "transactional", "withdraw");
        assertThat(TestUsers.ordered(GATEWAY, "sms")).isEqualTo("not_consented");
        // What is critical, too.
        assertThat(TestUsers.told(GATEWAY, "payment_failed", "sms")).isEqualTo("not_consented");
        assertThat(TestUsers.ordered(GATEWAY, "email")).isEqualTo("accepted");
    }

    @Test
    void a_withdrawal_counts_for_its_purpose_and_whatever_is_switched_on() {
        record("email", "promotional", "withdraw");
        assertThat(TestUsers.ordered(GATEWAY, "email")).isEqualTo("accepted");

        TestUsers.send(
                GATEWAY,
                "PATCH",
                "/v1/users/ann/preferences",
                new JsonObject()
                        .put("preferences", new JsonObject().put("orders", new JsonObject().put("email", true))));
        record("email", "transactional", "withdraw");

        assertThat(TestUsers.ordered(GATEWAY, "email")).isEqualTo("not_consented");
    }

    @Test
    void keeps_with_each_record_what_proves_it() {
        HttpResponse<String> answer = GATEWAY.post(
                PATH,
                consent("sms", "promotional", "grant")
                        .put("ip", "2001:db8::1")
                        .put("user_agent", "Mozilla/5.0")
                        .put("text_version", "terms-7")
                        .put("occurred_at", "2026-01-02T03:04:05.000006+05:30"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonObject record =
                TestUsers.get(GATEWAY, PATH).getJsonArray("consents").getJsonObject(0);
        assertThat(record).isEqualTo(json(answer));
        assertThat(record.getString("occurred_at")).isEqualTo("2026-01-01T21:34:05.000006Z");
        assertThat(List.of(record.getString("ip"), record.getString("user_agent"), record.getString("text_version")))
                .containsExactly("2001:db8:0:0:0:0:0:1", "Mozilla/5.0", "terms-7");
    }

    @Test
    void what_is_told_late_takes_back_nothing_that_came_after_it() {
        record("sms", "transactional", "withdraw");

        HttpResponse<String> late =
                GATEWAY.post(PATH, consent("sms", "transactional", "grant").put("occurred_at", "2020-01-01T00:00:00Z"));

        assertThat(late.statusCode()).isEqualTo(201);
        assertThat(current()).containsExactly("sms transactional false account");
    }

    @Test
    void says_everything_that_is_wrong_at_once() {
        HttpResponse<String> answer = GATEWAY.post(
                PATH,
                new JsonObject()
                        .put("channel", "pigeon")
                        .put("purpose", "fun")
                        .put("change", "maybe")
                        .put("ip", "localhost")
                        .put("occurred_at", "2999-01-01T00:00:00Z")
                        .put("colour", "red"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestUsers.pointers(answer))
                .containsExactlyInAnyOrder(
                        "/channel", "/purpose", "/change", "/source", "/ip", "/occurred_at", "/colour");
        assertThat(GATEWAY.post("/v1/users/bob/consents", consent("sms", "clinical", "grant"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void lists_the_history_in_pages() {
        for (String change : List.of("grant", "withdraw", "grant")) {
            record("sms", "transactional", change);
        }

        JsonObject first = TestUsers.get(GATEWAY, PATH + "?limit=2");
        JsonObject second = TestUsers.get(GATEWAY, PATH + "?limit=2&cursor=" + first.getString("next_cursor"));

        assertThat(numbers(first.getJsonArray("consents"))).containsExactly(3, 2);
        assertThat(numbers(second.getJsonArray("consents"))).containsExactly(1);
        assertThat(second.getString("next_cursor")).isNull();
    }

    @Test
    void stop_withdraws_what_was_granted_and_start_takes_that_back() {
        record("sms", "promotional", "grant");
        record("sms", "clinical", "withdraw");

        InboundPost.twilio(GATEWAY, "SM1", "STOP");
        assertThat(current()).containsExactly("sms clinical false account", "sms promotional false keyword");

        InboundPost.twilio(GATEWAY, "SM2", "START");
        assertThat(current()).containsExactly("sms clinical false account", "sms promotional true keyword");
        assertThat(GATEWAY.sql()
                        .text("SELECT string_agg(change || ' ' || source, ', ' ORDER BY n) FROM consent WHERE n > 2"))
                .isEqualTo("withdraw STOP, grant START");
    }

    @Test
    void stop_withdraws_what_needs_no_grant_where_nothing_was_granted() {
        InboundPost.twilio(GATEWAY, "SM1", "STOP");
        assertThat(current()).containsExactly("sms transactional false keyword");

        InboundPost.twilio(GATEWAY, "SM2", "START");
        assertThat(current()).containsExactly("sms transactional true keyword");
    }

    @Test
    void what_is_sent_anew_is_stopped_by_the_same_withdrawal() {
        String failed = TestUsers.event(GATEWAY, "order_created")
                .getJsonObject("channels")
                .getJsonObject("email")
                .getString("message_id");
        GATEWAY.sql()
                .execute(
                        "UPDATE message SET status = 'failed', reason = 'refused_by_provider', settled_at = now() WHERE id = '"
                                + failed + "'; DELETE FROM outbox");

        HttpResponse<String> replay = GATEWAY.post(
                "/v1/dead-letters/replay",
                new JsonObject().put("filter", new JsonObject().put("since", "2020-01-01T00:00:00Z")));

        assertThat(replay.statusCode()).as(replay.body()).isLessThan(300);
        assertThat(GATEWAY.sql()
                        .text("SELECT user_id || ' ' || purpose FROM message WHERE replay_of = '" + failed + "'"))
                .isEqualTo("ann transactional");
    }

    @Test
    void nobody_can_change_or_take_out_a_record() {
        record("sms", "transactional", "grant");

        for (String tampering : List.of(
                "UPDATE consent SET change = 'withdraw'",
                "DELETE FROM consent",
                "TRUNCATE consent",
                "UPDATE consent SET n = 7")) {
            assertThatThrownBy(() -> GATEWAY.sql().execute(tampering))
                    .as(tampering)
                    .hasMessageContaining("never changed");
        }
        assertThat(GATEWAY.sql().text("SELECT change FROM consent")).isEqualTo("grant");
    }

    @Test
    void proves_the_records_to_whoever_walks_along_their_hashes() throws Exception {
        for (String change : List.of("grant", "withdraw", "grant", "withdraw", "grant")) {
            record("sms", "transactional", change);
        }
        JsonObject first = TestUsers.get(GATEWAY, PATH + "/proof?limit=3");
        JsonObject second = TestUsers.get(GATEWAY, PATH + "/proof?limit=3&cursor=" + first.getString("next_cursor"));

        JsonArray records = first.getJsonArray("records").copy().addAll(second.getJsonArray("records"));
        assertThat(numbers(records)).containsExactly(1, 2, 3, 4, 5);
        assertThat(first.getBoolean("intact") && second.getBoolean("intact")).isTrue();
        assertThat(second.getString("next_cursor")).isNull();
        String hash = "00".repeat(32);
        for (Object one : records) {
            JsonObject link = (JsonObject) one;
            assertThat(link.getString("previous_hash")).isEqualTo(hash);
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(HexFormat.of().parseHex(hash));
            hash = HexFormat.of()
                    .formatHex(sha256.digest(link.getString("record").getBytes(StandardCharsets.UTF_8)));
            assertThat(link.getString("hash")).isEqualTo(hash);
        }
        assertThat(first.getString("head")).isEqualTo(hash);
    }

    @Test
    void shows_where_somebody_has_tampered_with_the_table_itself() {
        for (String change : List.of("grant", "withdraw", "grant", "grant")) {
            record("sms", "transactional", change);
        }

        tamper("UPDATE consent SET change = 'grant' WHERE n = 2");
        assertThat(proof().getBoolean("intact")).isFalse();
        assertThat(proof().getInteger("broken_at")).isEqualTo(2);

        // With a hash that fits, the next one does not.
        tamper("UPDATE consent c SET hash = sha256(previous_hash || convert_to(consent_text(c), 'UTF8')) WHERE n = 2");
        assertThat(proof().getInteger("broken_at")).isEqualTo(3);

        tamper("DELETE FROM consent WHERE n < 3");
        assertThat(proof().getInteger("broken_at")).isEqualTo(3);
    }

    @Test
    void many_records_at_once_are_one_chain() throws Exception {
        List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String change = i % 2 == 0 ? "grant" : "withdraw";
            calls.add(() -> GATEWAY.post(PATH, consent("sms", "transactional", change)));
        }

        try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
            for (Future<HttpResponse<String>> call : executor.invokeAll(calls)) {
                assertThat(call.get().statusCode()).as(call.get().body()).isEqualTo(201);
            }
        }

        assertThat(proof().getBoolean("intact")).isTrue();
        assertThat(proof().getJsonArray("records").size()).isEqualTo(20);
    }

    private static void tamper(String sql) {
        GATEWAY.sql()
                .execute("ALTER TABLE consent DISABLE TRIGGER USER; " + sql
                        + "; ALTER TABLE consent ENABLE TRIGGER USER");
    }

    private static JsonObject proof() {
        return TestUsers.get(GATEWAY, PATH + "/proof");
    }

    private static void record(String channel, String purpose, String change) {
        HttpResponse<String> answer = GATEWAY.post(PATH, consent(channel, purpose, change));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static JsonObject consent(String channel, String purpose, String change) {
        return new JsonObject()
                .put("channel", channel)
                .put("purpose", purpose)
                .put("change", change)
                .put("source", "sign-up form");
    }

    private static List<String> current() {
        return TestUsers.get(GATEWAY, PATH + "/current").getJsonArray("consents").stream()
                .map(JsonObject.class::cast)
                .map(one -> one.getString("channel") + " " + one.getString("purpose") + " " + one.getBoolean("granted")
                        + " " + one.getString("by"))
                .toList();
    }

    private static List<Integer> numbers(JsonArray records) {
        return records.stream().map(one -> ((JsonObject) one).getInteger("n")).toList();
    }

    /** Java has years that no database has; and beyond those, an offset leads out of Java's own. */
    @ParameterizedTest
    @ValueSource(
            strings = {"-999999999-01-01T00:00:00+18:00", "+999999999-12-31T23:59:59-18:00", "+10000-01-01T00:00:00Z"})
    void refuses_a_time_that_nobody_can_have_agreed_at(String time) {
        HttpResponse<String> answer =
                GATEWAY.post(PATH, consent("sms", "transactional", "grant").put("occurred_at", time));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("/occurred_at");
    }
}
