package io.heliograph.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.api.v2010.account.Message;
import com.twilio.security.RequestValidator;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.runtime.FreePorts;
import io.heliograph.simulator.CallbackCatcher.Caught;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a customer is called with, for each way in which callbacks can go. */
class ScriptedCallbacksTest {
    @RegisterExtension
    static final RunningSimulator running = new RunningSimulator();

    private final RequestValidator validator = new RequestValidator(SimulatorAccount.AUTH_TOKEN);

    @Test
    void tells_nothing_or_only_the_last_status() {
        running.script("{\"times\": 1, \"callbacks\": {\"which\": \"none\"}}, {\"callbacks\": {\"which\": \"last\"}}");

        create("one");
        running.awaitQuiet(1);
        assertThat(running.customer().statuses()).isEmpty();

        create("two");
        running.awaitQuiet(2);
        assertThat(running.customer().statuses()).containsExactly("delivered");
    }

    @Test
    void repeats_a_callback_with_the_same_token() {
        running.script("{\"callbacks\": {\"which\": \"last\", \"copies\": 3}}");

        create("one");
        running.awaitQuiet(1);

        assertThat(running.customer().statuses()).containsExactly("delivered", "delivered", "delivered");
        assertThat(running.customer().caught())
                .extracting(call -> call.header("I-Twilio-Idempotency-Token"))
                .containsOnly(running.customer().caught().getFirst().header("I-Twilio-Idempotency-Token"));
    }

    @Test
    void tells_out_of_order() {
        running.script("{\"callbacks\": {\"reversed\": true}, \"outcome\": {\"status\": \"read\"}}");

        String sid = create("one");
        running.awaitQuiet(1);

        assertThat(running.customer().statuses()).containsExactly("read", "delivered", "sent");
        assertThat(Message.fetcher(sid).fetch(running.twilio()).getStatus()).isEqualTo(Message.Status.READ);
    }

    @Test
    void calls_back_before_the_create_is_answered() {
        running.script("{\"callbacks\": {\"early\": true}}");

        CompletableFuture<Integer> callsWhenAnswered = running.createLater("one")
                .thenApply(answer -> running.customer().caught().size());

        assertThat(callsWhenAnswered.join()).isEqualTo(2);
    }

    @Test
    void signs_wrongly_when_told_to() {
        running.script("{\"callbacks\": {\"which\": \"last\", \"wrong_signature\": true}}");

        create("one");
        running.awaitQuiet(1);

        Caught call = running.customer().caught().getFirst();
        assertThat(call.header("X-Twilio-Signature")).hasSize(28);
        assertThat(validator.validate(call.url(), call.parameters(), call.header("X-Twilio-Signature")))
                .isFalse();
    }

    @Test
    void adds_parameters_that_nobody_has_seen_before() {
        running.script("{\"callbacks\": {\"which\": \"last\", \"extra\": {\"NewThing\": \"ä & b\", \"Zone\": \"\"}}}");

        create("one");
        running.awaitQuiet(1);

        Caught call = running.customer().caught().getFirst();
        assertThat(call.parameters()).containsEntry("NewThing", "ä & b").containsEntry("Zone", "");
        assertThat(validator.validate(call.url(), call.parameters(), call.header("X-Twilio-Signature")))
                .isTrue();
    }

    @Test
    void ends_in_failure_with_an_error_code() throws Exception {
        running.script("{\"times\": 1, \"outcome\": {\"status\": \"failed\", \"error_code\": 30007}},"
                + "{\"outcome\": {\"status\": \"undelivered\", \"error_code\": 30003}}");

        String failed = create("one");
        create("two");
        running.awaitQuiet(2);

        assertThat(running.customer().caught())
                .extracting(call -> call.parameter("MessageStatus") + ' ' + call.parameter("ErrorCode"))
                .containsExactlyInAnyOrder("failed 30007", "sent ", "undelivered 30003");
        JsonObject message = new JsonObject(
                running.send("GET", RunningSimulator.MESSAGES.replace(".json", "/" + failed + ".json"), "")
                        .body());
        assertThat(message.getValue("error_code")).isEqualTo(30007);
        assertThat(message.getString("error_message")).isEqualTo("Message filtered");
    }

