package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which messages of people are taken, what is kept of them, and whose they are. */
class ReceivingInboundTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    private static int erase(String id, String... headers) {
        return gateway.send(gateway.request("/v1/inbound/" + id).DELETE(), headers)
                .statusCode();
    }

    private static final RunningGateway SECOND =
            new RunningGateway(gateway.sql().url());

    @BeforeEach
    void empty() {
        gateway.sql()
                .execute("DELETE FROM inbound_message; DELETE FROM suppression; DELETE FROM event;"
                        + " DELETE FROM event_listening; DELETE FROM inbound_turn; DELETE FROM dialog_line; DELETE FROM api_key WHERE account_id > 1;"
                        + " DELETE FROM account WHERE id > 1");
    }

    @AfterAll
    static void close() throws Exception {
        SECOND.close();
    }

    @Test
    void stores_a_message_with_all_its_fields_and_asks_twilio_to_send_nothing() {
        MultiMap form = InboundPost.twilioForm("SM1", "+15005550006", "Hello ä")
                .add("NewOfTwilio", "1")
                .add("NewOfTwilio", "2")
                .set("NumMedia", "1")
                .add("MediaUrl0", "https://api.twilio.com/media/1")
                .add("MediaContentType0", "image/jpeg");

        HttpResponse<String> response = InboundPost.twilio(gateway, form);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/xml");
        assertThat(response.body()).endsWith("<Response/>");
        JsonObject message = only();
        assertThat(message.getString("from")).isEqualTo(InboundPost.PERSON);
        assertThat(message.getString("to")).isEqualTo("+15005550006");
        assertThat(message.getString("text")).isEqualTo("Hello ä");
        assertThat(message.getValue("keyword")).isNull();
        assertThat(message.getJsonArray("media").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("url", "https://api.twilio.com/media/1")
                        .put("content_type", "image/jpeg"));
        JsonObject fields =
                json(gateway.get("/v1/inbound/" + message.getString("id"))).getJsonObject("fields");
        assertThat(fields.getJsonArray("NewOfTwilio")).containsExactly("1", "2");
        assertThat(fields.getString("FromZip")).isEmpty();
    }

    @Test
    void takes_whatsapp_plivo_and_textlocal_and_answers_as_each_expects() {
        HttpResponse<String> whatsapp =
                InboundPost.twilio(gateway, InboundPost.twilioForm("SM1", "whatsapp:+15005550006", "One"));
        HttpResponse<String> plivo = InboundPost.plivo(gateway, "u-1", "Two");
        HttpResponse<String> textlocal = InboundPost.textlocal(gateway, "Three");

        assertThat(whatsapp.statusCode()).isEqualTo(200);
        assertThat(plivo.body()).isEqualTo("<Response></Response>");
        assertThat(plivo.headers().firstValue("Content-Type")).contains("application/xml");
        assertThat(textlocal.headers().firstValue("Content-Type")).contains("text/plain");
        assertThat(gateway.sql()
                        .text("SELECT string_agg(provider || ' ' || channel || ' ' || sender || ' ' || recipient || ' '"
                                + " || body, ', ' ORDER BY id) FROM inbound_message"))
                .isEqualTo("twilio whatsapp +15005550010 +15005550006 One, plivo sms +15005550010 +15005550006 Two,"
                        + " textlocal sms +15005550010 +15005550006 Three");
    }

    @Test
    void promises_an_answer_where_a_number_talks_but_not_to_a_keyword_and_not_to_a_flood() {
        gateway.sql()
                .execute("INSERT INTO dialog_line (channel, number, account_id, dialog)"
                        + " VALUES ('whatsapp', '+15005550006', 1, 'booking');"
                        // Nobody takes them meanwhile.
                        + " ALTER TABLE inbound_turn ALTER due_at SET DEFAULT 'infinity'");
        for (int i = 0; i < 25; i++) {
            InboundPost.twilio(gateway, InboundPost.twilioForm("SM1" + i, "whatsapp:+15005550006", "Hello"));
        }
        InboundPost.twilio(gateway, InboundPost.twilioForm("SM2", "whatsapp:+15005550006", "STOP"));
        InboundPost.twilio(gateway, InboundPost.twilioForm("SM3", "+15005550006", "By SMS"));

        assertThat(gateway.sql()
                        .text(
                                "SELECT string_agg(DISTINCT dialog || ' ' || account_id || ' ' || channel || ' ' || number || ' '"
                                        + " || person || ' ' || topic, ', ') || ' ' || count(*) FROM inbound_turn"))
                .isEqualTo("booking 1 whatsapp +15005550006 +15005550010 whatsapp 20");
        assertThat(gateway.sql()
                        .text(
                                "SELECT bool_and(t.inbound_id = m.id)::text FROM (SELECT inbound_id, row_number() OVER (ORDER BY place) AS n"
                                        + " FROM inbound_turn) t JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM inbound_message) m"
                                        + " USING (n)"))
                .isEqualTo("true");
    }

    @Test
    void refuses_a_wrong_signature_or_secret_and_stores_nothing() {
        HttpResponse<String> twilio =
                InboundPost.twilio(gateway, InboundPost.twilioForm("SM1", "12345", "STOP"), "another token");
        HttpResponse<String> textlocal = gateway.sendAsIs(gateway.request("/callbacks/textlocal/inbound/guess")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("sender=1&inNumber=2&content=STOP")));

        assertThat(json(twilio).getString("code")).isEqualTo("bad_signature");
        assertThat(textlocal.statusCode()).isEqualTo(404);
        assertThat(gateway.sql().count("SELECT count(*) FROM inbound_message")).isZero();
    }

    @Test
    void refuses_what_is_no_message() {
        HttpResponse<String> response =
                InboundPost.twilio(gateway, MultiMap.caseInsensitiveMultiMap().add("MessageSid", "SM1"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).getString("code")).isEqualTo("not_an_inbound_message");
    }

    @Test
    void stores_a_message_once_however_often_and_wherever_it_comes() throws Exception {
        List<Integer> statuses = AtOnce.call(
                20,
                i -> InboundPost.twilio(i % 2 == 0 ? gateway : SECOND, "SM1", "STOP")
                        .statusCode());

        assertThat(statuses).containsOnly(200);
        assertThat(gateway.sql().count("SELECT count(*) FROM inbound_message")).isEqualTo(1);
        assertThat(gateway.sql().count("SELECT count(*) FROM message WHERE answers IS NOT NULL"))
                .isEqualTo(1);
    }

    @Test
    void belongs_to_the_only_account_and_answers_its_last_message_in_the_conversation() {
        String first = TestMessages.in(gateway, "sent", 1);
        String second = TestMessages.in(gateway, "sent", 1);
        String neverLeft = TestMessages.queued(gateway);

        InboundPost.twilio(gateway, "SM1", "Thanks");

        assertThat(only().getString("in_reply_to"))
                .isEqualTo(second)
                .isNotEqualTo(first)
                .isNotEqualTo(neverLeft);
    }

    @Test
    void belongs_to_the_account_that_wrote_last_from_that_number_to_that_person() {
        String other = TestAccounts.add(gateway, "other", "messages:read", "messages:write");
        String id = json(gateway.post(
                        "/v1/messages",
                        new JsonObject()
                                .put("to", InboundPost.PERSON)
                                .put("from", "12345")
                                .put("text", "Hello"),
                        "Authorization",
                        "Bearer " + other))
                .getString("id");
        gateway.sql().execute("UPDATE message SET attempt = 1 WHERE id = '" + id + "'");

        InboundPost.twilio(gateway, "SM1", "To the short code");
        InboundPost.twilio(gateway, InboundPost.twilioForm("SM2", "+15005550006", "To another number"));

        assertThat(gateway.sql()
                        .text("SELECT string_agg(coalesce(a.name, 'nobody') || ' ' || (in_reply_to = '" + id
                                + "'), ', ' ORDER BY i.id) FROM inbound_message i JOIN account a ON a.id = account_id"))
                .isEqualTo("other true");
        assertThat(gateway.sql().count("SELECT count(*) FROM inbound_message WHERE account_id IS NULL"))
                .isEqualTo(1);
        assertThat(json(gateway.get("/v1/inbound")).getJsonArray("inbound")).isEmpty();
        assertThat(gateway.metric("heliograph_inbound_total{result=\"nobodys\"}"))
                .isPositive();
    }

    @Test
    void tells_listeners_of_every_message_in_the_same_commit() {
        gateway.sql()
                .execute(
                        "INSERT INTO event_listening VALUES ((SELECT min(id) FROM account), now() + interval '1 day')");

        InboundPost.twilio(gateway, "SM1", "Perhaps tomorrow");
        InboundPost.twilio(gateway, "SM1", "Perhaps tomorrow");

        assertThat(gateway.sql()
                        .text("SELECT string_agg(type || ' ' || (data ->> 'from') || ' ' || (data ->> 'text'), ', ')"
                                + " FROM event"))
                .isEqualTo("inbound.received +15005550010 Perhaps tomorrow");
    }

    @Test
    void erases_a_message_and_what_its_event_tells_of_it() {
        gateway.sql()
                .execute(
                        "INSERT INTO event_listening VALUES ((SELECT min(id) FROM account), now() + interval '1 day')");
        InboundPost.twilio(gateway, "SM1", "Perhaps tomorrow");
        InboundPost.twilio(gateway, "SM2", "Perhaps today");
        String id = gateway.sql().text("SELECT id FROM inbound_message WHERE body = 'Perhaps tomorrow'");
        String stranger = TestAccounts.add(gateway, "stranger", "messages:read", "messages:write");
        String reader = TestAccounts.add(gateway, "reader", "messages:read");

        assertThat(erase(id, "Authorization", "Bearer " + stranger)).isEqualTo(404);
        assertThat(erase(id, "Authorization", "Bearer " + reader)).isEqualTo(403);
        assertThat(erase(id)).isEqualTo(204);
        assertThat(erase(id)).isEqualTo(404);

        assertThat(texts("")).containsExactly("Perhaps today");
        assertThat(gateway.get("/v1/inbound/" + id).statusCode()).isEqualTo(404);
        String kept = gateway.sql()
                .text("SELECT (SELECT string_agg(i::text, ' ') FROM inbound_message i WHERE id = '" + id + "') || ' '"
                        + " || (SELECT string_agg(e::text, ' ') FROM event e WHERE data ->> 'id' = '" + id + "')");
        assertThat(kept).doesNotContain("tomorrow", InboundPost.PERSON.substring(1));
        assertThat(gateway.sql().text("SELECT string_agg(data ->> 'text', ',' ORDER BY sequence) FROM event"))
                .isEqualTo(",Perhaps today");
        InboundPost.twilio(gateway, "SM1", "Perhaps tomorrow");
        assertThat(texts("")).containsExactly("Perhaps today");
    }

    @Test
    void lists_by_person_number_keyword_and_page_and_only_the_callers_own() {
        InboundPost.twilio(gateway, "SM1", "Stop.");
        InboundPost.twilio(gateway, InboundPost.twilioForm("SM2", "+15005550006", "Hello"));

        assertThat(texts("?limit=1")).containsExactly("Hello");
        String cursor = json(gateway.get("/v1/inbound?limit=1")).getString("next_cursor");
        assertThat(texts("?limit=1&cursor=" + cursor)).containsExactly("Stop.");
        assertThat(texts("?keyword=stop")).containsExactly("Stop.");
        assertThat(texts("?to=12345")).containsExactly("Stop.");
        assertThat(texts("?from=%2B15005550010")).hasSize(2);
        assertThat(texts("?from=%2B15005550011")).isEmpty();
        HttpResponse<String> wrong = gateway.get("/v1/inbound?from=nobody&limit=0&keyword=perhaps&more=1");
        assertThat(json(wrong).getJsonArray("errors")).hasSize(4);
        assertThat(gateway.get("/v1/inbound/00000000-0000-7000-8000-000000000000")
                        .statusCode())
                .isEqualTo(404);
    }

    private static List<Object> texts(String query) {
        return json(gateway.get("/v1/inbound" + query)).getJsonArray("inbound").stream()
                .map(message -> (Object) ((JsonObject) message).getString("text"))
                .toList();
    }

    private static JsonObject only() {
        List<Object> inbound = json(gateway.get("/v1/inbound")).getJsonArray("inbound").stream()
                .toList();
        assertThat(inbound).hasSize(1);
        return (JsonObject) inbound.getFirst();
    }
}
