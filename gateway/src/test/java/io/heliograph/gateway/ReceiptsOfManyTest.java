package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.contract.ReceiptKey;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callbacks of Plivo, Fast2SMS and Textlocal: which of the messages of a call they are about, and who may post them. */
class ReceiptsOfManyTest {
    private static final String ANN = "+919000000001";
    private static final String BOB = "+919000000002";

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @Test
    void move_the_message_that_plivos_url_names() {
        String id = sendingTo(ANN);

        var response = CallbackPost.plivo(
                gateway, "?m=" + id + "&a=1", CallbackPost.plivoForm("uuid-1", "delivered", "919000000001"));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(gateway.sql().state(id)).isEqualTo("delivered settled");
        assertThat(gateway.sql().text("SELECT provider || ' ' || provider_message_id || ' ' || attempt FROM callback"))
                .isEqualTo("plivo uuid-1 1");
    }

    @Test
    void refuse_what_plivo_did_not_sign() {
        String id = sendingTo(ANN);
        MultiMap form = CallbackPost.plivoForm("uuid-1", "delivered", "919000000001");

        assertThat(CallbackPost.plivo(gateway, "?m=" + id + "&a=1", form, "another token")
                        .statusCode())
                .isEqualTo(403);
        assertThat(CallbackPost.form(gateway, "POST", "/callbacks/plivo/status?m=" + id, form)
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.sql().count("SELECT count(*) FROM callback")).isZero();
        assertThat(gateway.sql().state(id)).isEqualTo("sending promised");
    }

    @Test
    void are_taken_of_plivo_with_the_token_before_while_tokens_are_rotated() {
        String id = sendingTo(ANN);
        MultiMap form = CallbackPost.plivoForm("uuid-1", "delivered", "919000000001");

        assertThat(CallbackPost.plivo(gateway, "?m=" + id + "&a=1", form, RunningGateway.PREVIOUS_TOKEN)
                        .statusCode())
                .isEqualTo(204);
        assertThat(gateway.sql().state(id)).isEqualTo("delivered settled");
    }

    @Test
    void tell_the_messages_of_one_call_apart_by_their_numbers() {
        String ann = sendingTo(ANN);
        String bob = sendingTo(BOB);
        String callRef = ReceiptKey.callRef(UUID.fromString(ann), 1);
        recordUnknown(ann, callRef, ANN);
        recordUnknown(bob, callRef, BOB);

        CallbackPost.plivo(gateway, "?c=" + callRef, CallbackPost.plivoForm("uuid-2", "delivered", "919000000002"));
        CallbackPost.textlocal(gateway, callRef, "919000000001", "U");

        assertThat(gateway.sql().state(bob)).isEqualTo("delivered settled");
        assertThat(gateway.sql().state(ann)).isEqualTo("undelivered settled");
        assertThat(gateway.sql().text("SELECT reason FROM message WHERE id = '" + ann + "'"))
                .isEqualTo("refused_by_carrier");
    }

    @Test
    void find_a_message_of_plivo_by_the_providers_id_where_the_url_names_nothing() {
        String id = sendingTo(ANN);
        TestMessages.recordAttempt(gateway, id, 1, "uuid-1");

        CallbackPost.plivo(gateway, "", CallbackPost.plivoForm("uuid-1", "sent", "919000000001"));

        assertThat(gateway.sql().state(id)).isEqualTo("sent settled");
    }

    @Test
    void wait_for_the_attempt_that_has_their_key() {
        String id = sendingTo(ANN);
        String callRef = ReceiptKey.callRef(UUID.fromString(id), 1);

        assertThat(CallbackPost.textlocal(gateway, callRef, "919000000001", "D").statusCode())
                .isEqualTo(204);
        assertThat(gateway.sql().state(id)).isEqualTo("sending promised");
        assertThat(gateway.sql().count("SELECT count(*) FROM callback WHERE applied_at IS NULL"))
                .isOne();

        recordUnknown(id, callRef, ANN);
        await().until(() -> gateway.sql().state(id).equals("delivered settled"));
        assertThat(gateway.sql().text("SELECT message_id || ' ' || attempt FROM callback"))
                .isEqualTo(id + " 1");
    }

    @Test
    void wait_for_the_attempt_that_has_the_id_of_their_call_and_their_number() {
        String bob = sendingTo(BOB);
        CallbackPost.fast2sms(gateway, report("9000000001", "Delivered").put("request_id", "request-1"));

        TestMessages.recordAttempt(gateway, bob, 1, "request-1");
        String ann = sendingTo(ANN);
        TestMessages.recordAttempt(gateway, ann, 1, "request-1");

        await().until(() -> gateway.sql().state(ann).equals("delivered settled"));
        assertThat(gateway.sql().state(bob)).isEqualTo("sending promised");
    }