    @Test
    void stays_at_sent_when_the_carrier_reports_nothing() {
        running.script("{\"outcome\": {\"status\": \"sent\"}}");

        create("one");
        running.awaitQuiet(1);

        assertThat(running.customer().statuses()).containsExactly("sent");
    }

    @Test
    void tells_of_sending_when_told_to() {
        running.script("{\"callbacks\": {\"sending\": true}}");

        create("one");
        running.awaitQuiet(1);

        assertThat(running.customer().statuses()).containsExactly("sending", "sent", "delivered");
    }

    @Test
    void does_not_repeat_what_was_refused() {
        running.customer().answer(500);
        running.script("{\"callbacks\": {\"which\": \"last\"}}");

        create("one");

        assertThat(running.awaitQuiet(1).callbacks().refused()).isEqualTo(1);
        assertThat(running.customer().caught()).hasSize(1);
    }

    @Test
    void repeats_what_was_refused_when_the_url_asks_for_it_and_does_not_send_the_fragment() {
        running.customer().answer(503);
        running.script("{\"callbacks\": {\"which\": \"last\"}}");

        running.createLater(RunningSimulator.TO, running.customer().url("/status?m=one#rc=2&rp=5xx,ct"))
                .join();

        assertThat(running.awaitQuiet(1).callbacks().refused()).isEqualTo(3);
        assertThat(running.customer().caught()).hasSize(3).allSatisfy(call -> {
            assertThat(call.url()).doesNotContain("#");
            assertThat(validator.validate(call.url(), call.parameters(), call.header("X-Twilio-Signature")))
                    .isTrue();
        });
        assertThat(running.customer().caught())
                .extracting(call -> call.header("I-Twilio-Idempotency-Token"))
                .containsOnly(running.customer().caught().getFirst().header("I-Twilio-Idempotency-Token"));
    }

    @Test
    void repeats_once_when_nobody_listens() {
        running.script("{\"callbacks\": {\"which\": \"last\"}}");

        running.createLater(RunningSimulator.TO, "http://localhost:" + FreePorts.next() + "/status?m=one")
                .join();

        assertThat(running.awaitQuiet(1).callbacks().failed()).isEqualTo(2);
    }

    @Test
    void gives_up_on_a_customer_that_does_not_answer_in_time() throws IOException {
        running.script("{\"callbacks\": {\"which\": \"last\"}}");
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String url = "http://localhost:" + silent.getLocalPort() + "/status?m=one#rt=200";

            running.createLater(RunningSimulator.TO, url).join();

            assertThat(running.awaitQuiet(1).callbacks().failed()).isEqualTo(1);
        }
    }

    @Test
    void follows_a_redirect_as_get_and_loses_the_parameters() {
        running.customer().answer(302, "Location", "/elsewhere?x=1", "");
        running.script("{\"callbacks\": {\"which\": \"last\"}}");

        create("one");
        running.awaitQuiet(1);

        List<Caught> calls = running.customer().caught();
        assertThat(calls).extracting(Caught::method).startsWith("POST", "GET");
        assertThat(calls.get(1).url()).endsWith("/elsewhere?x=1");
        assertThat(calls.get(1).parameters()).isEmpty();
        assertThat(validator.validate(
                        calls.get(1).url(),
                        calls.get(1).parameters(),
                        calls.get(1).header("X-Twilio-Signature")))
                .isTrue();
    }

    @Test
    void stops_calling_after_a_reset() {
        running.script("{\"callbacks\": {\"delay\": {\"fixed_ms\": 150}}}");
        create("before");

        running.control().reset();
        running.script("{\"callbacks\": {\"delay\": {\"fixed_ms\": 300}}}");
        create("after");
        running.awaitQuiet(1);

        assertThat(running.customer().caught())
                .extracting(Caught::url)
                .containsOnly(running.customer().url("/status?m=after"));
    }

    private static String create(String identity) {
        HttpResponse<String> response = running.createLater(identity).join();
        assertThat(response.statusCode()).isEqualTo(201);
        return new JsonObject(response.body()).getString("sid");
    }
}
