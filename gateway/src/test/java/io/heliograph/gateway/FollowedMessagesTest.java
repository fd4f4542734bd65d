package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages that say what is to be done when they do not reach the person. */
class FollowedMessagesTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @AfterEach
    void the_ledger_is_balanced() {
        JsonObject ledger = json(gateway.get("/v1/ledger"));
        assertThat(ledger.getBoolean("balanced")).as(ledger.encode()).isTrue();
    }

    @Test
    void are_shown_with_what_they_asked_for() {
        JsonObject retry =
                new JsonObject().put("attempts_max", 3).put("base", "5m").put("jitter", "none");
        String id = accepted(hello().put("retry", retry)
                .put("on_undelivered", "another_provider")
                .put("valid_for", "4h")
                .put("fallback", new JsonArray().add("whatsapp").add(email().put("valid_for", 60))));

        JsonObject shown = shown(id);

        assertThat(shown.getJsonObject("retry")).isEqualTo(retry);
        assertThat(shown.getString("on_undelivered")).isEqualTo("another_provider");
        assertThat(shown.getJsonArray("fallback"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("channel", "whatsapp")
                                .put("to", "+15005550010")
                                .put("text", "Hello")
                                .put("valid_for", "4h"))
                        .add(email().put("text", "Hello").put("valid_for", "1m")));
        assertThat(listed().getString("on_undelivered")).isEqualTo("another_provider");
        assertThat(listed().containsKey("fallback")).isFalse();
    }

    @Test
    void are_followed_when_a_receipt_says_that_they_did_not_arrive() {
        String id = accepted(hello().put("reference", "table-7").put("fallback", new JsonArray().add(email())));
        sending(id);

        undelivered(id, "30005");

        JsonObject first = shown(id);
        JsonObject next = shown(first.getString("fallback_id"));
        assertThat(first.getString("status")).isEqualTo("undelivered");
        assertThat(first.getString("reason")).isEqualTo("recipient_unreachable");
        assertThat(first.getJsonArray("timeline").stream().map(event -> ((JsonObject) event).getString("status")))
                .containsExactly("accepted", "queued", "sending", "undelivered", "fallback");
        assertThat(next.getString("fallback_of")).isEqualTo(id);
        assertThat(next.getString("channel")).isEqualTo("email");
        assertThat(next.getString("to")).isEqualTo("ann@example.com");
        assertThat(next.getString("subject")).isEqualTo("Hi");
        assertThat(next.getString("text")).isEqualTo("Hello");
        assertThat(next.getString("reference")).isEqualTo("table-7");
        assertThat(validity(next)).isEqualTo(Duration.ofDays(3));
        assertThat(gateway.sql().state(first.getString("fallback_id"))).isEqualTo("queued promised");
    }

    @Test
    void are_followed_by_what_is_told_and_counted_where_they_are() {
        String id = accepted(hello().put("fallback", new JsonArray().add("whatsapp")));
        sending(id);
        gateway.sql()
                .execute("UPDATE message SET status_callback = 'https://shop.example.com/told',"
                        + " messaging_service_sid = 'MG1', batch_id = id");

        undelivered(id, "30005");

        assertThat(gateway.sql()
                        .text("SELECT status_callback || ' ' || messaging_service_sid || ' ' || batch_id FROM message"
                                + " WHERE fallback_of = '" + id + "'"))
                .isEqualTo("https://shop.example.com/told MG1 " + id);
    }

    @Test
    void are_followed_once_however_often_the_receipt_comes() {
        String id = accepted(hello().put("fallback", new JsonArray().add("whatsapp")));
        sending(id);

        undelivered(id, "30005");
        undelivered(id, "30005");
        TwilioPost.of("SM1", "failed").about(id, 1).to(gateway);

        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isEqualTo(2);
    }

    @Test
    void are_not_followed_when_they_were_cancelled_or_the_person_has_opted_out() {
        String canceled = accepted(hello().put("fallback", new JsonArray().add("whatsapp")));
        gateway.post("/v1/messages/" + canceled + "/cancel", "");
        String optedOut = accepted(hello().put("fallback", new JsonArray().add("whatsapp")));
        sending(optedOut);
        undelivered(optedOut, "21610");

        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isEqualTo(2);
        assertThat(shown(optedOut).containsKey("fallback_id")).isFalse();
    }

    @Test
    void take_back_what_followed_them_when_they_arrive_after_all() {
        String id = accepted(hello().put("fallback", new JsonArray().add("whatsapp")));
        sending(id);
        undelivered(id, "30003");
        String next = shown(id).getString("fallback_id");

        TwilioPost.of("SM1", "delivered").about(id, 1).to(gateway);

        assertThat(shown(id).getString("status")).isEqualTo("delivered");
        assertThat(gateway.sql().state(next)).isEqualTo("canceled settled");
        assertThat(shown(next).getString("reason")).isEqualTo("first_arrived");
    }

    @Test
    void follow_each_for_itself_in_a_batch_with_shared_wishes() {
        JsonObject body = new JsonObject()
                .put(
                        "defaults",
                        new JsonObject()
                                .put("text", "Hello")
                                .put("fallback", new JsonArray().add("whatsapp"))
                                .put("on_undelivered", "another_provider")
                                .put("retry", new JsonObject().put("attempts_max", 3)))
                .put(
                        "messages",
                        new JsonArray()
                                .add(new JsonObject().put("to", "+15005550010"))
                                .add(new JsonObject().put("to", "+15005550011").put("fallback", new JsonArray()))
                                .add(new JsonObject().put("to", "+15005550012").put("channel", "whatsapp")));

        JsonObject answer = json(gateway.post("/v1/messages/batch", body));

        JsonArray items = answer.getJsonArray("items");
        assertThat(answer.getInteger("accepted")).isEqualTo(2);
        assertThat(items.getJsonObject(2)
                        .getJsonObject("error")
                        .getJsonArray("errors")
                        .getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("pointer", "/messages/2/fallback/0")
                        .put("code", "channel_mismatch")
                        .put(
                                "detail",
                                "By this channel it needs more than its name; use an object with channel and to."));
        assertThat(shown(items.getJsonObject(0).getString("id")).getJsonArray("fallback"))
                .hasSize(1);
        assertThat(shown(items.getJsonObject(1).getString("id")).containsKey("fallback"))
                .isFalse();
        assertThat(gateway.sql()
                        .count("SELECT count(*) FROM message WHERE on_undelivered IS NOT NULL AND retry IS NOT NULL"))
                .isEqualTo(2);
    }

    @Test
    void are_answered_as_at_first_when_they_are_asked_for_again_after_they_were_followed() {
        JsonObject message = hello().put("fallback", new JsonArray().add("whatsapp"));
        String id = json(gateway.post("/v1/messages", message, "Idempotency-Key", "k"))
                .getString("id");
        sending(id);
        undelivered(id, "30005");

        HttpResponse<String> again = gateway.post("/v1/messages", message, "Idempotency-Key", "k");

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(json(again).getString("id")).isEqualTo(id);
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isEqualTo(2);
    }

    @Test
    void are_replayed_by_the_last_of_those_that_followed() {
        String first = accepted(hello().put("fallback", new JsonArray().add("whatsapp")));
        sending(first);
        undelivered(first, "30005");
        String second = shown(first).getString("fallback_id");

        assertThat(replay()).isEmpty();
        sending(second);
        undelivered(second, "63024");

        assertThat(replay()).containsExactly(second);
        assertThat(json(gateway.get("/v1/dead-letters")).getJsonArray("dead_letters").stream()
                        .map(letter -> ((JsonObject) letter).getString("fallback_id")))
                .containsExactly(null, second);
    }

    @Test
    void are_replayed_with_what_was_to_follow_them() {
        JsonArray fallback = new JsonArray().add("whatsapp").add(email().put("html", "<p>Hello</p>"));
        String id = accepted(hello().put("on_undelivered", "another_provider")
                .put("retry", new JsonObject().put("cap", "10s"))
                .put("fallback", fallback));
        sending(id);
        undelivered(id, "30005");
        gateway.sql().execute("DELETE FROM outbox; DELETE FROM message WHERE fallback_of IS NOT NULL");

        assertThat(replay()).containsExactly(id);

        JsonObject anew = shown(gateway.sql().text("SELECT id FROM message WHERE replay_of = '" + id + "'"));
        for (String field : List.of("on_undelivered", "retry", "fallback")) {
            assertThat(anew.getValue(field)).as(field).isEqualTo(shown(id).getValue(field));
        }
    }

    private static JsonObject hello() {
        return new JsonObject().put("to", "+15005550010").put("text", "Hello");
    }

    private static JsonObject email() {
        return new JsonObject()
                .put("channel", "email")
                .put("to", "ann@example.com")
                .put("subject", "Hi");
    }

    private static String accepted(JsonObject message) {
        HttpResponse<String> response = gateway.post("/v1/messages", message);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return json(response).getString("id");
    }

    private static void sending(String id) {
        gateway.sql()
                .execute("UPDATE message SET status = 'sending', attempt = 1, provider = 'twilio', claimed_at = now()"
                        + " WHERE id = '" + id + "'");
    }

    private static void undelivered(String id, String code) {
        TwilioPost.of("SM-" + id, "undelivered")
                .with("ErrorCode", code)
                .about(id, 1)
                .to(gateway);
    }

    private static JsonObject shown(String id) {
        return json(gateway.get("/v1/messages/" + id));
    }

    private static JsonObject listed() {
        return json(gateway.get("/v1/messages")).getJsonArray("messages").getJsonObject(0);
    }

    private static List<String> replay() {
        return json(gateway.post("/v1/dead-letters/replay", new JsonObject().put("filter", new JsonObject())))
                .getJsonArray("items")
                .stream()
                .map(item -> ((JsonObject) item).getString("id"))
                .toList();
    }

    private static Duration validity(JsonObject message) {
        return Duration.between(
                OffsetDateTime.parse(message.getString("created_at")),
                OffsetDateTime.parse(message.getString("expires_at")));
    }
}
