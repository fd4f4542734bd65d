package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.rest.api.v2010.account.MessageReader;
import com.twilio.rest.api.v2010.account.message.Feedback;
import com.twilio.rest.api.v2010.account.message.Media;
import com.twilio.security.RequestValidator;
import com.twilio.type.PhoneNumber;
import io.heliograph.contract.TwilioSignature;
import io.vertx.core.MultiMap;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Twilio's own Java SDK, as it is, against the gateway. */
class TwilioJavaSdkTest {
    private static final PhoneNumber TO = new PhoneNumber("+15005550010");
    private static final PhoneNumber FROM = new PhoneNumber("+15005550006");

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    private final TwilioAccount account = TwilioAccount.of(gateway);
    private final TwilioRestClient sdk = account.sdk();

    @Test
    void creates_a_message_that_is_queued_and_promised() {
        Message message = Message.creator(TO, FROM, "Your table is ready & waiting; 50% + more")
                .setStatusCallback("https://shop.example.com/status?order=4711")
                .setValidityPeriod(600)
                .create(sdk);

        assertThat(message.getSid()).matches("SM[0-9a-f]{32}");
        assertThat(message.getStatus()).isEqualTo(Message.Status.QUEUED);
        assertThat(message.getDirection()).isEqualTo(Message.Direction.OUTBOUND_API);
        assertThat(message.getDateCreated()).isNotNull();
        assertThat(message.getDateSent()).isNull();
        assertThat(message.getNumSegments()).isEqualTo("1");
        assertThat(message.getErrorCode()).isNull();
        assertThat(gateway.sql().state(id(message))).isEqualTo("queued promised");
        assertThat(gateway.sql()
                        .text(
                                "SELECT concat_ws('|', channel, recipient, sender, body, status_callback, expires_at - created_at)"
                                        + " FROM message"))
                .isEqualTo("sms|+15005550010|+15005550006|Your table is ready & waiting; 50% + more"
                        + "|https://shop.example.com/status?order=4711|00:10:00");
    }

    @Test
    void leaves_the_sender_to_the_route_for_a_messaging_service() {
        Message message =
                Message.creator(TO, TwilioAccount.MESSAGING_SERVICE, "Hello").create(sdk);

        assertThat(message.getStatus()).isEqualTo(Message.Status.ACCEPTED);
        assertThat(message.getMessagingServiceSid()).isEqualTo(TwilioAccount.MESSAGING_SERVICE);
        assertThat(message.getFrom()).isNull();
        assertThat(message.getNumSegments()).isEqualTo("0");
    }

    @Test
    void creates_whatsapp_messages_by_their_prefix() {
        Message message = Message.creator(
                        new PhoneNumber("whatsapp:+15005550010"), new PhoneNumber("whatsapp:+15005550006"), "Hello")
                .create(sdk);

        assertThat(message.getTo()).isEqualTo("whatsapp:+15005550010");
        assertThat(gateway.sql().text("SELECT channel || recipient FROM message"))
                .isEqualTo("whatsapp+15005550010");
    }

    @Test
    void replaces_what_makes_three_messages_of_one_when_asked_to() {
        Message message =
                Message.creator(TO, FROM, "“It’s” ready…").setSmartEncoded(true).create(sdk);

        assertThat(message.getBody()).isEqualTo("\"It's\" ready...");
    }

    @Test
    void schedules_a_message_and_takes_it_back() {
        Message later = Message.creator(TO, TwilioAccount.MESSAGING_SERVICE, "Later")
                .setScheduleType(Message.ScheduleType.FIXED)
                .setSendAt(ZonedDateTime.now(ZoneOffset.UTC).plusHours(1))
                .create(sdk);
        assertThat(later.getStatus()).isEqualTo(Message.Status.SCHEDULED);

        Message canceled = Message.updater(later.getSid())
                .setStatus(Message.UpdateStatus.CANCELED)
                .update(sdk);

        assertThat(canceled.getStatus()).isEqualTo(Message.Status.CANCELED);
        assertThat(gateway.sql().state(id(later))).isEqualTo("canceled settled");
    }

    @Test
    void refuses_to_take_back_what_has_left() {
        String sid = sid(settled("sent"));

        refuses(
                30409,
                409,
                () -> Message.updater(sid)
                        .setStatus(Message.UpdateStatus.CANCELED)
                        .update(sdk));
    }

    @Test
    void redacts_what_is_final_and_nothing_else() {
        String sid = sid(settled("delivered"));
        Message underWay = Message.creator(TO, FROM, "Hello").create(sdk);

        assertThat(Message.updater(sid).setBody("").update(sdk).getBody()).isEmpty();
        refuses(20009, 409, () -> Message.updater(underWay.getSid()).setBody("").update(sdk));
        refuses(30400, 400, () -> Message.updater(sid).setBody("other").update(sdk));
    }

    @Test
    void deletes_what_is_final_from_every_view_and_keeps_the_ledger() {
        String id = settled("delivered");
        Message underWay = Message.creator(TO, FROM, "Hello").create(sdk);

        assertThat(Message.deleter(sid(id)).delete(sdk)).isTrue();

        refuses(20404, 404, () -> Message.fetcher(sid(id)).fetch(sdk));
        refuses(20404, 404, () -> Message.deleter(sid(id)).delete(sdk));
        refuses(20009, 409, () -> Message.deleter(underWay.getSid()).delete(sdk));
        assertThat(sids(Message.reader())).containsExactly(underWay.getSid());
        assertThat(gateway.get("/v1/messages/" + id).statusCode()).isEqualTo(404);
        assertThat(json(gateway.get("/v1/messages")).getJsonArray("messages")).hasSize(1);
        assertThat(gateway.sql().text("SELECT recipient || body FROM message WHERE id = '" + id + "'"))
                .isEmpty();
        assertThat(json(gateway.get("/v1/ledger")).getBoolean("balanced")).isTrue();
        assertThat(json(gateway.get("/v1/ledger")).getInteger("accepted")).isEqualTo(2);
    }

