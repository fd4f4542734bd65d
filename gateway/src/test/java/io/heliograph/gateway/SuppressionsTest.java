package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever wants no messages is asked for none, from the moment that it is said. */
class SuppressionsTest {
    private static final String PERSON = InboundPost.PERSON;

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @BeforeEach
    void empty() {
        gateway.sql()
                .execute("DELETE FROM inbound_message; DELETE FROM suppression; DELETE FROM consent_change;"
                        + " DELETE FROM event; DELETE FROM event_listening;"
                        // A number that nobody's sender has is the only account's.
                        + " DELETE FROM api_key WHERE account_id > (SELECT min(id) FROM account);"
                        + " DELETE FROM account WHERE id > (SELECT min(id) FROM account)");
    }

    @Test
    void refuses_a_message_to_who_said_stop_and_stores_nothing_of_it() {
        InboundPost.twilio(gateway, "SM1", "STOP");
        gateway.sql().execute("DELETE FROM message; DELETE FROM outbox");

        HttpResponse<String> named =
                gateway.post("/v1/messages", message(PERSON).put("from", "12345"));
        HttpResponse<String> nameless = gateway.post("/v1/messages", message(PERSON));
        HttpResponse<String> otherSender =
                gateway.post("/v1/messages", message(PERSON).put("from", "54321"));
        HttpResponse<String> otherChannel = gateway.post("/v1/messages", message("whatsapp:" + PERSON));

        assertThat(named.statusCode()).isEqualTo(422);
        assertThat(json(named).getString("code")).isEqualTo("recipient_opted_out");
        assertThat(nameless.statusCode()).isEqualTo(422);
        assertThat(otherSender.statusCode()).isEqualTo(202);
        assertThat(otherChannel.statusCode()).isEqualTo(202);
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isEqualTo(2);
    }

