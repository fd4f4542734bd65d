package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.ReceiptKey;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callbacks of Fast2SMS: what its reports say, and those that say nothing. */
class ReceiptsOfFast2SmsTest {
    private static final String ANN = "+919000000001";
    private static final String BOB = "+919000000002";

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @Test
    void find_the_message_of_fast2sms_by_call_and_number_in_many_reports_at_once() {
        String ann = sendingTo(ANN);
        String bob = sendingTo(BOB);
        // One id for the whole call, as Fast2SMS has it.
        TestMessages.recordAttempt(gateway, ann, 1, "request-1");
        TestMessages.recordAttempt(gateway, bob, 1, "request-1");

        var response = CallbackPost.fast2sms(
                gateway,
                new JsonObject()
                        .put(
                                "sms_reports",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("request_id", "request-1")
                                                .put(
                                                        "delivery_status",
                                                        new JsonArray()
                                                                .add(report("9000000001", "Delivered"))
                                                                .add(report("9000000002", "Failed"))))));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(gateway.sql().state(ann)).isEqualTo("delivered settled");
        assertThat(gateway.sql().state(bob)).isEqualTo("undelivered settled");
        assertThat(gateway.sql().text("SELECT string_agg(coalesce(code, '-'), ' ' ORDER BY status) FROM callback"))
                .isEqualTo("- Failed");
    }

    @Test
    void keep_with_each_report_of_fast2sms_only_what_is_short_of_what_the_call_says() {
        JsonObject call = new JsonObject()
                .put("text", "x".repeat(10_000))
                .put("request_id", "request-1")
                .put(
                        "delivery_status",
                        new JsonArray().add(report("9000000001", "Delivered")).add(report("9000000002", "Failed")));

        CallbackPost.fast2sms(gateway, call);

        assertThat(gateway.sql().text("SELECT string_agg(fields ->> 'request_id', ' ') FROM callback"))
                .isEqualTo("request-1 request-1");
        assertThat(gateway.sql().count("SELECT max(length(fields::text)) FROM callback"))
                .isLessThan(500);
    }

    @Test
    void read_no_report_of_fast2sms_that_lies_in_lists_in_lists_in_lists() {
        JsonObject report = report("9000000001", "Delivered");

        CallbackPost.fast2sms(
                gateway,
                new JsonObject().put("sms_reports", nested(report.copy().put("request_id", "request-1"), 3)));
        CallbackPost.fast2sms(
                gateway,
                new JsonObject().put("sms_reports", nested(report.copy().put("request_id", "request-2"), 4)));

        assertThat(gateway.sql().text("SELECT string_agg(fields ->> 'request_id', ' ') FROM callback"))
                .isEqualTo("request-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "GET"})
    void take_a_flat_report_of_fast2sms_by_any_method(String method) {
        String id = sendingTo(ANN);
        String callRef = ReceiptKey.callRef(UUID.fromString(id), 1);
        recordUnknown(id, callRef, ANN);
        MultiMap form = MultiMap.caseInsensitiveMultiMap()
                .add("request_id", "request-1")
                .add("mobile", "9000000001")
                .add("status", "Delivered")
                .add("udf1", callRef);

        int status = method.equals("GET")
                ? gateway.sendAsIs(gateway.request(CallbackPost.fast2smsPath() + "?" + CallbackPost.encode(form))
                                .GET())
                        .statusCode()
                : CallbackPost.form(gateway, method, CallbackPost.fast2smsPath(), form)
                        .statusCode();

        assertThat(status).isEqualTo(204);
        assertThat(gateway.sql().state(id)).isEqualTo("delivered settled");
    }

    @Test
    void take_a_flat_report_of_fast2sms_as_json_with_numbers_in_it() {
        String id = sendingTo(ANN);
        TestMessages.recordAttempt(gateway, id, 1, "request-1");

        CallbackPost.fast2sms(
                gateway,
                new JsonObject()
                        .put("request_id", "request-1")
                        .put("mobile", 9000000001L)
                        .put("status", "DND")
                        .put("sms_count", 1));

        assertThat(gateway.sql().text("SELECT status || ' ' || reason FROM message"))
                .isEqualTo("undelivered recipient_unreachable");
        // The register is about advertising: whoever stands in it may well want everything else.
        assertThat(gateway.sql().count("SELECT count(*) FROM suppression")).isZero();
    }

    @Test
    void are_counted_where_they_tell_nothing_among_others() {
        String id = sendingTo(ANN);
        TestMessages.recordAttempt(gateway, id, 1, "request-1");
        String metric = "heliograph_callbacks_total{result=\"unreadable\"}";
        double before = gateway.metric(metric);

        var response = reports(new JsonArray()
                .add(report("9000000001", "Delivered").put("request_id", "request-1"))
                .add(report("9000000002", "Delivered"))
                .add("nonsense"));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(gateway.sql().state(id)).isEqualTo("delivered settled");
        assertThat(gateway.metric(metric)).isEqualTo(before + 2);
    }

    @ParameterizedTest
    @CsvSource({"1000, 204", "1001, 413"})
    void are_refused_as_a_whole_where_they_are_too_many(int count, int status) {
        JsonArray many = new JsonArray();
        for (int i = 0; i < count; i++) {
            many.add(new JsonObject().put("mobile", i).put("status", "x").put("udf1", "c"));
        }

        assertThat(reports(many).statusCode()).isEqualTo(status);
        assertThat(gateway.sql().count("SELECT count(*) FROM callback")).isEqualTo(status == 204 ? count : 0);
    }

    @Test
    void are_refused_when_a_word_of_theirs_is_an_empty_list() {
        JsonObject report = report("9000000001", "Delivered").put("request_id", "request-1");

        assertThat(CallbackPost.fast2sms(gateway, report.put("status", new JsonArray()))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void count_once_when_they_come_again() {
        String id = sendingTo(ANN);
        TestMessages.recordAttempt(gateway, id, 1, "request-1");
        JsonObject report = report("9000000001", "Delivered").put("request_id", "request-1");

        CallbackPost.fast2sms(gateway, report);
        CallbackPost.fast2sms(gateway, report);

        assertThat(gateway.sql().count("SELECT count(*) FROM callback")).isOne();
    }

    private static HttpResponse<String> reports(JsonArray reports) {
        return CallbackPost.fast2sms(gateway, new JsonObject().put("sms_reports", reports));
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

    private static Object nested(Object json, int times) {
        return times == 0 ? json : nested(new JsonArray().add(json), times - 1);
    }
}
