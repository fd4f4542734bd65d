package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application says what happened; the gateway decides who is told, and how. */
class PostingEventsTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final JsonObject ORDER =
            new JsonObject().put("order_id", "A17").put("amount", "₹250");

    @BeforeEach
    void ann() {
        put("ann", new JsonObject().put("phone", "+919876543210").put("email", "ann@example.com"));
    }

    @Test
    void tells_a_user_by_email_and_by_no_sms_that_nobody_agreed_to() {
        JsonObject told = accepted(event("order_created", "ann", ORDER));

        assertThat(told.getJsonObject("channels").getJsonObject("sms"))
                .isEqualTo(new JsonObject().put("status", "skipped").put("reason", "not_consented"));
        JsonObject email = told.getJsonObject("channels").getJsonObject("email");
        assertThat(email.getString("status")).isEqualTo("accepted");
        JsonObject message = json(GATEWAY.get("/v1/messages/" + email.getString("message_id")));
        assertThat(message.getString("status")).isEqualTo("queued");
        assertThat(message.getString("to")).isEqualTo("ann@example.com");
        assertThat(message.getString("subject")).isEqualTo("Your order A17");
        assertThat(message.getString("text")).isEqualTo("Thank you! Your order A17 over ₹250 is in.");
    }

    @Test
    void tells_what_is_critical_by_sms_too() {
        JsonObject told = accepted(event("payment_failed", "ann", ORDER));

        assertThat(told.getJsonObject("channels").fieldNames()).containsExactly("sms", "email", "in_app", "web_push");
        String id = told.getJsonObject("channels").getJsonObject("sms").getString("message_id");
        assertThat(json(GATEWAY.get("/v1/messages/" + id)).getString("lane")).isEqualTo("critical");
    }

    @Test
    void speaks_the_language_of_the_user_and_english_where_there_is_no_other() {
        put("ravi", new JsonObject().put("email", "ravi@example.com").put("locale", "hi_IN"));
        put("lea", new JsonObject().put("email", "lea@example.com").put("locale", "fr-FR"));

        assertThat(emailText(accepted(event("order_created", "ravi", ORDER)))).contains("धन्यवाद", "A17");
        assertThat(emailText(accepted(event("order_created", "lea", ORDER)))).contains("Thank you", "A17");
    }

    @Test
    void stores_an_event_once_under_its_key() {
        JsonObject event = event("order_created", "ann", ORDER).put("idempotency_key", "order-A17-created");

        HttpResponse<String> first = GATEWAY.post("/v1/events", event);
        HttpResponse<String> again = GATEWAY.post("/v1/events", event);
        HttpResponse<String> other = GATEWAY.post(
                "/v1/events", event("payment_failed", "ann", ORDER).put("idempotency_key", "order-A17-created"));

        assertThat(json(again)).isEqualTo(json(first));
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isOne();
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM notification")).isOne();
    }

    @Test
    void says_everything_that_is_wrong_with_an_event_at_once() {
        HttpResponse<String> answer = GATEWAY.post(
                "/v1/events",
                event(
                        "order_created",
                        "a/b",
                        new JsonObject().put("amount", 250).put("colour", "red")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(pointers(answer))
                .containsExactlyInAnyOrder("/user", "/data/order_id", "/data/amount", "/data/colour");
    }

    @Test
    void refuses_what_no_database_can_store() {
        HttpResponse<String> answer = GATEWAY.post("/v1/events", """
            {"type": "order_created", "user": "ann", "data": {"order_id": "A\\u0000", "amount": "\\ud800"}}""");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(pointers(answer)).containsExactlyInAnyOrder("/data/order_id", "/data/amount");
    }

    @Test
    void knows_what_cannot_be_told_and_whom() {
        HttpResponse<String> type = GATEWAY.post("/v1/events", event("order_eaten", "ann", ORDER));
        HttpResponse<String> user = GATEWAY.post("/v1/events", event("order_created", "nobody", ORDER));

        assertThat(type.statusCode()).isEqualTo(400);
        assertThat(json(type).getString("code")).isEqualTo("unknown_type");
        assertThat(user.statusCode()).isEqualTo(404);
        assertThat(json(user).getString("code")).isEqualTo("unknown_user");
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM notification")).isZero();
    }

    @Test
    void tells_nobody_who_has_opted_out() {
        GATEWAY.sql()
                .execute("INSERT INTO suppression (account_id, channel, person, sender, changed_by)"
                        + " SELECT id, 'email', 'ann@example.com', '', 'account' FROM account");

        JsonObject told = accepted(event("order_created", "ann", ORDER));

        assertThat(told.getJsonObject("channels").getJsonObject("email").getString("reason"))
                .isEqualTo("recipient_opted_out");
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isZero();
    }

    @Test
    void respects_what_a_user_has_switched() {
        GATEWAY.sql()
                .execute(
                        "INSERT INTO preference (account_id, user_id, category, channel, enabled, changed_at)"
                                + " SELECT id, 'ann', 'orders', c, c = 'sms', now() FROM account, unnest(ARRAY['sms', 'email']) c");

        JsonObject channels = accepted(event("order_created", "ann", ORDER)).getJsonObject("channels");

        assertThat(channels.getJsonObject("sms").getString("status")).isEqualTo("accepted");
        assertThat(channels.getJsonObject("email").getString("reason")).isEqualTo("disabled_by_user");
    }

    private static void put(String id, JsonObject user) {
        HttpResponse<String> answer =
                GATEWAY.send(GATEWAY.request("/v1/users/" + id).PUT(BodyPublishers.ofString(user.encode())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static JsonObject event(String type, String user, JsonObject data) {
        return new JsonObject().put("type", type).put("user", user).put("data", data);
    }

    private static JsonObject accepted(JsonObject event) {
        HttpResponse<String> answer = GATEWAY.post("/v1/events", event);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return json(answer);
    }

    private static String emailText(JsonObject told) {
        String id = told.getJsonObject("channels").getJsonObject("email").getString("message_id");
        return json(GATEWAY.get("/v1/messages/" + id)).getString("text");
    }

    private static java.util.List<String> pointers(HttpResponse<String> answer) {
        JsonArray errors = json(answer).getJsonArray("errors");
        return errors.stream()
                .map(error -> ((JsonObject) error).getString("pointer"))
                .toList();
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return new JsonObject(answer.body());
    }
}