    @Test
    void shows_and_deletes_media() {
        Message message = new MessageCreator(TO, FROM, "")
                .setMediaUrl(List.of(URI.create("https://example.com/a.png"), URI.create("https://example.com/b.pdf")))
                .create(sdk);
        assertThat(message.getSid()).startsWith("MM");
        List<Media> media = StreamSupport.stream(
                        Media.reader(message.getSid()).read(sdk).spliterator(), false)
                .toList();
        settle(id(message), "delivered");

        assertThat(media).extracting(Media::getContentType).containsExactly("image/png", "application/pdf");
        String second = media.get(1).getSid();
        assertThat(Media.fetcher(message.getSid(), second).fetch(sdk).getParentSid())
                .isEqualTo(message.getSid());
        assertThat(Media.deleter(message.getSid(), second).delete(sdk)).isTrue();
        refuses(20404, 404, () -> Media.fetcher(message.getSid(), second).fetch(sdk));
        assertThat(Message.fetcher(message.getSid()).fetch(sdk).getNumMedia()).isEqualTo("1");
    }

    @Test
    void notes_feedback() {
        Message message = Message.creator(TO, FROM, "Hello").create(sdk);

        Feedback feedback = Feedback.creator(message.getSid())
                .setOutcome(Feedback.Outcome.UNCONFIRMED)
                .create(sdk);

        assertThat(feedback.getOutcome()).isEqualTo(Feedback.Outcome.UNCONFIRMED);
        assertThat(gateway.sql().text("SELECT feedback FROM message")).isEqualTo("unconfirmed");
    }

    @Test
    void lets_in_nobody_with_a_wrong_token_or_another_account() {
        refuses(20003, 401, () -> create(account.sdk(account.sid(), "wrong")));
        refuses(20003, 401, () -> create(account.sdk("AC" + "0".repeat(32), account.token())));
        String others = TestAccounts.add(gateway, "other", "messages:write", "messages:read");
        refuses(20003, 401, () -> create(account.sdk("SK" + "0".repeat(32), others)));
    }

    @Test
    void takes_an_api_key_as_the_password_with_its_scopes() {
        String reader = TestAccounts.add(gateway, "default", "messages:read");

        create(account.sdk("SK" + "0".repeat(32), RunningGateway.API_KEY));

        TwilioRestClient readingSdk = account.sdk("SK" + "0".repeat(32), reader);
        assertThat(Message.reader().firstPage(readingSdk).getRecords()).hasSize(1);
        refuses(20003, 403, () -> create(readingSdk));
    }

    @Test
    void takes_a_token_until_its_overlap_is_over() {
        String before = account.token();
        gateway.post("/v1/account/rotate-twilio-token", "{\"overlap\":\"1h\"}");
        String after = TwilioAccount.of(gateway).token();
        assertThat(after).isNotEqualTo(before);

        create(account.sdk(account.sid(), before));
        create(account.sdk(account.sid(), after));

        gateway.post("/v1/account/rotate-twilio-token", "{\"overlap\":\"0s\"}");
        refuses(20003, 401, () -> create(account.sdk(account.sid(), before)));
        refuses(20003, 401, () -> create(account.sdk(account.sid(), after)));
    }

    @Test
    void signs_callbacks_so_that_the_validator_takes_them() {
        Map<String, String> parameters = Map.of(
                "AccountSid", account.sid(),
                "ApiVersion", "2010-04-01",
                "From", "+15005550006",
                "To", "+15005550010",
                "MessageSid", "SM" + "1".repeat(32),
                "MessageStatus", "undelivered",
                "ErrorCode", "30003",
                "SmsSid", "SM" + "1".repeat(32),
                "SmsStatus", "undelivered");
        String url = "https://shop.example.com:8443/status?order=47%2011&a=b";
        String signature = new TwilioSignature(account.token())
                .sign(url, MultiMap.caseInsensitiveMultiMap().addAll(parameters));

        assertThat(new RequestValidator(account.token()).validate(url, parameters, signature))
                .isTrue();
        assertThat(new RequestValidator("another token").validate(url, parameters, signature))
                .isFalse();
    }

    private void create(TwilioRestClient client) {
        assertThat(Message.creator(TO, FROM, "Hello").create(client).getSid()).isNotNull();
    }

    private static void refuses(int code, int status, ThrowingCallable call) {
        assertThatExceptionOfType(ApiException.class).isThrownBy(call).satisfies(refusal -> {
            assertThat(refusal.getCode()).isEqualTo(code);
            assertThat(refusal.getStatusCode()).isEqualTo(status);
        });
    }

    private String settled(String status) {
        return settle(id(Message.creator(TO, FROM, "Hello").create(sdk)), status);
    }

    private static String settle(String id, String status) {
        gateway.sql()
                .execute("UPDATE message SET status = '" + status + "', attempt = 1, settled_at = now() WHERE id = '"
                        + id + "'; DELETE FROM outbox WHERE message_id = '" + id + "'");
        return id;
    }

    private List<String> sids(MessageReader reader) {
        return StreamSupport.stream(reader.read(sdk).spliterator(), false)
                .map(Message::getSid)
                .toList();
    }

    private static String id(Message message) {
        return message.getSid().substring(2).replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    private static String sid(String id) {
        return "SM" + id.replace("-", "");
    }
}
