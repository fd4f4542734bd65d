package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the Twilio-compatible API shows and lists, on the wire. */
class TwilioApiListsTest {
    private static final String HELLO = "To=%2B15005550010&From=%2B15005550006&Body=Hello";

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    private final TwilioAccount account = TwilioAccount.of(gateway);

    @BeforeEach
    void empty() {
        gateway.sql().execute("DELETE FROM inbound_message");
    }

    /** Twilio's Python SDK takes the one key that it does not know for the list. */
    @Test
    void answers_a_page_with_nothing_but_what_a_page_has() {
        account.post("/Messages.json", HELLO);
        account.post("/Messages.json", HELLO);

        JsonObject page = json(account.get("/Messages.json?PageSize=1&To=%2B15005550010"));

        assertThat(page.fieldNames())
                .containsExactly(
                        "first_page_uri",
                        "end",
                        "previous_page_uri",
                        "messages",
                        "uri",
                        "page_size",
                        "start",
                        "next_page_uri",
                        "page");
        assertThat(page.getString("next_page_uri"))
                .startsWith("/2010-04-01/Accounts/" + account.sid()
                        + "/Messages.json?To=%2B15005550010&PageSize=1&Page=1&PageToken=PASM");
        JsonObject empty = json(account.get("/Messages.json?To=%2B15005550099"));
        assertThat(empty.getJsonArray("messages")).isEmpty();
        assertThat(empty.getInteger("start")).isZero();
        assertThat(empty.getInteger("end")).isZero();
    }

    /** Twilio's SDKs have no days: who means one names its first second. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DateSent=2026-11-01                        | 1",
                "DateSent=2026-11-01T00:00:00Z              | 1",
                "DateSent=2026-11-01T00:00:00               | 1",
                "DateSent=2026-10-31T23:00:00-05:00         | 1",
                "DateSent=2026-10-31                        | 0",
                "DateSent%3E=2026-11-01T12:00:00Z           | 1",
                "DateSent%3E=2026-11-01T12:00:01Z           | 0",
                "DateSent%3C=2026-11-01T12:00:00Z           | 1",
                "DateSent%3C=2026-11-01T11:59:59Z           | 0",
                "DateSent%3E=2026-11-01T13:00:00%2B01:00    | 1",
                "DateSent%3E=2026-11-01&DateSent%3C=2026-11-01 | 1",
            })
    void filters_by_the_day_or_the_second_of_sending(String query, int found) {
        String id = TestMessages.in(gateway, "sent", 1);
        gateway.sql()
                .execute(
                        "UPDATE message SET id = overlay(uuid_v7_floor('2026-11-01T11:00Z')::text PLACING '1' FROM 36)::uuid,"
                                + " sent_at = '2026-11-01T12:00:00.5Z' WHERE id = '" + id + "'");

        assertThat(json(account.get("/Messages.json?" + query)).getJsonArray("messages"))
                .hasSize(found);
    }

    @Test
    void shows_messages_that_came_another_way_but_no_email() {
        String id = TestMessages.queued(gateway);
        String email = json(gateway.post(
                        "/v1/messages",
                        "{\"channel\":\"email\",\"to\":\"ann@example.com\",\"subject\":\"Hi\",\"text\":\"Hello\"}"))
                .getString("id");

        JsonObject page = json(account.get("/Messages.json"));

        assertThat(page.getJsonArray("messages")).hasSize(1);
        assertThat(page.getJsonArray("messages").getJsonObject(0).getString("sid"))
                .isEqualTo("SM" + id.replace("-", ""));
        isRefused(account.get("/Messages/SM" + email.replace("-", "") + ".json"), 404, 20404);
        isRefused(account.post("/Messages/SM" + email.replace("-", "") + ".json", "Status=canceled"), 404, 20404);
        assertThat(gateway.sql().state(email)).isEqualTo("queued promised");
    }

    @Test
    void tells_the_answer_to_a_keyword_from_what_was_sent_by_the_api() {
        TestMessages.queued(gateway);
        InboundPost.twilio(gateway, "SM1", "HELP");

        assertThat(json(account.get("/Messages.json")).getJsonArray("messages").stream()
                        .map(message -> ((JsonObject) message).getString("direction")))
                .containsExactly("outbound-reply", "inbound", "outbound-api");
    }

    @Test
    void shows_and_lists_what_people_write_among_what_was_sent() {
        String sent = TestMessages.queued(gateway);
        InboundPost.twilio(
                gateway,
                InboundPost.twilioForm("SM1", "whatsapp:+15005550006", "One")
                        .set("NumMedia", "1")
                        .add("MediaUrl0", "https://api.twilio.com/media/1")
                        .add("MediaContentType0", "image/jpeg"));
        String sentLater = TestMessages.queued(gateway);
        InboundPost.twilio(gateway, InboundPost.twilioForm("SM2", "+15005550006", "Two"));
        String one = "MM" + hex(gateway.sql().text("SELECT id FROM inbound_message WHERE body = 'One'"));
        String two = "SM" + hex(gateway.sql().text("SELECT id FROM inbound_message WHERE body = 'Two'"));

        JsonObject shown = json(account.get("/Messages/" + one + ".json"));

        assertThat(shown.getString("direction")).isEqualTo("inbound");
        assertThat(shown.getString("status")).isEqualTo("received");
        assertThat(shown.getString("from")).isEqualTo("whatsapp:+15005550010");
        assertThat(shown.getString("to")).isEqualTo("whatsapp:+15005550006");
        assertThat(shown.getString("body")).isEqualTo("One");
        assertThat(shown.getString("num_media")).isEqualTo("1");
        assertThat(shown.getString("date_sent")).isEqualTo(shown.getString("date_created"));
        assertThat(json(account.get("/Messages/" + one + "/Media.json")).getJsonArray("media_list"))
                .hasSize(1);
        assertThat(sids(json(account.get("/Messages.json"))))
                .containsExactly(two, "SM" + hex(sentLater), one, "SM" + hex(sent));
        JsonObject first = json(account.get("/Messages.json?PageSize=3"));
        JsonObject second = json(account.get(ofAccount(first.getString("next_page_uri"))));
        assertThat(sids(first)).containsExactly(two, "SM" + hex(sentLater), one);
        assertThat(sids(second)).containsExactly("SM" + hex(sent));
        assertThat(sids(json(account.get(ofAccount(second.getString("previous_page_uri"))))))
                .containsExactly(two, "SM" + hex(sentLater), one);
        assertThat(sids(json(account.get("/Messages.json?From=%2B15005550010"))))
                .containsExactly(two);
        assertThat(sids(json(account.get("/Messages.json?To=whatsapp:%2B15005550006"))))
                .containsExactly(one);
        isRefused(account.delete("/Messages/" + one + ".json"), 404, 20404);
    }

    private String ofAccount(String uri) {
        return uri.substring(("/2010-04-01/Accounts/" + account.sid()).length());
    }

    private static List<String> sids(JsonObject page) {
        return page.getJsonArray("messages").stream()
                .map(message -> ((JsonObject) message).getString("sid"))
                .toList();
    }

    private static String hex(String id) {
        return id.replace("-", "");
    }

    private static void isRefused(HttpResponse<String> response, int status, int code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(json(response).fieldNames()).containsExactly("code", "message", "more_info", "status");
        assertThat(json(response).getInteger("code")).isEqualTo(code);
        assertThat(json(response).getInteger("status")).isEqualTo(status);
        assertThat(json(response).getString("more_info")).isEqualTo("https://www.twilio.com/docs/errors/" + code);
    }
}
