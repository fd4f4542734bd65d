package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is left of a person when a message was deleted or redacted by Twilio's API: nothing, wherever it was repeated. */
class TwilioErasingTest {
    private static final String DIGITS = "5005550010";

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    private final TwilioAccount account = TwilioAccount.of(gateway);

    @BeforeEach
    void listen() {
        gateway.sql()
                .execute(
                        "DELETE FROM event_listening;"
                                + " INSERT INTO event_listening VALUES ((SELECT min(id) FROM account), now() + interval '1 day')");
    }

    @Test
    void deletes_what_receipts_tell_of_the_person_before_and_after() {
        String id = TestMessages.in(gateway, "sending", 1);
        TwilioPost.of("SM1", "failed").about(id, 1).to(gateway);
        gateway.sql().execute("UPDATE callback SET recipient_digits = '" + DIGITS + "'");

        assertThat(account.delete(message(id)).statusCode()).isEqualTo(204);
        TwilioPost.of("SM1", "delivered").about(id, 1).to(gateway);

        assertThat(gateway.sql().count("SELECT count(*) FROM callback")).isEqualTo(2);
        assertThat(gateway.sql().text("SELECT string_agg(c::text, ' ') FROM callback c"))
                .doesNotContain(DIGITS);
        assertThat(gateway.sql().text("SELECT status FROM message WHERE id = '" + id + "'"))
                .isEqualTo("delivered");
    }

    @Test
    void tells_nothing_more_of_a_deleted_message() {
        String id = TestMessages.in(gateway, "sending", 1);
        TwilioPost.of("SM1", "sent").about(id, 1).to(gateway);

        account.delete(message(id));
        TwilioPost.of("SM1", "undelivered")
                .with("ErrorCode", "21610")
                .about(id, 1)
                .to(gateway);

        assertThat(gateway.sql().text("SELECT status || ' ' || reason FROM message WHERE id = '" + id + "'"))
                .isEqualTo("undelivered recipient_opted_out");
        assertThat(gateway.sql().text("SELECT string_agg(type, ' ' ORDER BY sequence) FROM event"))
                .isEqualTo("message.accepted message.sent");
        assertThat(gateway.sql().count("SELECT count(*) FROM suppression")).isZero();
    }

    @Test
    void deletes_what_followed_and_what_was_replayed_but_not_what_is_under_way() {
        String first = followed();
        String second = follower(first);
        undelivered(second);
        String third = replay();
        undelivered(third);
        String underWay = replay();

        assertThat(account.delete(message(first)).statusCode()).isEqualTo(204);

        assertThat(gateway.sql()
                        .text("SELECT string_agg(id::text, ' ' ORDER BY id) FROM message WHERE deleted_at IS NOT NULL"
                                + " AND recipient || body || coalesce(reference, '') = ''"))
                .isEqualTo(first + " " + second + " " + third);
        assertThat(gateway.sql()
                        .text("SELECT recipient || body FROM message WHERE deleted_at IS NULL AND id = '" + underWay
                                + "'"))
                .isEqualTo("+15005550010Hello");
        assertThat(json(gateway.get("/v1/ledger")).getBoolean("balanced")).isTrue();
    }

    @Test
    void redacts_what_followed_and_keeps_its_number() {
        String first = followed();
        String second = follower(first);
        undelivered(second);

        assertThat(account.post(message(first), "Body=").statusCode()).isEqualTo(200);

        assertThat(gateway.sql()
                        .text("SELECT string_agg(id || recipient || body, ' ' ORDER BY id) FROM message"
                                + " WHERE redacted_at IS NOT NULL"))
                .isEqualTo(first + "+15005550010 " + second + "+15005550010");
    }

    @Test
    void leaves_all_of_it_while_the_first_is_under_way() {
        String first = followed();
        String second = follower(first);
        undelivered(second);
        gateway.sql().execute("UPDATE message SET status = 'sending', settled_at = NULL WHERE id = '" + first + "'");

        assertThat(account.delete(message(first)).statusCode()).isEqualTo(409);
        assertThat(account.post(message(first), "Body=").statusCode()).isEqualTo(409);

        assertThat(gateway.sql().count("SELECT count(*) FROM message WHERE body = 'Hello'"))
                .isEqualTo(2);
    }

    /** Not delivered, and followed by WhatsApp. */
    private static String followed() {
        String id = json(gateway.post(
                        "/v1/messages",
                        new JsonObject()
                                .put("to", "+15005550010")
                                .put("text", "Hello")
                                .put("reference", "table-7")
                                .put("fallback", new JsonArray().add("whatsapp"))))
                .getString("id");
        undelivered(id);
        return id;
    }

    private static String follower(String id) {
        return gateway.sql().text("SELECT id FROM message WHERE fallback_of = '" + id + "'");
    }

    private static void undelivered(String id) {
        gateway.sql()
                .execute("DELETE FROM outbox WHERE message_id = '" + id
                        + "'; UPDATE message SET status = 'undelivered', attempt = 1, sent_at = NULL, settled_at = now(),"
                        + " reason = 'recipient_unreachable' WHERE id = '" + id + "'");
    }

    private static String replay() {
        JsonObject answer =
                json(gateway.post("/v1/dead-letters/replay", new JsonObject().put("filter", new JsonObject())));
        return answer.getJsonArray("items").getJsonObject(0).getString("replayed_as");
    }

    private static String message(String id) {
        return "/Messages/SM" + id.replace("-", "") + ".json";
    }
}
