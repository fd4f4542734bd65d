package io.heliograph.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.PlivoSignature;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.simulator.CallbackCatcher.Caught;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the customers of Plivo, Fast2SMS and Textlocal are told, in each provider's way. */
class OtherProvidersReceiptsTest {
    @RegisterExtension
    static final RunningSimulator running = new RunningSimulator();

    private static final OtherProviders others = new OtherProviders(running);
    private static final PlivoSignature SIGNATURE = new PlivoSignature(SimulatorAccount.PLIVO_AUTH_TOKEN);
    private static final String TWO = "919000000001,919000000002";

    @Test
    void plivo_tells_of_queued_sent_and_delivered_and_signs_each() {
        running.script("");
        String uuid = OtherProviders.plivoUuid(others.plivo("15005550010"));

        running.awaitQuiet(1);
        assertThat(told("Status")).containsExactly("queued", "sent", "delivered");
        assertThat(told("Sequence")).containsExactly("1", "2", "3");
        Caught last = caught().getLast();
        assertThat(last.method()).isEqualTo("POST");
        assertThat(last.url()).endsWith("/plivo?c=call-1");
        assertThat(last.parameters())
                .containsEntry("MessageUUID", uuid)
                .containsEntry("ParentMessageUUID", uuid)
                .containsEntry("From", "14155550100")
                .containsEntry("To", "15005550010")
                .containsEntry("Type", "sms")
                .containsEntry("Units", "1")
                .containsEntry("PartInfo", "1 of 1")
                .containsKeys("TotalRate", "TotalAmount", "MCC", "MNC", "MessageTime", "SentTime", "DeliveryReportTime")
                .doesNotContainKey("ErrorCode");
        assertThat(caught()).allMatch(OtherProvidersReceiptsTest::isSigned);
        assertThat(caught().stream().map(call -> call.header(PlivoSignature.NONCE_HEADER)))
                .doesNotHaveDuplicates();
    }

    @Test
    void plivo_tells_by_get_with_everything_in_the_query_when_asked_to() {
        running.script("");
        assertThat(others.plivo(others.plivoMessage("15005550010").put("method", "GET"))
                        .statusCode())
                .isEqualTo(202);

        running.awaitQuiet(1);
        Caught last = caught().getLast();
        assertThat(last.method()).isEqualTo("GET");
        assertThat(last.parameters()).isEmpty();
        assertThat(last.url()).contains("c=call-1&").contains("&Status=delivered");
        assertThat(isSigned(last)).isTrue();
    }

    @Test
    void plivo_says_why_a_message_was_not_delivered() {
        running.script("{\"to_suffix\": \"1\", \"provider\": \"plivo\","
                + " \"outcome\": {\"status\": \"undelivered\", \"error_code\": 50}},"
                + "{\"to_suffix\": \"2\", \"provider\": \"plivo\", \"outcome\": {\"status\": \"rejected\"}}");
        assertThat(others.plivo("15005550011<15005550012").statusCode()).isEqualTo(202);

        running.awaitQuiet(2);
        assertThat(ofNumber("To", "15005550011")).containsExactly("queued", "sent", "undelivered");
        assertThat(ofNumber("To", "15005550012")).containsExactly("queued", "rejected");
        assertThat(caught().stream()
                        .filter(call -> call.parameter("Status").equals("undelivered"))
                        .map(call -> call.parameter("ErrorCode")))
                .containsExactly("50");
    }

    @Test
    void textlocal_tells_once_of_each_number_without_an_id() {
        running.script(
                "{\"to_suffix\": \"2\", \"provider\": \"textlocal\", \"outcome\": {\"status\": \"undelivered\"}},"
                        + "{\"to_suffix\": \"3\", \"provider\": \"textlocal\", \"outcome\": {\"status\": \"rejected\"}},"
                        + "{\"to_suffix\": \"4\", \"outcome\": {\"status\": \"sent\"}}");
        assertThat(others.textlocal(TWO + ",919000000003,919000000004").statusCode())
                .isEqualTo(200);

        running.awaitQuiet(4);
        assertThat(ofNumber("number", "919000000001", "status")).containsExactly("D");
        assertThat(ofNumber("number", "919000000002", "status")).containsExactly("U");
        assertThat(ofNumber("number", "919000000003", "status")).containsExactly("I");
        assertThat(ofNumber("number", "919000000004", "status")).containsExactly("?");
        assertThat(caught()).allSatisfy(call -> {
            assertThat(call.url()).endsWith("/textlocal/secret-1");
            assertThat(call.parameters().keySet())
                    .containsExactlyInAnyOrder("number", "status", "customID", "datetime");
            assertThat(call.parameter("customID")).isEqualTo("call-1");
            assertThat(call.parameter("datetime")).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
        });
    }

