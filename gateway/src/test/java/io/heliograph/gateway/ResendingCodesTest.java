package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static io.heliograph.gateway.TestCodes.NUMBER;
import static io.heliograph.gateway.TestCodes.accepted;
import static io.heliograph.gateway.TestCodes.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When another code is sent for the same verification, and when for another. */
class ResendingCodesTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private final TestCodes codes = new TestCodes(GATEWAY);

    @Test
    void sends_another_code_for_the_same_verification_once_its_time_has_come() {
        String id = codes.begin();
        String first = codes.code(id);

        JsonObject tooSoon = accepted(GATEWAY.post("/v1/verifications", wanted(NUMBER)));
        HttpResponse<String> refused = codes.resend(id);
        codes.age(id, 31);
        JsonObject again =
                accepted(GATEWAY.post("/v1/verifications", wanted(NUMBER).put("channel", "whatsapp")));

        assertThat(tooSoon.getString("id")).isEqualTo(id);
        assertThat(tooSoon.getBoolean("sent")).isFalse();
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(json(refused).getString("limit")).isEqualTo("resend_delay");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(25, 30);
        assertThat(again.getString("id")).isEqualTo(id);
        assertThat(again.getBoolean("sent")).isTrue();
        assertThat(again.getString("channel")).isEqualTo("whatsapp");
        assertThat(again.getInteger("resends_left")).isEqualTo(3);
        assertThat(seconds(again, "expires_at")).isEqualTo(600);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isEqualTo(2);
        // Messages overtake each other: the code before is good too.
        assertThat(codes.check(id, first)).isEqualTo("approved");
    }

    @Test
    void waits_longer_before_each_code_and_ends_after_five() {
        String id = codes.begin();
        for (int seconds : List.of(30, 60, 120, 240)) {
            codes.age(id, seconds - 2);
            assertThat(codes.resend(id).statusCode()).as("before %d s", seconds).isEqualTo(429);
            codes.age(id, 2);
            GATEWAY.sql().execute("DELETE FROM verification_count");
            assertThat(codes.resend(id).statusCode()).as("after %d s", seconds).isEqualTo(202);
        }

        codes.age(id, 100);
        HttpResponse<String> sixth = codes.resend(id);

        assertThat(sixth.statusCode()).isEqualTo(429);
        assertThat(json(sixth).getString("limit")).isEqualTo("resends");
        assertThat(json(GATEWAY.get("/v1/verifications/" + id)).containsKey("resend_after"))
                .isFalse();
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isEqualTo(5);
    }

    @Test
    void begins_another_for_another_purpose_and_after_the_first_has_ended() {
        String login = codes.begin();
        String transaction = accepted(
                        GATEWAY.post("/v1/verifications", wanted(NUMBER).put("purpose", "transaction")))
                .getString("id");
        codes.check(login, codes.code(login));

        String next = codes.begin();

        assertThat(List.of(login, transaction, next)).doesNotHaveDuplicates();
        assertThat(codes.resend(login).statusCode()).isEqualTo(409);
    }

    /** From its making on. */
    private static long seconds(JsonObject verification, String name) {
        return Duration.between(
                        OffsetDateTime.parse(verification.getString("created_at")),
                        OffsetDateTime.parse(verification.getString(name)))
                .toSeconds();
    }
}