    @Test
    void say_nothing_about_a_later_attempt_when_they_are_bad_news_of_an_earlier_one() {
        String id = TestMessages.in(gateway, "sending", 2);
        String callRef = ReceiptKey.callRef(UUID.fromString(id), 1);
        recordUnknown(id, callRef, "+15005550010");

        CallbackPost.textlocal(gateway, callRef, "15005550010", "U");

        assertThat(gateway.sql().state(id)).isEqualTo("sending promised");
    }

    @ParameterizedTest
    @CsvSource({
        "?, sending promised",
        "Z, sending promised",
        "d, delivered settled",
        "P, sent settled",
        "I, failed settled"
    })
    void keep_a_word_that_nobody_knows_and_change_nothing(String word, String state) {
        String id = sendingTo(ANN);
        String callRef = ReceiptKey.callRef(UUID.fromString(id), 1);
        recordUnknown(id, callRef, ANN);

        assertThat(CallbackPost.textlocal(gateway, callRef, "919000000001", word)
                        .statusCode())
                .isEqualTo(204);

        assertThat(gateway.sql().state(id)).isEqualTo(state);
        assertThat(gateway.sql().text("SELECT provider_status FROM callback WHERE applied_at IS NOT NULL"))
                .isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({
        "failed, 40, failed provider_configuration",
        "undelivered, 200, undelivered recipient_opted_out",
        "undelivered, 420, undelivered validity_passed",
        "rejected, 30, failed refused_by_provider",
        "undelivered, 80, undelivered refused_by_carrier"
    })
    void say_why_as_far_as_plivos_code_tells(String word, String code, String result) {
        String id = sendingTo(ANN);

        CallbackPost.plivo(
                gateway,
                "?m=" + id + "&a=1",
                CallbackPost.plivoForm("uuid-1", word, "919000000001").add("ErrorCode", code));

        assertThat(gateway.sql().text("SELECT status || ' ' || reason FROM message"))
                .isEqualTo(result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast2sms", "textlocal"})
    void are_not_taken_at_a_path_with_another_secret(String provider) {
        double before = gateway.metric("heliograph_callbacks_total{result=\"bad_signature\"}");

        var response = CallbackPost.form(
                gateway,
                "POST",
                "/callbacks/" + provider + "/status/secret-of-somebody-else",
                MultiMap.caseInsensitiveMultiMap().add("status", "D"));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).getString("code")).isEqualTo("not_found");
        assertThat(gateway.metric("heliograph_callbacks_total{result=\"bad_signature\"}"))
                .isEqualTo(before + 1);
    }

    @Test
    void are_not_taken_without_a_secret_and_the_gateway_says_so_when_it_starts() throws Exception {
        try (CapturedLog log = new CapturedLog();
                RunningGateway closed =
                        new RunningGateway(gateway.sql().url(), Map.of("HELIOGRAPH_CALLBACK_SECRET", ""))) {
            assertThat(log.lines("HELIOGRAPH_CALLBACK_SECRET is not set")).hasSize(1);
            assertThat(CallbackPost.textlocal(closed, "call-1", "919000000001", "D")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void leave_no_trace_of_the_secret_and_of_the_number_in_the_log() {
        try (CapturedLog log = new CapturedLog()) {
            CallbackPost.textlocal(gateway, "call-1", "919000000001", "D");
            CallbackPost.fast2sms(gateway, new JsonObject());

            assertThat(log.lines("Applied receipts")).isNotEmpty();
            assertThat(log.lines(RunningGateway.CALLBACK_SECRET)).isEmpty();
            assertThat(log.lines("9000000001")).isEmpty();
        }
    }

    @Test
    void are_refused_when_they_report_on_nothing() {
        String path = CallbackPost.fast2smsPath();

        assertThat(CallbackPost.fast2sms(gateway, new JsonObject()).statusCode())
                .isEqualTo(400);
        assertThat(CallbackPost.fast2sms(gateway, report("9000000001", "Delivered"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(gateway.sendAsIs(gateway.request(path).GET()).statusCode()).isEqualTo(400);
        assertThat(CallbackPost.textlocal(gateway, "", "919000000001", "D").statusCode())
                .isEqualTo(400);
        assertThat(CallbackPost.plivo(
                                gateway, "", MultiMap.caseInsensitiveMultiMap().add("Status", "delivered"))
                        .statusCode())
                .isEqualTo(400);
    }

    private static JsonObject report(String mobile, String status) {
        return new JsonObject()
                .put("mobile", mobile)
                .put("status", status)
                .put("status_description", status)
                .put("delivery_timestamp", 1_795_080_000);
    }

    private static String sendingTo(String number) {
        String id = TestMessages.sending(gateway);
        gateway.sql().execute("UPDATE message SET recipient = '" + number + "' WHERE id = '" + id + "'");
        return id;
    }

    /** As a worker does when the answer to the call was lost. */
    private static void recordUnknown(String id, String callRef, String number) {
        gateway.sql()
                .execute("INSERT INTO attempt (message_id, n, provider, outcome, started_at, finished_at, receipt_key)"
                        + " VALUES ('" + id + "', 1, 'textlocal', 'unknown', now(), now(), '"
                        + ReceiptKey.of(callRef, number) + "')");
    }
}
