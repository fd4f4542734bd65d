package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static io.heliograph.gateway.TestCodes.NUMBER;
import static io.heliograph.gateway.TestCodes.accepted;
import static io.heliograph.gateway.TestCodes.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sending codes: what is stored, what is told, and when another one may be sent. */
class VerificationsTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private final TestCodes codes = new TestCodes(GATEWAY);

    @Test
    void promises_a_code_in_the_critical_lane_for_as_long_as_it_is_good() {
        HttpResponse<String> answer = GATEWAY.post("/v1/verifications", wanted("(415) 555-0143"));

        JsonObject verification = accepted(answer);
        assertThat(verification.getString("status")).isEqualTo("pending");
        assertThat(verification.getString("to")).isEqualTo(NUMBER);
        assertThat(verification.getBoolean("sent")).isTrue();
        assertThat(answer.headers().firstValue("Location"))
                .contains("/v1/verifications/" + verification.getString("id"));
        assertThat(seconds(verification, "expires_at")).isEqualTo(600);
        assertThat(seconds(verification, "resend_after")).isEqualTo(30);
        JsonObject message = message(verification, 0);
        assertThat(message.getString("lane")).isEqualTo("critical");
        assertThat(message.getString("expires_at")).isEqualTo(verification.getString("expires_at"));
        assertThat(GATEWAY.sql().state(message.getString("id"))).isEqualTo("queued promised");
    }

    @Test
    void shows_the_code_to_nobody() {
        try (CapturedLog log = new CapturedLog()) {
            JsonObject verification = accepted(GATEWAY.post(
                    "/v1/verifications",
                    wanted(NUMBER).put("length", 10).put("fallback", new JsonArray().add("whatsapp"))));
            String id = verification.getString("id");
            String code = codes.code(id);
            codes.check(id, codes.wrongCode(id));
            codes.check(id, code);

            assertThat(code).matches("[0-9]{10}");
            JsonObject message = message(verification, 0);
            assertThat(message.getString("text"))
                    .isEqualTo("********** is your Acme code. It is valid for 10 min. Do not share it with anyone.");
            assertThat(List.of(
                            verification.encode(),
                            message.encode(),
                            GATEWAY.get("/v1/verifications/" + id).body(),
                            GATEWAY.get("/v1/messages?to=%2B14155550143").body(),
                            GATEWAY.metrics()))
                    .noneMatch(text -> text.contains(code));
            assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(code) || line.contains("4155550143"));
            assertThat(GATEWAY.sql().text("SELECT v::text FROM verification v")).doesNotContain(code);
            assertThat(GATEWAY.sql().count("SELECT length(code_hash) FROM verification"))
                    .isEqualTo(32);
        }
    }

    @Test
    void forgets_the_code_when_its_message_has_ended_and_keeps_it_for_what_may_follow() {
        accepted(GATEWAY.post("/v1/verifications", wanted(NUMBER)));
        accepted(GATEWAY.post(
                "/v1/verifications", wanted("+14155550144").put("fallback", new JsonArray().add("whatsapp"))));
        String code = GATEWAY.sql().text("SELECT secret FROM message WHERE recipient = '+14155550144'");

        GATEWAY.sql().execute("UPDATE message SET status = 'sent', settled_at = now(), sent_at = now(), attempt = 1");
        assertThat(GATEWAY.sql().text("SELECT secret FROM message WHERE recipient = '" + NUMBER + "'"))
                .isEqualTo("null");
        GATEWAY.sql()
                .execute(
                        "UPDATE message SET status = 'undelivered', reason = 'unreachable' WHERE recipient = '+14155550144'");

        assertThat(GATEWAY.sql()
                        .text(
                                "SELECT channel || ' ' || secret || ' ' || with_secret(body, secret) || (expires_at <= now() + interval '10 min')"
                                        + " FROM message WHERE fallback_of IS NOT NULL"))
                .startsWith("whatsapp " + code + " " + code + " is your Acme code.")
                .endsWith("true");
    }

    @Test
    void writes_in_the_language_and_the_words_that_are_asked_for() {
        JsonObject hindi = wanted("+919876543210").put("locale", "hi_IN").put("web_otp_domain", "login.example.com");
        JsonObject email = new JsonObject()
                .put("to", "Ann@Example.com")
                .put("channel", "email")
                .put("length", 4)
                .put("expires_in", "90s");

        assertThat(message(accepted(GATEWAY.post("/v1/verifications", hindi)), 0)
                        .getString("text"))
                .startsWith("****** आपका Acme कोड है।")
                .endsWith("\n\n@login.example.com #******");
        JsonObject letter = message(accepted(GATEWAY.post("/v1/verifications", email)), 0);
        assertThat(letter.getString("subject")).isEqualTo("Your code");
        assertThat(letter.getString("text")).startsWith("**** is your code. It is valid for 2 minutes.");
    }

    @Test
    void is_done_once_under_its_key() {
        HttpResponse<String> first = GATEWAY.post("/v1/verifications", wanted(NUMBER), "Idempotency-Key", "k1");
        HttpResponse<String> again = GATEWAY.post("/v1/verifications", wanted(NUMBER), "Idempotency-Key", "k1");
        HttpResponse<String> other = GATEWAY.post("/v1/verifications", wanted("+14155550199"), "Idempotency-Key", "k1");

        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(json(again).getString("id")).isEqualTo(json(first).getString("id"));
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isOne();
        assertThat(GATEWAY.sql().count("SELECT sum(used) FROM verification_count WHERE kind = 'number'"))
                .isOne();
    }

    @Test
    void cancels_with_what_has_not_left_yet() {
        JsonObject begun = accepted(GATEWAY.post("/v1/verifications", wanted(NUMBER)));
        String id = begun.getString("id");
        String code = codes.code(id);

        HttpResponse<String> canceled = GATEWAY.post("/v1/verifications/" + id + "/cancel", "");

        assertThat(TestCodes.status(canceled)).isEqualTo("canceled");
        assertThat(codes.check(id, code)).isEqualTo("canceled");
        assertThat(GATEWAY.sql().state(begun.getJsonArray("message_ids").getString(0)))
                .isEqualTo("canceled settled");
        assertThat(GATEWAY.sql().text("SELECT secret FROM message")).isEqualTo("null");
        assertThat(GATEWAY.post("/v1/verifications/" + id + "/cancel", "").statusCode())
                .isEqualTo(200);
        String approved = codes.begin();
        codes.check(approved, codes.code(approved));
        assertThat(GATEWAY.post("/v1/verifications/" + approved + "/cancel", "").statusCode())
                .isEqualTo(409);
    }

    @Test
    void sends_nothing_to_those_who_have_opted_out() {
        GATEWAY.sql()
                .execute("INSERT INTO suppression (account_id, channel, person, sender, changed_by)"
                        + " SELECT id, 'sms', '" + NUMBER + "', '', 'account' FROM account");

        HttpResponse<String> answer = GATEWAY.post("/v1/verifications", wanted(NUMBER), "Idempotency-Key", "stopped");

        assertThat(json(answer).getString("code")).isEqualTo("recipient_opted_out");
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isZero();
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM idempotency")).isZero();
    }

    @Test
    void says_everything_that_is_wrong_at_once() {
        HttpResponse<String> answer = GATEWAY.post(
                "/v1/verifications",
                new JsonObject()
                        .put("to", "nobody")
                        .put("channel", "pigeon")
                        .put("purpose", "Log in")
                        .put("length", 3)
                        .put("expires_in", "2d")
                        .put("locale", "x")
                        .put("app_name", "A*")
                        .put("client_ip", "localhost")
                        .put("code", "123456")
                        .put("fallback", new JsonArray().add("email").add(1)));

        JsonArray errors = json(answer).getJsonArray("errors");
        assertThat(errors.stream().map(error -> ((JsonObject) error).getString("pointer")))
                .containsExactlyInAnyOrder(
                        "/to",
                        "/channel",
                        "/purpose",
                        "/length",
                        "/expires_in",
                        "/locale",
                        "/app_name",
                        "/client_ip",
                        "/code",
                        "/fallback/0/to",
                        "/fallback/1");
        assertThat(answer.body()).doesNotContain("123456", "nobody");
    }

    @Test
    void belongs_to_one_account() {
        String id = codes.begin();
        GATEWAY.sql().execute("UPDATE verification SET account_id = account_id + 1000");

        assertThat(GATEWAY.get("/v1/verifications/" + id).statusCode()).isEqualTo(404);
        assertThat(codes.checked(id, "123456").statusCode()).isEqualTo(404);
        assertThat(codes.resend(id).statusCode()).isEqualTo(404);
        assertThat(GATEWAY.post("/v1/verifications/" + id + "/cancel", "").statusCode())
                .isEqualTo(404);
        assertThat(GATEWAY.get("/v1/verifications/none").statusCode()).isEqualTo(404);
    }

    private static JsonObject message(JsonObject verification, int index) {
        return json(GATEWAY.get(
                "/v1/messages/" + verification.getJsonArray("message_ids").getString(index)));
    }

    /** From its making on. */
    private static long seconds(JsonObject verification, String name) {
        return Duration.between(
                        OffsetDateTime.parse(verification.getString("created_at")),
                        OffsetDateTime.parse(verification.getString(name)))
                .toSeconds();
    }
}
