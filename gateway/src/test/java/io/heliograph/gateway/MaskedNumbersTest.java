package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Operation;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No answer tells whoever may not read messages a number or an address that their request has not brought itself. */
class MaskedNumbersTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private final Map<String, String> ids = new TreeMap<>();

    @BeforeEach
    void ann() {
        GATEWAY.sql().execute("DELETE FROM inbound_message; DELETE FROM consent_change");
        TestUsers.ann(GATEWAY);
        JsonObject ann = new JsonObject().put("to", TestUsers.PHONE).put("text", "The secret of Ann");
        ids.put("messages", json(GATEWAY.post("/v1/messages", ann)).getString("id"));
        GATEWAY.sql().execute("UPDATE message SET content = '{\"link\": \"/The secret of Ann\"}'");
        ids.put(
                "verifications",
                json(GATEWAY.post(
                                "/v1/verifications",
                                new JsonObject().put("to", TestUsers.PHONE).put("purpose", "login")))
                        .getString("id"));
        GATEWAY.sql().execute("UPDATE verification SET resend_at = now()");
        ids.put(
                "suppressions",
                json(TestUsers.send(
                                GATEWAY,
                                "PUT",
                                "/v1/suppressions",
                                new JsonObject()
                                        .put("channel", "sms")
                                        .put("person", TestUsers.PHONE)
                                        .put("source", "form")))
                        .getString("id"));
        InboundPost.twilio(GATEWAY, "SM1", "The secret of Ann");
        ids.put("inbound", GATEWAY.sql().text("SELECT id FROM inbound_message LIMIT 1"));
        String endpoint = "019a0000-0000-7000-8000-00000000abcd";
        GATEWAY.sql()
                .execute("INSERT INTO webhook_endpoint (id, account_id, url, secret) SELECT '" + endpoint
                        + "', id, 'https://example.com/', 'x' FROM account WHERE name = 'default';"
                        + " INSERT INTO webhook_try (delivery_id, n, account_id, event_id, endpoint_id, tried_at, duration_ms, status_code,"
                        + " answer_head) SELECT gen_random_uuid(), 1, account_id, gen_random_uuid(), id, now(), 1, 500,"
                        + " 'Cannot text +15005550010 or 15005550010' FROM webhook_endpoint");
        ids.put("webhook-endpoints", endpoint);
    }

    @Test
    void wherever_a_key_without_the_scope_looks_and_whatever_it_changes() {
        String key = "Bearer " + TestAccounts.add(GATEWAY, "default", "messages:write", "admin");
        int answered = 0;
        for (Operation operation : Description.get().contract().operations()) {
            String path = operation.getOpenAPIPath();
            if (path.startsWith("/v1/") && !path.equals("/v1/stream")) {
                HttpResponse<String> answer = GATEWAY.send(
                        GATEWAY.request(filled(path))
                                .method(
                                        operation.getHttpMethod().name(),
                                        body(operation.getHttpMethod().name()))
                                .header("Content-Type", "application/json"),
                        "Authorization",
                        key);
                assertThat(answer.body())
                        .as(operation.getOperationId())
                        .doesNotContain("5005550010", "ann@", "The secret");
                answered += answer.statusCode() < 300 ? 1 : 0;
            }
        }

        assertThat(answered).isGreaterThan(10);
    }

    @Test
    void in_each_answer_that_shows_a_person() {
        String key = "Bearer " + TestAccounts.add(GATEWAY, "default", "messages:write", "admin");

        assertThat(asked(key, "PATCH", "/v1/users/ann")).contains("+1****0010", "a****@example.com");
        assertThat(asked(key, "POST", "/v1/messages/" + ids.get("messages") + "/cancel"))
                .contains("+1****0010");
        assertThat(asked(key, "POST", "/v1/verifications/" + ids.get("verifications") + "/cancel"))
                .contains("+1****0010");
        assertThat(asked(key, "DELETE", "/v1/suppressions/" + ids.get("suppressions")))
                .contains("+1****0010");
        assertThat(asked(key, "GET", "/v1/webhook-endpoints/" + ids.get("webhook-endpoints") + "/deliveries"))
                .contains("Cannot text ****0010 or ****0010");
    }

    @Test
    void in_the_answers_of_twilios_api() {
        String key = TestAccounts.add(GATEWAY, "default", "messages:write");
        String sid = GATEWAY.sql()
                .text(
                        "SELECT account_sid FROM twilio_credential JOIN account ON id = account_id WHERE name = 'default'");
        String basic = Base64.getEncoder().encodeToString((sid + ":" + key).getBytes(StandardCharsets.UTF_8));

        HttpResponse<String> canceled = GATEWAY.sendAsIs(GATEWAY.request("/2010-04-01/Accounts/" + sid + "/Messages/SM"
                        + ids.getOrDefault("messages", "").replace("-", "") + ".json")
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("Status=canceled")));

        assertThat(canceled.body()).contains("+1****0010").doesNotContain("5005550010", "The secret");
    }

    private static String asked(String key, String method, String path) {
        HttpResponse<String> answer = GATEWAY.send(
                GATEWAY.request(path).method(method, body(method)).header("Content-Type", "application/json"),
                "Authorization",
                key);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static BodyPublisher body(String method) {
        return method.equals("GET")
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(method.equals("DELETE") ? "{\"source\": \"form\"}" : "{}");
    }

    /** With what there is of each kind. */
    private String filled(String path) {
        String kind = path.split("/", 4)[2];
        return path.replace(
                        "{id}",
                        kind.equals("users") ? "ann" : ids.getOrDefault(kind, "019a0000-0000-7000-8000-000000000001"))
                .replaceAll("\\{\\w+}", "x");
    }
}
