package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccountTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @Test
    void shows_an_account_and_its_token_to_an_administrator_only() {
        String reader = TestAccounts.add(gateway, "default", "messages:read");
        JsonObject whole = json(gateway.get("/v1/account"));
        JsonObject read = json(gateway.get("/v1/account", "Authorization", "Bearer " + reader));

        assertThat(whole.getString("name")).isEqualTo("default");
        assertThat(whole.getString("twilio_account_sid")).matches("AC[0-9a-f]{32}");
        assertThat(whole.getString("twilio_auth_token")).matches("[0-9a-f]{32}");
        assertThat(read.getString("twilio_account_sid")).isEqualTo(whole.getString("twilio_account_sid"));
        assertThat(read.containsKey("twilio_auth_token")).isFalse();
    }

    @Test
    void gives_every_account_a_sid_of_its_own() {
        String other = TestAccounts.add(gateway, "other", "messages:read");

        assertThat(json(gateway.get("/v1/account", "Authorization", "Bearer " + other))
                        .getString("twilio_account_sid"))
                .isNotEqualTo(TwilioAccount.of(gateway).sid());
    }

    @Test
    void keeps_the_token_before_for_as_long_as_asked_and_a_day_otherwise() {
        HttpResponse<String> usual = gateway.send(gateway.request("/v1/account/rotate-twilio-token")
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
        assertThat(json(usual).getString("twilio_previous_token_until")).isNotNull();
        assertThat(gateway.sql()
                        .count("SELECT round(extract(epoch FROM previous_until - now())) FROM twilio_credential"
                                + " WHERE previous_until IS NOT NULL"))
                .isBetween(86_000L, 86_400L);

        HttpResponse<String> atOnce = gateway.post("/v1/account/rotate-twilio-token", "{\"overlap\":\"0s\"}");

        assertThat(json(atOnce).containsKey("twilio_previous_token_until")).isFalse();
    }

    @Test
    void refuses_to_rotate_without_the_scope_or_with_another_overlap() {
        String writer = TestAccounts.add(gateway, "default", "messages:write");

        assertThat(gateway.post("/v1/account/rotate-twilio-token", "", "Authorization", "Bearer " + writer)
                        .statusCode())
                .isEqualTo(403);
        assertThat(json(gateway.post("/v1/account/rotate-twilio-token", "{\"overlap\":\"90d\"}"))
                        .getString("code"))
                .isEqualTo("invalid_duration");
        assertThat(json(gateway.post("/v1/account/rotate-twilio-token", "{\"overlap\":\"soon\"}"))
                        .getString("code"))
                .isEqualTo("invalid_duration");
        assertThat(json(gateway.post("/v1/account/rotate-twilio-token", "{\"token\":\"mine\"}"))
                        .getString("code"))
                .isEqualTo("unknown_field");
    }
}
