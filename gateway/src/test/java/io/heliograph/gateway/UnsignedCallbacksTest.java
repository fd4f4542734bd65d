package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.ReceiptKey;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callbacks of providers that sign nothing: known by a secret and by their address, and written as their customers like. */
class UnsignedCallbacksTest {
    private static final String PREVIOUS_SECRET = "secret-of-the-days-before";
    private static final String ALLOWED = "203.0.113.9";
    private static final String STRANGER = "198.51.100.9";
    private static final String NUMBER = "+919000000001";

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway(
            TestDatabase.fresh(),
            Map.of(
                    "HELIOGRAPH_CALLBACK_SECRET_PREVIOUS", PREVIOUS_SECRET,
                    "HELIOGRAPH_CALLBACK_ALLOW", "203.0.113.0/24, 2001:db8::/32",
                    "HELIOGRAPH_TRUSTED_PROXIES", "127.0.0.0/8,::1,10.0.0.0/8",
                    "HELIOGRAPH_FAST2SMS_FIELDS",
                            "number=data.msisdn,number=phone,status=dlr,request_id=rid,reference=ref,reports=items"));

    @ParameterizedTest
    @ValueSource(strings = {RunningGateway.CALLBACK_SECRET, PREVIOUS_SECRET})
    void are_taken_under_both_secrets_while_they_are_rotated(String secret) {
        String id = sent();

        assertThat(post(secret, ALLOWED, flat())).isEqualTo(204);
        assertThat(gateway.sql().state(id)).isEqualTo("delivered settled");
    }

    @ParameterizedTest
    @CsvSource({
        ALLOWED + ", 204",
        "2001:db8::17, 204",
        STRANGER + ", 404",
        // Only what trusted proxies have written counts.
        "'" + ALLOWED + ", " + STRANGER + "', 404",
        "'" + STRANGER + ", " + ALLOWED + ", 10.1.2.3', 204",
        "nonsense, 404",
        "'', 404"
    })
    void are_taken_from_allowed_addresses_only(String forwarded, int status) {
        sent();

        assertThat(post(RunningGateway.CALLBACK_SECRET, forwarded, flat())).isEqualTo(status);
        assertThat(gateway.sql().count("SELECT count(*) FROM callback")).isEqualTo(status == 204 ? 1 : 0);
    }

    @Test
    void are_counted_when_their_address_is_refused() {
        double before = gateway.metric("heliograph_callbacks_total{result=\"address_refused\"}");

        assertThat(post(RunningGateway.CALLBACK_SECRET, STRANGER, flat())).isEqualTo(404);
        assertThat(gateway.metric("heliograph_callbacks_total{result=\"address_refused\"}"))
                .isEqualTo(before + 1);
    }

    @Test
    void are_not_taken_from_a_caller_that_is_no_proxy_and_says_it_was_asked_by_an_allowed_one() throws Exception {
        try (RunningGateway direct =
                new RunningGateway(gateway.sql().url(), Map.of("HELIOGRAPH_CALLBACK_ALLOW", "203.0.113.0/24"))) {
            assertThat(direct.sendAsIs(request(direct, RunningGateway.CALLBACK_SECRET, ALLOWED, flat()))
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void are_read_by_the_names_that_were_configured_and_kept_whole() {
        String id = sent();

        assertThat(post(RunningGateway.CALLBACK_SECRET, ALLOWED, flat().put("circle", "Delhi")))
                .isEqualTo(204);
        assertThat(gateway.sql().state(id)).isEqualTo("delivered settled");
        assertThat(gateway.sql().text("SELECT fields ->> 'circle' FROM callback"))
                .isEqualTo("Delhi");
    }

    @Test
    void are_read_by_paths_and_lists_that_were_configured() {
        String id = sent();
        JsonObject one = new JsonObject()
                .put("rid", "request-1")
                .put("dlr", "Failed")
                .put("data", new JsonObject().put("msisdn", NUMBER));

        assertThat(post(
                        RunningGateway.CALLBACK_SECRET,
                        ALLOWED,
                        new JsonObject().put("items", new JsonArray().add(one))))
                .isEqualTo(204);
        assertThat(gateway.sql().state(id)).isEqualTo("undelivered settled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT"})
    void are_read_from_a_form_by_their_own_names_and_our_name_of_the_call(String method) {
        String id = sent();
        String callRef = ReceiptKey.callRef(UUID.fromString(id), 1);
        gateway.sql()
                .execute("UPDATE attempt SET provider_message_id = NULL, receipt_key = '"
                        + ReceiptKey.of(callRef, NUMBER) + "'");
        String form = CallbackPost.encode(MultiMap.caseInsensitiveMultiMap()
                .add("phone", "9000000001")
                .add("dlr", "Delivered")
                .add("ref", callRef));

        int status = gateway.sendAsIs(gateway.request("/callbacks/fast2sms/status/" + PREVIOUS_SECRET)
                        .header("X-Forwarded-For", ALLOWED)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .method(method, BodyPublishers.ofString(form)))
                .statusCode();

        assertThat(status).isEqualTo(204);
        assertThat(gateway.sql().state(id)).isEqualTo("delivered settled");
    }

    @Test
    void are_read_from_a_query() {
        String id = sent();

        int status = gateway.sendAsIs(gateway.request("/callbacks/fast2sms/status/" + PREVIOUS_SECRET
                                + "?phone=9000000001&dlr=Delivered&rid=request-1")
                        .header("X-Forwarded-For", ALLOWED)
                        .GET())
                .statusCode();

        assertThat(status).isEqualTo(204);
        assertThat(gateway.sql().state(id)).isEqualTo("delivered settled");
    }

    private static JsonObject flat() {
        return new JsonObject().put("rid", "request-1").put("dlr", "Delivered").put("phone", "9000000001");
    }

    private static String sent() {
        String id = TestMessages.sending(gateway);
        gateway.sql().execute("UPDATE message SET recipient = '" + NUMBER + "' WHERE id = '" + id + "'");
        TestMessages.recordAttempt(gateway, id, 1, "request-1");
        return id;
    }

    private static int post(String secret, String forwarded, JsonObject report) {
        return gateway.sendAsIs(request(gateway, secret, forwarded, report)).statusCode();
    }

    private static HttpRequest.Builder request(RunningGateway to, String secret, String forwarded, JsonObject report) {
        return to.request("/callbacks/fast2sms/status/" + secret)
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", forwarded)
                .POST(BodyPublishers.ofString(report.encode()));
    }
}
