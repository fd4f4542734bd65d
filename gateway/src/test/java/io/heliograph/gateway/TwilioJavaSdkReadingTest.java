package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.twilio.base.Page;
import com.twilio.base.Reader;
import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageReader;
import com.twilio.rest.api.v2010.account.message.Feedback;
import com.twilio.rest.api.v2010.account.message.Media;
import com.twilio.type.PhoneNumber;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Twilio's own Java SDK, as it is, reads of the gateway. */
class TwilioJavaSdkReadingTest {
    private static final PhoneNumber TO = new PhoneNumber("+15005550010");
    private static final PhoneNumber FROM = new PhoneNumber("+15005550006");

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    private final TwilioRestClient sdk = TwilioAccount.of(gateway).sdk();

    @Test
    void fetches_a_message_that_was_delivered() {
        String id = settled("delivered");
        gateway.sql().execute("UPDATE message SET sent_at = now()");

        Message message = Message.fetcher(sid(id)).fetch(sdk);

        assertThat(message.getStatus()).isEqualTo(Message.Status.DELIVERED);
        assertThat(message.getDateSent()).isNotNull();
        assertThat(message.getSubresourceUris()).containsKeys("media", "feedback");
    }

    @Test
    void tells_why_a_message_failed_by_twilios_number() {
        String id = settled("failed");
        gateway.sql().execute("UPDATE message SET reason = 'recipient_opted_out'");

        Message message = Message.fetcher(sid(id)).fetch(sdk);

        assertThat(message.getStatus()).isEqualTo(Message.Status.FAILED);
        assertThat(message.getErrorCode()).isEqualTo(21610);
        assertThat(message.getErrorMessage()).isEqualTo("Attempt to send to unsubscribed recipient");
    }

    @Test
    void lists_over_pages_and_back() {
        List<String> newestFirst = IntStream.range(0, 5)
                .mapToObj(i ->
                        Message.creator(TO, FROM, "Number " + i).create(sdk).getSid())
                .toList()
                .reversed();
        Reader<Message> reader = Message.reader().setTo(TO).pageSize(2);

        Page<Message> first = reader.firstPage(sdk);
        Page<Message> second = reader.nextPage(first, sdk);
        Page<Message> third = reader.nextPage(second, sdk);

        assertThat(StreamSupport.stream(reader.read(sdk).spliterator(), false).map(Message::getSid))
                .containsExactlyElementsOf(newestFirst);
        assertThat(sids(second)).isEqualTo(newestFirst.subList(2, 4));
        assertThat(third.hasNextPage()).isFalse();
        assertThat(sids(reader.previousPage(third, sdk))).isEqualTo(newestFirst.subList(2, 4));
        Page<Message> back = reader.previousPage(reader.previousPage(third, sdk), sdk);
        assertThat(sids(back)).isEqualTo(newestFirst.subList(0, 2));
        assertThat(sids(reader.nextPage(back, sdk))).isEqualTo(newestFirst.subList(2, 4));
    }

    @Test
    void lists_by_sender_and_by_the_day_of_sending() {
        Message sent = Message.creator(TO, FROM, "Sent").create(sdk);
        Message _ =
                Message.creator(TO, new PhoneNumber("+15005550007"), "Not sent").create(sdk);
        gateway.sql().execute("UPDATE message SET sent_at = now() WHERE sender = '+15005550006'");
        ZonedDateTime today = ZonedDateTime.now(ZoneOffset.UTC);

        assertThat(sids(Message.reader().setFrom(FROM))).containsExactly(sent.getSid());
        assertThat(sids(Message.reader().setDateSent(today))).containsExactly(sent.getSid());
        assertThat(sids(Message.reader().setDateSentAfter(today.minusDays(1)))).containsExactly(sent.getSid());
        assertThat(sids(Message.reader().setDateSentBefore(today.minusDays(1)))).isEmpty();
    }

    @Test
    void knows_nothing_of_other_accounts_messages() {
        String others = TestAccounts.add(gateway, "other", "messages:write");
        String sid = sid(json(gateway.post(
                        "/v1/messages",
                        "{\"to\":\"+15005550010\",\"text\":\"Hello\"}",
                        "Authorization",
                        "Bearer " + others))
                .getString("id"));

        refuses(20404, 404, () -> Message.fetcher(sid).fetch(sdk));
        refuses(
                20404,
                404,
                () -> Message.updater(sid)
                        .setStatus(Message.UpdateStatus.CANCELED)
                        .update(sdk));
        refuses(20404, 404, () -> Message.deleter(sid).delete(sdk));
        refuses(20404, 404, () -> Media.reader(sid).read(sdk));
        refuses(20404, 404, () -> Feedback.creator(sid).create(sdk));
        assertThat(sids(Message.reader())).isEmpty();
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

    private static List<String> sids(Page<Message> page) {
        return page.getRecords().stream().map(Message::getSid).toList();
    }

    private static String id(Message message) {
        return message.getSid().substring(2).replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    private static String sid(String id) {
        return "SM" + id.replace("-", "");
    }
}
