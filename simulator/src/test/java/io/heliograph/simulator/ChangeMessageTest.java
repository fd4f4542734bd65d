package io.heliograph.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.twilio.exception.ApiException;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.message.Feedback;
import com.twilio.rest.api.v2010.account.message.Media;
import com.twilio.type.PhoneNumber;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChangeMessageTest {
    @RegisterExtension
    static final RunningSimulator running = new RunningSimulator();

    @Test
    void redacts_the_body_and_keeps_the_rest() {
        Message message = delivered();

        Message redacted = Message.updater(message.getSid()).setBody("").update(running.twilio());

        assertThat(redacted.getBody()).isEmpty();
        assertThat(Message.fetcher(message.getSid()).fetch(running.twilio()).getTo())
                .isEqualTo(RunningSimulator.TO);
    }

    @Test
    void refuses_an_update_that_is_neither_a_redaction_nor_a_cancellation() throws Exception {
        String path = path(delivered(), ".json");

        for (String form : List.of("", "Body=new", "Body=&Status=canceled", "Status=sent")) {
            assertThat(new JsonObject(running.send("POST", path, form).body()).getInteger("code"))
                    .isEqualTo(30400);
        }
    }

    @Test
    void does_not_cancel_what_has_left() {
        Message message = delivered();

        ApiException refusal = catchThrowableOfType(
                ApiException.class,
                () -> Message.updater(message.getSid())
                        .setStatus(Message.UpdateStatus.CANCELED)
                        .update(running.twilio()));

        assertThat(refusal.getCode()).isEqualTo(30409);
    }

    @Test
    void deletes_a_message_once_it_is_complete() {
        running.script("{\"to_suffix\": \"0010\", \"outcome\": {\"status\": \"queued\"}}");
        Message waiting = create();
        running.control().clearScript();
        Message complete = delivered();

        ApiException refusal = catchThrowableOfType(
                ApiException.class, () -> Message.deleter(waiting.getSid()).delete(running.twilio()));
        boolean deleted = Message.deleter(complete.getSid()).delete(running.twilio());

        assertThat(refusal.getCode()).isEqualTo(20009);
        assertThat(deleted).isTrue();
        ApiException gone = catchThrowableOfType(
                ApiException.class, () -> Message.fetcher(complete.getSid()).fetch(running.twilio()));
        assertThat(gone.getCode()).isEqualTo(20404);
        assertThat(gone.getMessage()).contains("was not found");
    }

    @Test
    void lists_fetches_and_deletes_media() throws Exception {
        Message message = Message.creator(
                        new PhoneNumber(RunningSimulator.TO),
                        new PhoneNumber(RunningSimulator.FROM),
                        List.of(URI.create("https://example.com/a.png"), URI.create("https://example.com/b.jpg")))
                .create(running.twilio());

        List<Media> media = new ArrayList<>();
        Media.reader(message.getSid()).read(running.twilio()).forEach(media::add);
        boolean deleted =
                Media.deleter(message.getSid(), media.getFirst().getSid()).delete(running.twilio());

        assertThat(media).extracting(Media::getContentType).containsExactly("image/png", "image/jpeg");
        assertThat(deleted).isTrue();
        assertThat(Media.reader(message.getSid()).read(running.twilio()))
                .extracting(Media::getSid)
                .containsExactly(media.getLast().getSid());
        assertThat(Media.fetcher(message.getSid(), media.getLast().getSid())
                        .fetch(running.twilio())
                        .getParentSid())
                .isEqualTo(message.getSid());
        assertThat(running.send(
                                "GET",
                                path(message, "/Media/" + media.getFirst().getSid() + ".json"),
                                "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void takes_feedback() throws Exception {
        Message message = delivered();

        Feedback feedback = Feedback.creator(message.getSid())
                .setOutcome(Feedback.Outcome.UNCONFIRMED)
                .create(running.twilio());

        assertThat(feedback.getOutcome()).isEqualTo(Feedback.Outcome.UNCONFIRMED);
        assertThat(feedback.getMessageSid()).isEqualTo(message.getSid());
        assertThat(running.send("POST", path(message, "/Feedback.json"), "Outcome=perhaps")
                        .statusCode())
                .isEqualTo(400);
    }

    private static Message delivered() {
        Message message = create();
        running.awaitQuiet(1);
        return message;
    }

    private static Message create() {
        return Message.creator(new PhoneNumber(RunningSimulator.TO), new PhoneNumber(RunningSimulator.FROM), "Hi")
                .create(running.twilio());
    }

    private static String path(Message message, String rest) {
        return RunningSimulator.MESSAGES.replace(".json", "/" + message.getSid() + rest);
    }
}
