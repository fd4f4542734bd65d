package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an account is told when its own limit holds back what it has given us. */
class AccountEstimatesTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @BeforeEach
    void give_the_first_account_a_limit_and_a_backlog() {
        gateway.sql().execute("""
            INSERT INTO account_rate (account_id, per_second) SELECT id, 10 FROM account WHERE name = 'default'""");
        gateway.sql().execute("""
            INSERT INTO account_backlog (account_id, lane, due, counted_at)
            SELECT id, 'normal', 920, now() FROM account WHERE name = 'default'""");
        // Until the gateway has read it: 920 at 9.2 a second.
        await().until(() -> post("normal", "99s").statusCode() == 422);
    }

    @AfterEach
    void take_them_away() {
        gateway.sql().execute("DELETE FROM account_backlog; DELETE FROM account_rate");
    }

    @Test
    void is_refused_what_would_expire_before_its_own_turn() {
        HttpResponse<String> late = post("normal", "99s");
        HttpResponse<String> inTime = post("normal", "110s");

        assertThat(json(late).getString("code")).isEqualTo("would_expire");
        assertThat(json(late).getString("detail")).contains("about 100 s");
        assertThat(inTime.statusCode()).isEqualTo(202);
        assertThat(OffsetDateTime.parse(json(inTime).getString("estimated_send_at")))
                .isAfter(OffsetDateTime.parse(json(inTime).getString("created_at"))
                        .plusSeconds(95));
    }

    @Test
    void goes_before_what_is_in_a_later_lane() {
        assertThat(post("critical", "5s").statusCode()).isEqualTo(202);
        assertThat(post("bulk", "5s").statusCode()).isEqualTo(422);
    }

    @Test
    void is_not_told_of_the_limits_of_others() {
        String key = TestAccounts.add(gateway, "other", "messages:write", "messages:read");

        assertThat(post("normal", "5s", "Authorization", "Bearer " + key).statusCode())
                .isEqualTo(202);
    }

    private static HttpResponse<String> post(String lane, String validFor, String... headers) {
        JsonObject message = new JsonObject()
                .put("to", "+15005550010")
                .put("text", "Hello")
                .put("lane", lane)
                .put("valid_for", validFor);
        return gateway.post("/v1/messages", message, headers);
    }
}
