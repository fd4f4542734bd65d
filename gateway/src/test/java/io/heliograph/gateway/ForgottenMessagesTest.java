package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Operation;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is read of messages that are older than they are kept, while other things still name them. */
class ForgottenMessagesTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private final Map<String, String> ids = new TreeMap<>();

    @BeforeEach
    void a_day_with_everything() {
        GATEWAY.sql().execute("DELETE FROM inbound_message; DELETE FROM consent_change");
        GATEWAY.sql()
                .execute(
                        "INSERT INTO event_listening (account_id, until) SELECT id, now() + interval '1 day' FROM account"
                                + " ON CONFLICT (account_id) DO UPDATE SET until = excluded.until");
        TestUsers.ann(GATEWAY);
        JsonObject told = TestUsers.event(GATEWAY, "order_created");
        ids.put("notifications", told.getString("id"));
        String failed = TestMessages.in(GATEWAY, "failed", 1);
        GATEWAY.sql().execute("UPDATE message SET reason = 'unreachable' WHERE id = '" + failed + "'");
        ids.put("messages", failed);
        JsonObject replay = new JsonObject().put("filter", new JsonObject()).put("include_possible_duplicates", true);
        assertThat(GATEWAY.post("/v1/dead-letters/replay", replay).statusCode()).isEqualTo(200);
        InboundPost.twilio(GATEWAY, "SM1", "My table, please");
        InboundPost.twilio(GATEWAY, "SM2", "STOP");
        ids.put("inbound", GATEWAY.sql().text("SELECT id FROM inbound_message LIMIT 1"));
        ids.put(
                "verifications",
                json(GATEWAY.post(
                                "/v1/verifications",
                                new JsonObject().put("to", "+15005550011").put("purpose", "login")))
                        .getString("id"));
        forget();
    }

    /** As a relay does it with the day. */
    private static void forget() {
        GATEWAY.sql()
                .execute(
                        "UPDATE message SET status = 'failed', settled_at = now() WHERE NOT message_is_settled(status);"
                                + " DELETE FROM outbox; DELETE FROM message; DELETE FROM attempt; DELETE FROM callback");
    }

    @Test
    void everything_that_names_them_can_still_be_read() {
        for (Operation operation : Description.get().contract().operations()) {
            String path = operation.getOpenAPIPath();
            if (operation.getHttpMethod().name().equals("GET")
                    && path.startsWith("/v1/")
                    && !path.equals("/v1/stream")) {
                HttpResponse<String> answer = GATEWAY.get(filled(path));

                assertThat(answer.statusCode())
                        .as(operation.getOperationId() + " " + answer.body())
                        .isLessThan(500);
            }
        }
    }

    @Test
    void the_message_itself_is_not_found_and_it_is_said_why_that_may_be() {
        HttpResponse<String> answer = GATEWAY.get("/v1/messages/" + ids.get("messages"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).getString("detail")).contains("older than messages are kept");
        assertThat(GATEWAY.post("/v1/messages/" + ids.get("messages") + "/cancel", "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_notification_tells_what_it_was_without_the_state_of_its_messages() {
        JsonObject email = TestUsers.get(GATEWAY, "/v1/notifications/" + ids.get("notifications"))
                .getJsonObject("channels")
                .getJsonObject("email");

        assertThat(email.getString("message_id")).isNotNull();
        assertThat(email.containsKey("message_status")).isFalse();
    }

    @Test
    void the_ledger_counts_what_is_kept_and_balances() {
        String young = TestMessages.queued(GATEWAY, "+15005550012");

        JsonObject ledger = TestUsers.get(GATEWAY, "/v1/ledger");

        assertThat(ledger.getLong("accepted")).isEqualTo(1);
        assertThat(ledger.getLong("violations")).isZero();
        assertThat(GATEWAY.sql().state(young)).isEqualTo("queued promised");
        assertThat(TestUsers.get(GATEWAY, "/v1/ledger?by=day").encode()).contains("\"violations\":0");
    }

    @Test
    void a_receipt_that_comes_so_late_is_taken_and_waits_for_nothing_but_its_end() {
        HttpResponse<String> answer = CallbackPost.plivo(
                GATEWAY,
                "?m=" + ids.get("messages") + "&a=1",
                CallbackPost.plivoForm("uuid-of-long-ago", "delivered", "15005550010"));

        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM callback WHERE applied_at IS NULL"))
                .isEqualTo(1);
    }

    private String filled(String path) {
        String kind = path.split("/", 4)[2];
        return path.replace(
                        "{id}",
                        kind.equals("users") ? "ann" : ids.getOrDefault(kind, "019a0000-0000-7000-8000-000000000001"))
                .replaceAll("\\{\\w+}", "x");
    }
}
