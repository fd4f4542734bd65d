package io.heliograph.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.simulator.ledger.LedgerSummary;
import io.heliograph.simulator.ledger.Provider;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The script's answers at the providers that take many messages in one call. */
class OtherProvidersAnswersTest {
    @RegisterExtension
    static final RunningSimulator running = new RunningSimulator();

    private static final OtherProviders others = new OtherProviders(running);

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"TWILIO", "WEBPUSH"})
    void accept_both_messages_of_a_call(Provider provider) {
        assertThat(call(provider).statusCode()).isEqualTo(provider == Provider.PLIVO ? 202 : 200);

        assertThat(running.awaitQuiet(2).at(provider).accepted()).isEqualTo(2);
        assertThat(answers(provider)).isEqualTo("created=2");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"TWILIO", "WEBPUSH"})
    void refuse_with_429_and_say_when_to_come_back(Provider provider) {
        script(provider, "{\"kind\": \"too_many_requests\", \"retry_after_s\": 7}");

        HttpResponse<String> limited = call(provider);

        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).contains("7");
        assertThat(isRefusal(provider, limited.body())).isTrue();
        assertThat(accepted(provider)).isZero();
        assertThat(answers(provider)).isEqualTo("too_many_requests=2");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"TWILIO", "WEBPUSH"})
    void fail_with_5xx_before_and_after_accepting(Provider provider) {
        script(provider, "{\"kind\": \"server_error\", \"status\": 503}");
        HttpResponse<String> before = call(provider);
        long acceptedBefore = accepted(provider);

        script(provider, "{\"kind\": \"server_error\", \"status\": 500, \"accepts\": true}");
        HttpResponse<String> after = call(provider);

        assertThat(before.statusCode()).isEqualTo(503);
        assertThat(isRefusal(provider, before.body())).isTrue();
        assertThat(acceptedBefore).isZero();
        assertThat(after.statusCode()).isEqualTo(500);
        assertThat(accepted(provider)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"TWILIO", "WEBPUSH"})
    void reset_the_connection_before_and_after_accepting(Provider provider) {
        script(provider, "{\"kind\": \"reset\"}");
        assertThatThrownBy(() -> call(provider)).hasStackTraceContaining("Connection reset");
        assertThat(accepted(provider)).isZero();

        script(provider, "{\"kind\": \"reset\", \"accepts\": true}");
        assertThatThrownBy(() -> call(provider)).hasStackTraceContaining("Connection reset");

        running.awaitQuiet(2);
        assertThat(accepted(provider)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"TWILIO", "WEBPUSH"})
    void swallow_a_call_without_an_answer(Provider provider) {
        script(provider, "{\"kind\": \"silence\", \"accepts\": true}");

        CompletableFuture<HttpResponse<String>> answer = later(provider);
        running.awaitQuiet(2);

        assertThat(answer).isNotDone();
        answer.cancel(true);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"TWILIO", "WEBPUSH"})
    void take_their_time(Provider provider) {
        running.script("{\"provider\": \"" + provider.word() + "\", \"latency\": {\"fixed_ms\": 300}}");
        long start = System.nanoTime();

        CompletableFuture<HttpResponse<String>> answer = later(provider);

        assertThat(answer.join().statusCode() / 100).isEqualTo(2);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(290));
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"TWILIO", "WEBPUSH"})
    void answer_what_is_none_of_their_own(Provider provider) {
        script(provider, "{\"kind\": \"html\"}");
        HttpResponse<String> html = call(provider);
        script(provider, "{\"kind\": \"empty\"}");
        HttpResponse<String> empty = call(provider);
        script(provider, "{\"kind\": \"redirect\"}");
        HttpResponse<String> redirect = call(provider);
        script(provider, "{\"kind\": \"garbage\"}");
        HttpResponse<String> garbage = call(provider);
        script(provider, "{\"kind\": \"without_id\"}");
        HttpResponse<String> hollow = call(provider);

        assertThat(html.statusCode()).isEqualTo(502);
        assertThat(html.body()).startsWith("<html>");
        assertThat(empty.statusCode() / 100).isEqualTo(2);
        assertThat(empty.body()).isEmpty();
        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(garbage.statusCode() / 100).isEqualTo(2);
        assertThatThrownBy(() -> new JsonObject(garbage.body())).isNotNull();
        assertThat(hollow.statusCode() / 100).isEqualTo(2);
        assertThat(new JsonObject(hollow.body()).fieldNames())
                .doesNotContain("message_uuid", "request_id", "messages", "batch_id");
        assertThat(accepted(provider)).isZero();
        assertThat(answers(provider)).isEqualTo("empty=2, garbage=2, html=2, redirect=2, without_sid=2");
    }

    @Test
    void refuse_a_whole_call_with_a_code_and_words_of_the_script() {
        script(Provider.PLIVO, "{\"kind\": \"error\", \"code\": 402}");
        script(Provider.FAST2SMS, "{\"kind\": \"error\", \"code\": 416}");
        HttpResponse<String> fast2sms = call(Provider.FAST2SMS);
        script(Provider.TEXTLOCAL, "{\"kind\": \"error\", \"code\": 7, \"message\": \"No money\"}");
        HttpResponse<String> textlocal = call(Provider.TEXTLOCAL);
        script(Provider.PLIVO, "{\"kind\": \"error\", \"code\": 402}");
        HttpResponse<String> plivo = call(Provider.PLIVO);

        assertThat(plivo.statusCode()).isEqualTo(402);
        assertThat(new JsonObject(plivo.body()).getString("error")).isEqualTo("insufficient credit");
        assertThat(fast2sms.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(fast2sms.body()).getInteger("status_code")).isEqualTo(416);
        assertThat(textlocal.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(textlocal.body()).getJsonArray("errors"))
                .containsExactly(new JsonObject().put("code", 7).put("message", "No money"));
        assertThat(running.control().summary().accepted()).isZero();
    }

    @Test
    void refuse_some_recipients_of_a_call_and_take_the_others() {
        running.script("{\"to_suffix\": \"1\", \"answer\": {\"kind\": \"error\", \"code\": 400}},"
                + "{\"to_suffix\": \"2\", \"answer\": {\"kind\": \"invalid_number\"}}");

        JsonObject plivo = new JsonObject(
                others.plivo("919000000001<919000000002<919000000003").body());
        JsonObject textlocal = new JsonObject(
                others.textlocal("919000000001,919000000002,919000000003").body());

        assertThat(plivo.getJsonArray("message_uuid")).hasSize(1);
        assertThat(plivo.getJsonArray("invalid_number")).containsExactly("919000000001", "919000000002");
        assertThat(textlocal.getJsonArray("messages")).hasSize(1);
        assertThat(textlocal.getJsonArray("warnings")).hasSize(2);
        assertThat(running.control().toRecipient("+919000000003").accepted()).isEqualTo(2);
        assertThat(running.control().summary().accepted()).isEqualTo(2);
        assertThat(answers(Provider.PLIVO)).isEqualTo("created=1, error=2");
    }

    @Test
    void refuse_the_call_when_every_recipient_is_refused() {
        running.script("{\"to_suffix\": \"1\", \"answer\": {\"kind\": \"error\", \"code\": 403}}");

        HttpResponse<String> response = others.plivo("919000000001<919000000011");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(running.control().summary().accepted()).isZero();
    }

    @Test
    void decide_a_share_once_for_a_call_and_an_invalid_number_for_each_recipient() {
        running.script("{\"share\": 0.5, \"answer\": {\"kind\": \"invalid_number\"}},"
                + "{\"share\": 0.5, \"answer\": {\"kind\": \"too_many_requests\"}}");
        String hundred = RecipientList.of(100, "<");

        int limited = 0;
        for (int i = 0; i < 40; i++) {
            HttpResponse<String> response = others.plivo(hundred);
            limited += response.statusCode() == 429 ? 1 : 0;
            if (response.statusCode() == 202) {
                assertThat(new JsonObject(response.body()).getJsonArray("message_uuid"))
                        .hasSizeBetween(15, 85);
            }
        }

        assertThat(limited).isBetween(4, 36);
    }

    private static void script(Provider provider, String answer) {
        running.script("{\"provider\": \"" + provider.word() + "\", \"answer\": " + answer + "}");
    }

    private static HttpResponse<String> call(Provider provider) {
        return later(provider).join();
    }

    private static CompletableFuture<HttpResponse<String>> later(Provider provider) {
        return switch (provider) {
            case PLIVO -> others.plivoLater(others.plivoMessage("919000000001<919000000002"));
            case FAST2SMS -> others.fast2smsLater(OtherProviders.fast2smsMessage("9000000001,9000000002"));
            case TEXTLOCAL -> others.textlocalLater(others.textlocalForm("919000000001,919000000002"));
            case TWILIO -> running.createLater("one");
            case WEBPUSH -> throw new IllegalArgumentException("It has a test of its own");
        };
    }

    private static boolean isRefusal(Provider provider, String body) {
        JsonObject json = new JsonObject(body);
        return switch (provider) {
            case PLIVO -> json.containsKey("api_id") && json.containsKey("error");
            case FAST2SMS -> !json.getBoolean("return");
            case TEXTLOCAL -> json.getString("status").equals("failure");
            case TWILIO, WEBPUSH -> json.containsKey("code");
        };
    }

    private static long accepted(Provider provider) {
        return running.control().summary().at(provider).accepted();
    }

    private static String answers(Provider provider) {
        LedgerSummary summary = running.control().summary();
        String all = new TreeMap<>(summary.at(provider).answers()).toString();
        return all.substring(1, all.length() - 1);
    }
}