    @Test
    void a_refused_message_leaves_its_key_free_and_an_accepted_one_keeps_its_answer() {
        String before = json(gateway.post("/v1/messages", message(PERSON), "Idempotency-Key", "before"))
                .getString("id");
        String id = suppress(PERSON).getString("id");

        HttpResponse<String> refused = gateway.post("/v1/messages", message(PERSON), "Idempotency-Key", "k");
        HttpResponse<String> repeated = gateway.post("/v1/messages", message(PERSON), "Idempotency-Key", "before");
        lift(id);
        HttpResponse<String> accepted = gateway.post("/v1/messages", message(PERSON), "Idempotency-Key", "k");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(repeated).getString("id")).isEqualTo(before);
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Idempotent-Replayed")).isEmpty();
    }

    @Test
    void an_item_of_a_batch_is_refused_alone_and_again_when_the_batch_is_repeated() {
        String id = suppress(PERSON).getString("id");
        JsonObject batch = batch("+15005550011", PERSON, "+15005550012");

        JsonObject first = json(gateway.post("/v1/messages/batch", batch, "Idempotency-Key", "b"));
        lift(id);
        JsonObject again = json(gateway.post("/v1/messages/batch", batch, "Idempotency-Key", "b"));

        assertThat(first.getInteger("accepted")).isEqualTo(2);
        assertThat(first.getJsonArray("items")
                        .getJsonObject(1)
                        .getJsonObject("error")
                        .getString("code"))
                .isEqualTo("recipient_opted_out");
        assertThat(again).isEqualTo(first);
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isEqualTo(2);
    }

    @Test
    void a_batch_of_which_all_is_refused_leaves_its_key_free() {
        String id = suppress(PERSON).getString("id");

        HttpResponse<String> refused =
                gateway.post("/v1/messages/batch", batch(PERSON, PERSON), "Idempotency-Key", "b");
        lift(id);
        HttpResponse<String> other = gateway.post("/v1/messages/batch", batch(PERSON), "Idempotency-Key", "b");

        assertThat(json(refused).getString("code")).isEqualTo("no_item_accepted");
        assertThat(other.statusCode()).isEqualTo(202);
    }

    @Test
    void adds_lists_and_lifts_with_source_and_proof_and_keeps_the_trail() {
        HttpResponse<String> added = put(new JsonObject()
                .put("person", "(500) 555-0010")
                .put("sender", "12345")
                .put("source", "hotline")
                .put("proof", "call 77"));
        HttpResponse<String> again = put(
                new JsonObject().put("person", PERSON).put("sender", "12345").put("source", "something else"));
        JsonObject suppression = json(added);

        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again)).isEqualTo(suppression);
        assertThat(suppression.getString("person")).isEqualTo(PERSON);
        assertThat(suppression.getString("by")).isEqualTo("account");
        assertThat(listed("?person=%2B15005550010&channel=sms")).containsExactly(suppression);
        assertThat(listed("?channel=email")).isEmpty();

        HttpResponse<String> lifted = lift(suppression.getString("id"));

        assertThat(lifted.statusCode()).isEqualTo(200);
        assertThat(json(lifted).getString("lifted_at")).isNotNull();
        assertThat(lift(suppression.getString("id")).statusCode()).isEqualTo(404);
        assertThat(listed("")).isEmpty();
        assertThat(gateway.sql()
                        .text("SELECT string_agg(change || ' ' || changed_by || ' ' || source || ' ' || proof, ', '"
                                + " ORDER BY changed_at) FROM consent_change"))
                .isEqualTo("opted_out account hotline call 77, opted_in account web form form 12");
    }

    @Test
    void tells_all_mistakes_at_once() {
        HttpResponse<String> wrong = put(new JsonObject()
                .put("channel", "pigeon")
                .put("person", "nobody")
                .put("sender", "???")
                .put("more", 1));

        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(json(wrong).getJsonArray("errors").stream().map(error -> ((JsonObject) error).getString("pointer")))
                .containsExactlyInAnyOrder("/channel", "/person", "/sender", "/source", "/more");
        assertThat(gateway.get("/v1/suppressions?person=nobody&limit=0").statusCode())
                .isEqualTo(400);
    }

    @Test
    void takes_email_addresses_too() {
        HttpResponse<String> added = put(new JsonObject()
                .put("channel", "email")
                .put("person", "Ann@Example.com")
                .put("source", "unsubscribed"));
        HttpResponse<String> refused = gateway.post(
                "/v1/messages",
                new JsonObject()
                        .put("channel", "email")
                        .put("to", "Ann@example.com")
                        .put("subject", "News")
                        .put("text", "Hello"));

        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(json(refused).getString("code")).isEqualTo("recipient_opted_out");
    }

    @Test
    void belongs_to_one_account_and_asks_for_its_scopes() {
        String other = TestAccounts.add(gateway, "other", "messages:read", "messages:write");
        String reader = TestAccounts.add(gateway, "reader", "messages:read");
        String id = suppress(PERSON).getString("id");

        HttpResponse<String> sent = gateway.post("/v1/messages", message(PERSON), "Authorization", "Bearer " + other);
        HttpResponse<String> foreign = gateway.send(
                gateway.request("/v1/suppressions/" + id)
                        .method("DELETE", BodyPublishers.ofString("{\"source\": \"x\"}")),
                "Authorization",
                "Bearer " + other);
        HttpResponse<String> unscoped = gateway.send(
                gateway.request("/v1/suppressions").PUT(BodyPublishers.ofString("{}")),
                "Authorization",
                "Bearer " + reader);

        assertThat(sent.statusCode()).isEqualTo(202);
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(unscoped.statusCode()).isEqualTo(403);
    }

    @Test
    void a_receipt_that_says_so_opts_out_and_listeners_are_told() {
        gateway.sql()
                .execute(
                        "INSERT INTO event_listening VALUES ((SELECT min(id) FROM account), now() + interval '1 day')");
        String id = TestMessages.in(gateway, "sent", 1);

        TwilioPost.of("SM1", "failed").with("ErrorCode", "21610").about(id, 1).to(gateway);

        assertThat(gateway.sql().state(id)).isEqualTo("failed settled");
        assertThat(gateway.sql()
                        .text("SELECT (data ->> 'change') || ' ' || (data ->> 'by') || ' ' || (data ->> 'message_id')"
                                + " FROM event WHERE type = 'consent.changed'"))
                .isEqualTo("opted_out provider " + id);
        assertThat(gateway.post("/v1/messages", message(PERSON)).statusCode()).isEqualTo(422);
    }

    @Test
    void a_receipt_of_a_message_from_before_start_does_not_opt_out_again() {
        String before = sentFromShortCode();
        String nameless = TestMessages.in(gateway, "sent", 1);
        InboundPost.twilio(gateway, "SM1", "STOP");
        InboundPost.twilio(gateway, "SM2", "START");
        String after = sentFromShortCode();

        optedOut(before);
        optedOut(nameless);
        assertThat(listed("")).isEmpty();

        optedOut(after);
        assertThat(listed("")).hasSize(1);
    }

    @Test
    void a_receipt_of_a_deleted_message_opts_nobody_out() {
        String id = TestMessages.in(gateway, "sent", 1);
        gateway.sql().execute("UPDATE message SET recipient = ''");

        optedOut(id);

        assertThat(gateway.sql().state(id)).isEqualTo("failed settled");
        assertThat(gateway.sql().count("SELECT count(*) FROM suppression")).isZero();
    }

    private static String sentFromShortCode() {
        String id = TestMessages.in(gateway, "sent", 1);
        gateway.sql().execute("UPDATE message SET sender = '" + InboundPost.SHORT_CODE + "' WHERE id = '" + id + "'");
        return id;
    }

    private static void optedOut(String id) {
        TwilioPost.of("SM" + id, "failed")
                .with("ErrorCode", "21610")
                .about(id, 1)
                .to(gateway);
    }

    private static JsonObject message(String to) {
        return new JsonObject().put("to", to).put("text", "Hello");
    }

    private static JsonObject batch(String... to) {
        JsonArray messages = new JsonArray();
        for (String one : to) {
            messages.add(message(one));
        }
        return new JsonObject().put("messages", messages);
    }

    private static JsonObject suppress(String person) {
        return json(put(new JsonObject().put("person", person).put("source", "test")));
    }

    private static HttpResponse<String> put(JsonObject body) {
        return gateway.send(gateway.request("/v1/suppressions").PUT(BodyPublishers.ofString(body.encode())));
    }

    private static HttpResponse<String> lift(String id) {
        JsonObject body = new JsonObject().put("source", "web form").put("proof", "form 12");
        return gateway.send(
                gateway.request("/v1/suppressions/" + id).method("DELETE", BodyPublishers.ofString(body.encode())));
    }

    private static JsonArray listed(String query) {
        return json(gateway.get("/v1/suppressions" + query)).getJsonArray("suppressions");
    }
}
