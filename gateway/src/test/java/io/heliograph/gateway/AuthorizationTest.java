package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, and whose messages are whose. */
class AuthorizationTest {
    private static final String HELLO = "{\"to\":\"+15005550010\",\"text\":\"Hello\"}";

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/messages",
        "GET, /v1/messages",
        "POST, /v1/messages/batch",
        "GET, /v1/messages/019a0000-0000-7000-8000-000000000001",
        "POST, /v1/messages/019a0000-0000-7000-8000-000000000001/cancel",
        "POST, /v1/events/batch",
        "GET, /v1/notifications/019a0000-0000-7000-8000-000000000001",
        "GET, /v1/users/ann/notifications",
        "GET, /v1/account/settings",
        "PATCH, /v1/account/settings",
        "GET, /v1/analytics",
        "GET, /v1/ledger"
    })
    void refuses_every_path_without_a_key(String method, String path) {
        HttpResponse<String> response =
                gateway.sendAsIs(gateway.request(path).method(method, BodyPublishers.ofString(HELLO)));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(json(response).getString("code")).isEqualTo("unauthorized");
        assertThat(json(response).getString("detail")).contains("Authorization: Bearer");
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer wrong",
                "Bearer ",
                "Bearer",
                "test-key-of-the-first-account",
                "Basic test-key-of-the-first-account",
                "Bearer test-key-of-the-first-account x"
            })
    void refuses_a_header_that_holds_no_key_that_is_known(String authorization) {
        assertThat(gateway.get("/v1/ledger", "Authorization", authorization).statusCode())
                .isEqualTo(401);
    }

    @Test
    void refuses_a_key_longer_than_any_that_is_made_without_hashing_it() {
        assertThat(gateway.get("/v1/ledger", "Authorization", "Bearer " + "k".repeat(5_000))
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER  "})
    void takes_the_scheme_in_any_case(String scheme) {
        assertThat(gateway.get("/v1/ledger", "Authorization", scheme + RunningGateway.API_KEY)
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/messages, messages:write",
        "POST, /v1/messages/batch, messages:write",
        "POST, /v1/messages/019a0000-0000-7000-8000-000000000001/cancel, messages:write",
        "GET, /v1/messages, messages:read",
        "GET, /v1/messages/019a0000-0000-7000-8000-000000000001, messages:read",
        "GET, /v1/ledger, messages:read"
    })
    void refuses_a_key_without_the_scope_and_names_it(String method, String path, String scope) {
        String otherScope = scope.equals("messages:read") ? "messages:write" : "messages:read";
        String key = TestAccounts.add(gateway, "scoped", otherScope, "admin");

        HttpResponse<String> response = gateway.send(
                gateway.request(path).method(method, BodyPublishers.ofString(HELLO)), "Authorization", "Bearer " + key);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(json(response).getString("code")).isEqualTo("scope_missing");
        assertThat(json(response).getString("detail")).contains(scope);
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isZero();
    }

    @Test
    void takes_a_new_key_and_drops_a_revoked_one_without_a_restart() {
        String key = TestAccounts.add(gateway, "short-lived", "messages:read");
        assertThat(gateway.get("/v1/ledger", "Authorization", "Bearer " + key).statusCode())
                .isEqualTo(200);

        TestAccounts.revoke(gateway, key);

        await().until(() ->
                gateway.get("/v1/ledger", "Authorization", "Bearer " + key).statusCode() == 401);
    }

    @Test
    void hides_a_message_from_every_other_account() {
        String id = json(gateway.post("/v1/messages", HELLO)).getString("id");
        String stranger = "Bearer " + TestAccounts.add(gateway, "stranger", "messages:read", "messages:write");

        HttpResponse<String> shown = gateway.get("/v1/messages/" + id, "Authorization", stranger);
        HttpResponse<String> canceled =
                gateway.post("/v1/messages/" + id + "/cancel", "", "Authorization", stranger, "Idempotency-Key", "k");
        HttpResponse<String> listed = gateway.get("/v1/messages?to=%2B15005550010", "Authorization", stranger);
        HttpResponse<String> counted = gateway.get("/v1/ledger", "Authorization", stranger);

        assertThat(shown.statusCode()).isEqualTo(404);
        assertThat(canceled.statusCode()).isEqualTo(404);
        assertThat(json(listed).getJsonArray("messages")).isEmpty();
        assertThat(json(counted).getInteger("accepted")).isZero();
        assertThat(gateway.sql().state(id)).isEqualTo("queued promised");
        assertThat(gateway.sql().count("SELECT count(*) FROM idempotency")).isZero();
    }

    @Test
    void answers_the_same_404_for_a_message_of_another_account_as_for_none() {
        String id = json(gateway.post("/v1/messages", HELLO)).getString("id");
        String stranger = "Bearer " + TestAccounts.add(gateway, "curious", "messages:read");

        HttpResponse<String> anothers = gateway.get("/v1/messages/" + id, "Authorization", stranger);
        HttpResponse<String> nobodys =
                gateway.get("/v1/messages/019a0000-0000-7000-8000-000000000001", "Authorization", stranger);

        assertThat(anothers.body()).isEqualTo(nobodys.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1", "019a0000-0000-7000-8000-00000000000g", "%00", "..%2f..%2fetc"})
    void answers_404_for_an_id_that_is_none(String id) {
        HttpResponse<String> response = gateway.get("/v1/messages/" + id);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).getString("code")).isEqualTo("not_found");
    }

    @Test
    void keeps_only_the_hash_of_a_key() {
        assertThat(gateway.sql().count("SELECT count(*) FROM api_key WHERE octet_length(key_hash) = 32"))
                .isEqualTo(gateway.sql().count("SELECT count(*) FROM api_key"));
        assertThat(gateway.sql().text("SELECT string_agg(api_key::text, ' ') FROM api_key"))
                .doesNotContain(RunningGateway.API_KEY);
    }
}
