package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static io.heliograph.gateway.TestCodes.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How many codes may be sent: exactly, however many are asked for at once and by how many gateways. */
class CodeLimitsTest {
    private static final Map<String, String> LIMITS = Map.of(
            "HELIOGRAPH_CODES_PER_NUMBER_HOUR_MAX", "3",
            "HELIOGRAPH_CODES_PER_NUMBER_DAY_MAX", "4",
            "HELIOGRAPH_CODES_PER_PREFIX_HOUR_MAX", "20",
            "HELIOGRAPH_CODES_PER_CLIENT_IP_HOUR_MAX", "7",
            "HELIOGRAPH_CODES_PER_ACCOUNT_MINUTE_MAX", "30",
            "HELIOGRAPH_CODES_BLOCK_LOW_CONVERSION", "1");

    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway(TestDatabase.fresh(), LIMITS);

    @Test
    void of_a_number_by_hour_and_by_day() {
        for (int i = 0; i < 3; i++) {
            assertThat(post(purpose(i)).statusCode()).isEqualTo(202);
        }
        HttpResponse<String> fourth = post(purpose(3));
        GATEWAY.sql().execute("UPDATE verification_count SET ends_at = now()");
        HttpResponse<String> anHourLater = post(purpose(4));
        HttpResponse<String> fifth = post(purpose(5));

        assertRefused(fourth, "number_hour", 3_590, 3_600);
        assertThat(anHourLater.statusCode()).isEqualTo(202);
        assertRefused(fifth, "number_day", 86_390, 86_400);
    }

    @Test
    void of_a_prefix_however_many_come_at_once() throws Exception {
        try (RunningGateway second = new RunningGateway(GATEWAY.sql().url(), LIMITS)) {
            List<Integer> statuses = AtOnce.call(
                    60,
                    i -> (i % 2 == 0 ? GATEWAY : second)
                            .post("/v1/verifications", wanted("+9198765%05d".formatted(i)))
                            .statusCode());

            assertThat(statuses.stream().filter(status -> status == 202)).hasSize(20);
            assertThat(statuses.stream().filter(status -> status == 429)).hasSize(40);
        }
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isEqualTo(20);
        // What was refused is not counted anywhere.
        assertThat(GATEWAY.sql().count("SELECT used FROM verification_count WHERE kind = 'account'"))
                .isEqualTo(20);
        assertThat(GATEWAY.sql().count("SELECT sum(used) FROM verification_count WHERE kind = 'number'"))
                .isEqualTo(20);
    }

    @Test
    void of_an_account_by_the_minute() throws InterruptedException {
        List<HttpResponse<String>> answers = AtOnce.call(40, i -> post(wanted("+1415%03d0000".formatted(200 + i))));

        assertThat(answers.stream().filter(answer -> answer.statusCode() == 202))
                .hasSize(30);
        assertRefused(
                answers.stream()
                        .filter(answer -> answer.statusCode() == 429)
                        .findFirst()
                        .orElseThrow(),
                "account_minute",
                50,
                60);
    }

    @Test
    void of_a_client_and_of_the_network_of_its_ipv6_address() {
        for (int i = 0; i < 7; i++) {
            assertThat(from("2001:db8:1:2::" + (i + 1), i).statusCode()).isEqualTo(202);
        }

        assertRefused(from("2001:db8:1:2:ffff::1", 7), "client_ip_hour", 3_590, 3_600);
        assertThat(from("2001:db8:1:3::1", 8).statusCode()).isEqualTo(202);
        assertThat(from("203.0.113.7", 9).statusCode()).isEqualTo(202);
    }

    @Test
    void leaves_the_key_of_a_refused_request_free() {
        for (int i = 0; i < 3; i++) {
            post(purpose(i));
        }
        HttpResponse<String> refused = GATEWAY.post("/v1/verifications", purpose(3), "Idempotency-Key", "k");
        GATEWAY.sql().execute("DELETE FROM verification_count");
        HttpResponse<String> taken = GATEWAY.post("/v1/verifications", purpose(3), "Idempotency-Key", "k");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(taken.headers().firstValue("Idempotent-Replayed")).isEmpty();
    }

    @Test
    void of_a_country_where_nobody_types_them_for_an_hour_where_the_operator_wants_it() {
        GATEWAY.sql()
                .execute("INSERT INTO verification_alarm (account_id, country, told_at, approved, judged)"
                        + " SELECT id, '91', now(), 1, 50 FROM account");

        assertRefused(post(wanted("+919876543210")), "low_conversion", 3_590, 3_600);
        assertThat(post(wanted("+14155550143")).statusCode()).isEqualTo(202);
        GATEWAY.sql().execute("UPDATE verification_alarm SET told_at = now() - interval '61 minutes'");
        assertThat(post(wanted("+919876543210")).statusCode()).isEqualTo(202);
    }

    private static JsonObject purpose(int number) {
        return wanted(TestCodes.NUMBER).put("purpose", "purpose_" + number);
    }

    private static HttpResponse<String> from(String clientIp, int number) {
        return post(wanted("+1415555%04d".formatted(number)).put("client_ip", clientIp));
    }

    private static HttpResponse<String> post(JsonObject body) {
        return GATEWAY.post("/v1/verifications", body);
    }

    private static void assertRefused(HttpResponse<String> answer, String limit, int secondsMin, int secondsMax) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
        assertThat(json(answer).getString("code")).isEqualTo("too_many_codes");
        assertThat(json(answer).getString("limit")).isEqualTo(limit);
        int seconds = json(answer).getInteger("retry_after");
        assertThat(seconds).isBetween(secondsMin, secondsMax);
        assertThat(answer.headers().firstValue("Retry-After")).contains(Integer.toString(seconds));
    }
}
