package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static io.heliograph.gateway.TestCodes.NUMBER;
import static io.heliograph.gateway.TestCodes.accepted;
import static io.heliograph.gateway.TestCodes.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An account lets fewer codes be sent than the operator lets it; and whatever a code may cost is counted. */
class AccountCodeLimitsTest {
    @RegisterExtension
    static final RunningGateway GATEWAY =
            new RunningGateway(TestDatabase.fresh(), Map.of("HELIOGRAPH_CODES_PER_NUMBER_HOUR_MAX", "3"));

    private static final EventCalls CALLS = new EventCalls(GATEWAY);

    private final TestCodes codes = new TestCodes(GATEWAY);

    @Test
    void of_the_account_hold_where_they_are_smaller_than_the_operators() {
        limit("per_prefix_hour", 2);
        AtomicInteger number = new AtomicInteger();
        assertThat(status(wanted("+14155550200"))).isEqualTo(202);
        assertThat(status(wanted("+14155550201"))).isEqualTo(202);
        await().until(
                        () -> limit(wanted("+1415555%04d".formatted(300 + number.getAndIncrement()))),
                        "prefix_hour"::equals);

        limit("per_number_hour", 100);
        GATEWAY.sql().execute("DELETE FROM verification_count");
        for (int i = 0; i < 3; i++) {
            int purpose = i;
            await().until(() -> status(purpose(purpose)), status -> status == 202);
        }
        assertThat(limit(purpose(3))).isEqualTo("number_hour");
    }

    @Test
    void are_refused_where_they_let_none_pass_or_too_many() {
        HttpResponse<String> answer = CALLS.patch(new JsonObject()
                .put(
                        "code_limits",
                        new JsonObject()
                                .put("per_number_hour", 0)
                                .put("per_account_minute", 1_000_001)
                                .put("per_planet", 1)));

        assertThat(EventCalls.pointers(answer))
                .containsExactlyInAnyOrder(
                        "/code_limits/per_number_hour", "/code_limits/per_account_minute", "/code_limits/per_planet");
    }

    @Test
    void counts_a_code_for_every_number_that_may_get_it() {
        JsonObject byFallback = new JsonObject()
                .put("to", "nobody@example.com")
                .put("channel", "email")
                .put(
                        "fallback",
                        new JsonArray()
                                .add(new JsonObject().put("channel", "sms").put("to", NUMBER))
                                .add(new JsonObject().put("channel", "whatsapp").put("to", NUMBER)));
        for (int i = 0; i < 3; i++) {
            assertThat(status(byFallback
                            .copy()
                            .put("to", "nobody" + i + "@example.com")
                            .put("purpose", "p" + i)))
                    .isEqualTo(202);
        }

        assertThat(limit(byFallback.put("to", "nobody4@example.com"))).isEqualTo("number_hour");
        assertThat(limit(wanted(NUMBER))).isEqualTo("number_hour");
    }

    @Test
    void counts_a_code_that_is_sent_again_for_the_client_that_asked_for_the_first() {
        String id = accepted(GATEWAY.post("/v1/verifications", wanted(NUMBER).put("client_ip", "203.0.113.7")))
                .getString("id");
        codes.age(id, 31);

        assertThat(codes.resend(id).statusCode()).isEqualTo(202);

        assertThat(GATEWAY.sql()
                        .text("SELECT string_agg(kind || ' ' || used, ', ' ORDER BY kind) FROM verification_count"))
                .isEqualTo("account 2, client_ip 2, number 2, prefix 2");
    }

    /** And no others; in force everywhere a little later. */
    private static void limit(String name, int max) {
        CALLS.settings(new JsonObject().put("code_limits", new JsonObject().put(name, max)));
    }

    private static JsonObject purpose(int number) {
        return wanted(NUMBER).put("purpose", "purpose_" + number);
    }

    private static int status(JsonObject body) {
        return GATEWAY.post("/v1/verifications", body).statusCode();
    }

    private static String limit(JsonObject body) {
        return json(GATEWAY.post("/v1/verifications", body)).getString("limit", "none");
    }
}
