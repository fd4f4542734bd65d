package io.heliograph.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.twilio.base.ResourceSet;
import com.twilio.exception.ApiException;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.security.RequestValidator;
import com.twilio.type.PhoneNumber;
import io.heliograph.contract.PlivoSignature;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.runtime.Environment;
import io.heliograph.simulator.CallbackCatcher.Caught;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboundTest {
    @RegisterExtension
    static final RunningSimulator running = new RunningSimulator();

    @Test
    void brings_a_message_to_the_webhook_signed_and_complete() {
        JsonObject answer = inbound("Hello + ä", new JsonObject());

        Caught call = running.customer().caught().getFirst();
        assertThat(call.parameters())
                .containsEntry("From", RunningSimulator.TO)
                .containsEntry("To", RunningSimulator.FROM)
                .containsEntry("Body", "Hello + ä")
                .containsEntry("SmsStatus", "received")
                .containsEntry("NumMedia", "0")
                .containsEntry("FromZip", "")
                .containsEntry("MessageSid", answer.getString("sid"));
        assertThat(new RequestValidator(SimulatorAccount.AUTH_TOKEN)
                        .validate(call.url(), call.parameters(), call.header("X-Twilio-Signature")))
                .isTrue();
        assertThat(answer.getInteger("status")).isEqualTo(204);
    }

    @Test
    void keeps_what_came_in_and_what_is_replied() {
        running.customer()
                .answer(
                        200,
                        "Content-Type",
                        "text/xml",
                        "<?xml version=\"1.0\"?><Response><Message><Body>Thanks &amp; bye</Body></Message></Response>");

        JsonObject answer = inbound("Hello", new JsonObject());

        Message received = Message.fetcher(answer.getString("sid")).fetch(running.twilio());
        assertThat(received.getDirection()).isEqualTo(Message.Direction.INBOUND);
        ResourceSet<Message> replies =
                Message.reader().setTo(new PhoneNumber(RunningSimulator.TO)).read(running.twilio());
        assertThat(replies).extracting(Message::getBody).containsExactly("Thanks & bye");
        assertThat(replies).extracting(Message::getDirection).containsExactly(Message.Direction.OUTBOUND_REPLY);
        assertThat(running.control().summary().received()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOP", " revoke ", "OptOut", "unsubscribe"})
    void refuses_to_send_to_someone_who_said_stop_until_they_say_start(String word) {
        inbound(word, new JsonObject());

        ApiException refusal = catchThrowableOfType(ApiException.class, InboundTest::create);
        inbound("start", new JsonObject());
        Message created = create();

        assertThat(refusal.getCode()).isEqualTo(21610);
        assertThat(created.getStatus()).isEqualTo(Message.Status.QUEUED);
    }

    @Test
    void takes_only_the_whole_text_for_a_keyword() {
        inbound("please stop", new JsonObject());

        assertThat(create().getSid()).isNotNull();
    }

    @Test
    void tells_of_the_keyword_only_with_advanced_opt_out() {
        inbound("STOP", new JsonObject());
        inbound("STOP", new JsonObject().put("advanced_opt_out", true));

        assertThat(running.customer().caught().getFirst().parameters()).doesNotContainKey("OptOutType");
        assertThat(running.customer().caught().getLast().parameter("OptOutType"))
                .isEqualTo("STOP");
    }

    @Test
    void brings_media_and_what_only_whatsapp_has() {
        JsonObject more = new JsonObject()
                .put("from", "whatsapp:" + RunningSimulator.TO)
                .put("to", "whatsapp:" + RunningSimulator.FROM)
                .put(
                        "media",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("url", "https://example.com/a.jpg")
                                        .put("content_type", "image/jpeg")))
                .put("extra", new JsonObject().put("ButtonText", "Yes").put("WaId", "15005550010"));

        JsonObject answer = inbound("", more);

        Caught call = running.customer().caught().getFirst();
        assertThat(answer.getString("sid")).startsWith("MM");
        assertThat(call.parameters())
                .containsEntry("NumMedia", "1")
                .containsEntry("MediaUrl0", "https://example.com/a.jpg")
                .containsEntry("MediaContentType0", "image/jpeg")
                .containsEntry("ButtonText", "Yes")
                .containsEntry("From", "whatsapp:+15005550010");
    }

    @Test
    void brings_a_message_as_plivo_does_signed_by_its_token() {
        JsonObject answer = inbound("STOP", new JsonObject().put("provider", "plivo"));

        Caught call = running.customer().caught().getFirst();
        assertThat(call.parameters())
                .containsEntry("From", RunningSimulator.TO.substring(1))
                .containsEntry("To", RunningSimulator.FROM.substring(1))
                .containsEntry("Text", "STOP")
                .containsEntry("Type", "sms")
                .containsEntry("MessageUUID", answer.getString("sid"));
        MultiMap form = MultiMap.caseInsensitiveMultiMap().addAll(call.parameters());
        assertThat(new PlivoSignature(SimulatorAccount.PLIVO_AUTH_TOKEN)
                        .matches(
                                call.url(),
                                form,
                                call.header(PlivoSignature.NONCE_HEADER),
                                call.header(PlivoSignature.HEADER)))
                .isTrue();
    }

    @Test
    void brings_a_message_as_textlocal_does() {
        inbound("Yes", new JsonObject().put("provider", "textlocal"));

        assertThat(running.customer().caught().getFirst().parameters())
                .containsEntry("sender", RunningSimulator.TO.substring(1))
                .containsEntry("inNumber", RunningSimulator.FROM.substring(1))
                .containsEntry("content", "Yes");
    }

    @Test
    void names_everything_that_is_wrong_with_an_injection() {
        assertThatThrownBy(() -> running.control()
                        .inbound(new JsonObject()
                                .put("from", 5)
                                .put("url", "nowhere")
                                .put("txt", "Hi")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/from")
                .hasMessageContaining("/to")
                .hasMessageContaining("/url")
                .hasMessageContaining("/txt");
    }

    @Test
    void tells_where_a_message_goes_that_names_no_url() throws Exception {
        String url = "https://gateway.example.com/callbacks/twilio/inbound";
        Vertx vertx = Vertx.vertx();
        Simulator setUp = Simulator.start(
                        vertx,
                        SimulatorConfig.read(new Environment(
                                Map.of("HELIOGRAPH_SIMULATOR_PORT", "0", "HELIOGRAPH_SIMULATOR_INBOUND_URL", url))))
                .await(20, TimeUnit.SECONDS);
        try (SimulatorControl control = new SimulatorControl(setUp.url())) {
            assertThat(control.inboundUrl()).isEqualTo(url);
            assertThat(running.control().inboundUrl()).isNull();
        } finally {
            Void _ = vertx.close().await(20, TimeUnit.SECONDS);
        }
    }

    private static JsonObject inbound(String body, JsonObject more) {
        return running.control()
                .inbound(new JsonObject()
                        .put("from", RunningSimulator.TO)
                        .put("to", RunningSimulator.FROM)
                        .put("body", body)
                        .put("url", running.customer().url("/inbound?x=1"))
                        .mergeIn(more));
    }

    private static Message create() {
        return Message.creator(new PhoneNumber(RunningSimulator.TO), new PhoneNumber(RunningSimulator.FROM), "Hi")
                .create(running.twilio());
    }
}
