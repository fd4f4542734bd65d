package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingMessagesTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @Test
    void shows_a_message_as_it_was_asked_for() {
        JsonObject asked = new JsonObject()
                .put("to", "+15005550010")
                .put("text", "Hello ✓")
                .put("channel", "sms")
                .put("from", "Heliograph")
                .put("media_urls", new JsonArray().add("https://example.com/a.png"))
                .put("lane", "critical")
                .put(
                        "send_at",
                        OffsetDateTime.now(ZoneOffset.UTC)
                                .plusDays(1)
                                .withNano(0)
                                .withSecond(0)
                                .toString())
                .put("valid_for", "2h")
                .put("on_unknown", "resend")
                .put("reference", "table-7")
                .put("metadata", new JsonObject().put("branch", "north").put("n", 1.5));

        JsonObject shown = show(accept(asked));

        for (String field : List.of("to", "text", "channel", "from", "lane", "on_unknown", "reference")) {
            assertThat(shown.getString(field)).as(field).isEqualTo(asked.getString(field));
        }
        assertThat(shown.getJsonObject("metadata")).isEqualTo(asked.getJsonObject("metadata"));
        assertThat(shown.getJsonArray("media_urls")).isEqualTo(asked.getJsonArray("media_urls"));
        OffsetDateTime sendAt = OffsetDateTime.parse(asked.getString("send_at"));
        assertThat(OffsetDateTime.parse(shown.getString("send_at"))).isAtSameInstantAs(sendAt);
        assertThat(OffsetDateTime.parse(shown.getString("expires_at"))).isAtSameInstantAs(sendAt.plusHours(2));
        assertThat(shown.getString("send_at")).endsWith(":00Z");
        assertThat(shown.getString("status")).isEqualTo("scheduled");
        assertThat(shown.getInteger("segments")).isOne();
        assertThat(shown.getString("encoding")).isEqualTo("ucs2");
        assertThat(shown.getInteger("attempts_made")).isZero();
    }

    @Test
    void shows_an_email_as_it_was_asked_for_and_lists_it_without_its_html() {
        JsonObject asked = new JsonObject()
                .put("to", "Ann@Example.com")
                .put("channel", "email")
                .put("from", "tables@example.com")
                .put("subject", "Your table ✓")
                .put("text", "Your table is ready")
                .put("html", "<p>Your <b>table</b> is ready</p>");

        JsonObject shown = show(accept(asked));
        JsonObject listed = json(gateway.get("/v1/messages?to=Ann@example.com"))
                .getJsonArray("messages")
                .getJsonObject(0);

        for (String field : List.of("channel", "from", "subject", "text", "html")) {
            assertThat(shown.getString(field)).as(field).isEqualTo(asked.getString(field));
        }
        assertThat(shown.getString("to")).isEqualTo("Ann@example.com");
        assertThat(shown.getInteger("segments")).isZero();
        assertThat(shown.getString("encoding")).isEqualTo("utf8");
        assertThat(listed.getString("subject")).isEqualTo("Your table ✓");
        assertThat(listed.containsKey("html")).isFalse();
    }

    @Test
    void shows_the_registration_of_a_text() {
        JsonObject dlt = new JsonObject().put("template_id", "1707").put("variables", new JsonArray().add("123456"));

        JsonObject shown = show(accept(new JsonObject()
                .put("to", "+919000000001")
                .put("text", "Your code")
                .put("dlt", dlt)));

        assertThat(shown.getJsonObject("dlt")).isEqualTo(dlt);
    }

    @ParameterizedTest
    @CsvSource({
        "whatsapp:+15005550010, , , whatsapp, +15005550010",
        "+15005550010, whatsapp, whatsapp:+15005550006, whatsapp, +15005550010",
        "(500) 555-0010, , 12345, sms, +15005550010",
        "+91 98765 43210, sms, +1 500 555 0006, sms, +919876543210"
    })
    void stores_addresses_in_e164_without_their_prefix(
            String to, String channel, String from, String storedChannel, String storedTo) {
        JsonObject shown = show(accept(new JsonObject()
                .put("to", to)
                .put("channel", channel)
                .put("from", from)
                .put("text", "Hello")));

        assertThat(shown.getString("channel")).isEqualTo(storedChannel);
        assertThat(shown.getString("to")).isEqualTo(storedTo);
        assertThat(shown.getString("from")).isIn(null, "+15005550006", "12345");
    }

    @Test
    void takes_media_without_a_text() {
        JsonObject shown = show(accept(new JsonObject()
                .put("to", "+15005550010")
                .put("media_urls", new JsonArray().add("https://example.com/a.png"))));

        assertThat(shown.getString("text")).isEmpty();
    }

    @Test
    void tells_the_story_of_a_message_in_the_order_of_time() {
        String id = accept(hello());
        addAttempt(id, 1, null, "try_later");
        addAttempt(id, 2, "SM-1", "accepted");
        addReceipt(id, 2, "sent", "sent", 3);
        addReceipt(id, 2, "delivered", "delivered", 4);
        gateway.sql()
                .execute("UPDATE message SET status = 'delivered', attempt = 2, settled_at = now(), provider = 'twilio'"
                        + " WHERE id = '" + id + "'");

        JsonObject shown = show(id);

        assertThat(story(shown))
                .containsExactly(
                        "accepted", "queued", "sending 1", "queued 1", "sending 2", "sent 2 SM-1", "delivered SM-1");
        assertThat(shown.getJsonArray("attempts").stream()
                        .map(JsonObject.class::cast)
                        .map(attempt -> attempt.getInteger("n") + " " + attempt.getString("outcome")))
                .containsExactly("1 try_later", "2 accepted");
    }

    @Test
    void tells_that_a_message_is_being_sent_before_its_attempt_is_recorded() {
        String id = accept(hello());
        gateway.sql()
                .execute("UPDATE message SET status = 'sending', attempt = 1, claimed_at = now() WHERE id = '" + id
                        + "'");

        assertThat(story(show(id))).containsExactly("accepted", "queued", "sending 1");
    }

    @Test
    void tells_of_an_attempt_whose_receipt_overtook_its_record() {
        String id = accept(hello());
        addReceipt(id, 1, "delivered", "delivered", 3);
        gateway.sql()
                .execute(
                        "UPDATE message SET status = 'delivered', attempt = 1, claimed_at = created_at, settled_at = now()"
                                + " WHERE id = '" + id + "'");

        assertThat(story(show(id))).containsExactly("accepted", "queued", "sending 1", "delivered SM-1");
    }

    /** Given back unsent: there was no slot, the worker was stopping, or the provider was left alone. */
    @Test
    void does_not_count_claims_that_were_given_back_as_attempts() {
        String waiting = accept(hello());
        String sending = accept(hello());
        addAttempt(waiting, 2, null, "try_later");
        addAttempt(sending, 2, null, "try_later");
        gateway.sql()
                .execute("UPDATE message SET attempt = 7, claimed_at = created_at + interval '9 seconds' WHERE id IN ('"
                        + waiting + "', '" + sending + "')");
        gateway.sql().execute("UPDATE message SET status = 'sending' WHERE id = '" + sending + "'");

        assertThat(show(waiting).getInteger("attempts_made")).isOne();
        assertThat(story(show(waiting))).containsExactly("accepted", "queued", "sending 2", "queued 2");
        assertThat(show(sending).getInteger("attempts_made")).isEqualTo(2);
        assertThat(story(show(sending))).containsExactly("accepted", "queued", "sending 2", "queued 2", "sending 7");
        assertThat(json(gateway.get("/v1/messages")).getJsonArray("messages").stream()
                        .map(JsonObject.class::cast)
                        .map(message -> message.getInteger("attempts_made")))
                .containsExactly(2, 1);
    }

    @Test
    void tells_that_a_scheduled_message_waits_and_how_it_was_cancelled() {
        String id = accept(hello().put(
                        "send_at",
                        OffsetDateTime.now(ZoneOffset.UTC).plusHours(1).toString()));
        assertThat(story(show(id))).containsExactly("accepted", "scheduled");

        gateway.post("/v1/messages/" + id + "/cancel", "");

        JsonObject shown = show(id);
        assertThat(story(shown)).containsExactly("accepted", "scheduled", "canceled");
        assertThat(shown.getString("reason")).isEqualTo("canceled_by_account");
    }

    private static List<String> story(JsonObject message) {
        return message.getJsonArray("timeline").stream()
                .map(JsonObject.class::cast)
                .map(event -> event.getString("status")
                        + (event.containsKey("attempt") ? " " + event.getInteger("attempt") : "")
                        + (event.containsKey("provider_message_id")
                                ? " " + event.getString("provider_message_id")
                                : ""))
                .toList();
    }

    /** Attempt n began n seconds after the message was accepted, and took half a second. */
    private static void addAttempt(String id, int n, @Nullable String providerMessageId, String outcome) {
        gateway.sql()
                .execute(
                        "INSERT INTO attempt (message_id, n, provider, provider_message_id, outcome, started_at, finished_at)"
                                + " SELECT id, " + n + ", 'twilio', "
                                + (providerMessageId == null ? "NULL" : "'" + providerMessageId + "'") + ", '" + outcome
                                + "', created_at + interval '" + n + " seconds', created_at + interval '" + n
                                + ".5 seconds'"
                                + " FROM message WHERE id = '" + id + "'");
    }

    private static void addReceipt(String id, int attempt, String word, String status, int seconds) {
        gateway.sql()
                .execute("INSERT INTO callback (id, received_at, provider, message_id, attempt, provider_message_id,"
                        + " provider_status, status, dedupe_key, fields, applied_at) SELECT gen_random_uuid(), created_at"
                        + " + interval '" + seconds + " seconds', 'twilio', id, " + attempt + ", 'SM-1', '" + word
                        + "', '"
                        + status + "', '" + id + word + "', '{}', now() FROM message WHERE id = '" + id + "'");
    }

    private static JsonObject hello() {
        return new JsonObject().put("to", "+15005550010").put("text", "Hello");
    }

    private static String accept(JsonObject message) {
        HttpResponse<String> response = gateway.post("/v1/messages", message);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return json(response).getString("id");
    }

    private static JsonObject show(String id) {
        HttpResponse<String> response = gateway.get("/v1/messages/" + id);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }
}