    @Test
    void fast2sms_tells_nobody_until_a_webhook_is_set_up() {
        running.script("");
        assertThat(others.fast2sms(OtherProviders.fast2smsMessage("9000000001")).statusCode())
                .isEqualTo(200);

        running.awaitQuiet(1);

        assertThat(caught()).isEmpty();
    }

    @Test
    void fast2sms_reports_in_json_by_request_and_number() {
        running.script("");
        running.control().fast2smsWebhook(webhook());
        String id = requestId(others.fast2sms(OtherProviders.fast2smsMessage("9000000001")));

        running.awaitQuiet(1);
        Caught call = caught().getFirst();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.header("Content-Type")).isEqualTo("application/json");
        JsonObject report =
                new JsonObject(call.body()).getJsonArray("sms_reports").getJsonObject(0);
        assertThat(report.getString("request_id")).isEqualTo(id);
        assertThat(report.getString("udf1")).isEqualTo("call-1");
        JsonArray statuses = report.getJsonArray("delivery_status");
        assertThat(statuses).hasSize(1);
        assertThat(statuses.getJsonObject(0).getString("mobile")).isEqualTo("9000000001");
        assertThat(statuses.getJsonObject(0).getString("status")).isEqualTo("Delivered");
        assertThat(statuses.getJsonObject(0).getInteger("delivery_timestamp")).isPositive();
    }

    @Test
    void fast2sms_reports_flat_as_json_or_form_or_query_by_any_method() {
        running.script("{\"provider\": \"fast2sms\", \"outcome\": {\"status\": \"failed\"}}");
        running.control().fast2smsWebhook(webhook().put("shape", "flat").put("method", "PUT"));
        String first = requestId(others.fast2sms(OtherProviders.fast2smsMessage("9000000001")));
        running.awaitQuiet(1);
        running.control().fast2smsWebhook(webhook().put("content_type", "form"));
        assertThat(others.fast2sms(OtherProviders.fast2smsMessage("9000000002")).statusCode())
                .isEqualTo(200);
        running.awaitQuiet(2);
        running.control().fast2smsWebhook(webhook().put("method", "GET"));
        assertThat(others.fast2sms(OtherProviders.fast2smsMessage("9000000003")).statusCode())
                .isEqualTo(200);
        running.awaitQuiet(3);

        JsonObject json = new JsonObject(caught().get(0).body());
        assertThat(caught().get(0).method()).isEqualTo("PUT");
        assertThat(json.getString("request_id")).isEqualTo(first);
        assertThat(json.getString("status")).isEqualTo("Failed");
        assertThat(json.getString("failure_reason")).isNotBlank();
        assertThat(caught().get(1).parameters())
                .containsEntry("mobile", "9000000002")
                .containsEntry("udf1", "call-1");
        assertThat(caught().get(2).url()).contains("mobile=9000000003").contains("status=Failed");
    }

    @Test
    void the_script_can_set_up_the_webhook_of_fast2sms_too() {
        running.control()
                .fast2smsWebhook(webhook().put("url", running.customer().url("/elsewhere")));
        running.control().script(new JsonObject().put("fast2sms_webhook", webhook()));

        assertThat(others.fast2sms(OtherProviders.fast2smsMessage("9000000001")).statusCode())
                .isEqualTo(200);

        running.awaitQuiet(1);
        assertThat(caught()).singleElement().extracting(Caught::url).asString().endsWith("/fast2sms/secret-1");
    }

    @Test
    void all_of_them_repeat_turn_round_and_add_as_the_script_says() {
        running.script("{\"callbacks\": {\"copies\": 2, \"reversed\": true, \"extra\": {\"New\": \"1\"},"
                + " \"delay\": {\"fixed_ms\": 0}}}");
        running.control().fast2smsWebhook(webhook().put("content_type", "form"));

        assertThat(others.plivo("15005550010").statusCode()).isEqualTo(202);
        running.awaitQuiet(1);
        assertThat(others.textlocal("919000000001").statusCode()).isEqualTo(200);
        running.awaitQuiet(2);
        assertThat(others.fast2sms(OtherProviders.fast2smsMessage("9000000001")).statusCode())
                .isEqualTo(200);
        running.awaitQuiet(3);

        assertThat(told("Status").subList(0, 6))
                .containsExactly("delivered", "delivered", "sent", "sent", "queued", "queued");
        assertThat(caught().subList(6, 8))
                .allMatch(call -> call.parameter("status").equals("D"));
        assertThat(caught().subList(8, 10))
                .allMatch(call -> call.parameter("status").equals("Delivered"));
        assertThat(caught()).hasSize(10).allMatch(call -> call.parameter("New").equals("1"));
    }

    @Test
    void a_wrong_signature_is_a_wrong_secret_where_nothing_is_signed() {
        running.script(
                "{\"callbacks\": {\"wrong_signature\": true, \"which\": \"last\", \"delay\": {\"fixed_ms\": 0}}}");
        running.control().fast2smsWebhook(webhook());

        assertThat(others.plivo("15005550010").statusCode()).isEqualTo(202);
        running.awaitQuiet(1);
        assertThat(others.textlocal("919000000001").statusCode()).isEqualTo(200);
        running.awaitQuiet(2);
        assertThat(others.fast2sms(OtherProviders.fast2smsMessage("9000000001")).statusCode())
                .isEqualTo(200);
        running.awaitQuiet(3);

        assertThat(caught()).hasSize(3);
        assertThat(caught().get(0).header(PlivoSignature.HEADER)).hasSize(44);
        assertThat(isSigned(caught().get(0))).isFalse();
        assertThat(caught().get(1).url()).contains("/textlocal/").doesNotContain("secret-1");
        assertThat(caught().get(2).url()).contains("/fast2sms/").doesNotContain("secret-1");
    }

    @Test
    void receipts_get_lost_or_come_before_the_answer() {
        running.script("{\"to_suffix\": \"1\", \"callbacks\": {\"which\": \"none\"}},"
                + "{\"to_suffix\": \"2\", \"latency\": {\"fixed_ms\": 200},"
                + " \"callbacks\": {\"early\": true, \"delay\": {\"fixed_ms\": 0}}}");

        assertThat(others.plivo("15005550011").statusCode()).isEqualTo(202);
        running.awaitQuiet(1);
        assertThat(caught()).isEmpty();
        assertThat(others.plivo("15005550012<15005550022").statusCode()).isEqualTo(202);

        assertThat(caught()).hasSize(6);
    }

    private static JsonObject webhook() {
        return new JsonObject().put("url", running.customer().url("/fast2sms/secret-1"));
    }

    private static String requestId(HttpResponse<String> response) {
        return new JsonObject(response.body()).getString("request_id");
    }

    private static List<Caught> caught() {
        return running.customer().caught();
    }

    private static List<String> told(String parameter) {
        return caught().stream().map(call -> call.parameter(parameter)).toList();
    }

    private static List<String> ofNumber(String parameter, String number) {
        return ofNumber(parameter, number, "Status");
    }

    private static List<String> ofNumber(String parameter, String number, String told) {
        return caught().stream()
                .filter(call -> call.parameter(parameter).equals(number))
                .map(call -> call.parameter(told))
                .toList();
    }

    private static boolean isSigned(Caught call) {
        MultiMap parameters = MultiMap.caseInsensitiveMultiMap();
        for (Map.Entry<String, String> parameter : call.parameters().entrySet()) {
            parameters.add(parameter.getKey(), parameter.getValue());
        }
        return SIGNATURE.matches(
                call.url(), parameters, call.header(PlivoSignature.NONCE_HEADER), call.header(PlivoSignature.HEADER));
    }
}
