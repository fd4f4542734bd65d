package io.heliograph.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.twilio.exception.ApiException;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import io.heliograph.simulator.ledger.LedgerSummary;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the caller of a create is told, and what became of the message, for each kind of answer. */
class ScriptedAnswersTest {
    @RegisterExtension
    static final RunningSimulator running = new RunningSimulator();

    @Test
    void refuses_with_a_code_of_twilios() throws Exception {
        running.script("{\"to_suffix\": \"10\", \"answer\": {\"kind\": \"error\", \"code\": 21610}}");

        HttpResponse<String> response = create("one");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(response.body()).getString("message"))
                .isEqualTo("Attempt to send to unsubscribed recipient");
        assertThat(running.control().ofMessage("one").accepted()).isZero();
    }

    @Test
    void refuses_some_with_429_and_says_when_to_come_back() throws Exception {
        running.script("{\"times\": 1, \"answer\": {\"kind\": \"too_many_requests\", \"retry_after_s\": 7}}");

        HttpResponse<String> limited = create("one");
        HttpResponse<String> created = create("one");

        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).contains("7");
        assertThat(new JsonObject(limited.body()).getInteger("code")).isEqualTo(20429);
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(running.control().ofMessage("one").received()).isEqualTo(2);
        assertThat(running.control().ofMessage("one").accepted()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fails_with_5xx_before_or_after_accepting(boolean accepts) throws Exception {
        running.script("{\"answer\": {\"kind\": \"server_error\", \"status\": 503, \"accepts\": " + accepts + "}}");

        HttpResponse<String> response = create("one");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(response.body()).getInteger("code")).isEqualTo(20503);
        assertThat(running.control().ofMessage("one").accepted()).isEqualTo(accepts ? 1 : 0);
        running.awaitQuiet(accepts ? 1 : 0);
        assertThat(running.customer().statuses()).hasSize(accepts ? 2 : 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void resets_the_connection_before_or_after_accepting(boolean accepts) {
        running.script("{\"answer\": {\"kind\": \"reset\", \"accepts\": " + accepts + "}}");

        assertThatThrownBy(() -> create("one")).hasStackTraceContaining("Connection reset");

        SimulatorControl.Posts posts = running.control().ofMessage("one");
        assertThat(posts.accepted()).isEqualTo(accepts ? 1 : 0);
        assertThat(posts.posts().getJsonObject(0).getString("answer")).isEqualTo("reset");
        running.awaitQuiet(accepts ? 1 : 0);
        assertThat(running.customer().statuses()).hasSize(accepts ? 2 : 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void never_answers_whether_it_accepts_or_not(boolean accepts) {
        running.script("{\"answer\": {\"kind\": \"silence\", \"accepts\": " + accepts + "}}");

        CompletableFuture<HttpResponse<String>> answer = running.createLater("one");
        running.control().await(Duration.ofSeconds(20), now -> now.received() == 1);
        running.awaitQuiet(accepts ? 1 : 0);

        assertThat(running.control().ofMessage("one").accepted()).isEqualTo(accepts ? 1 : 0);
        assertThat(running.customer().statuses()).hasSize(accepts ? 2 : 0);
        assertThat(answer).isNotDone();
        answer.cancel(true);
    }

    @Test
    void answers_like_a_broken_proxy() throws Exception {
        running.script("{\"answer\": {\"kind\": \"html\", \"accepts\": true}}");

        HttpResponse<String> response = create("one");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(running.control().ofMessage("one").accepted()).isEqualTo(1);
    }

    @Test
    void redirects_and_the_sdk_takes_that_for_a_message_without_a_sid() {
        running.script("{\"answer\": {\"kind\": \"redirect\"}}");

        Message message = createBySdk();

        assertThat(message.getSid()).isNull();
        assertThat(running.control().summary().accepted()).isZero();
    }

    @Test
    void answers_success_without_a_sid_or_without_json() throws Exception {
        running.script("{\"times\": 1, \"answer\": {\"kind\": \"without_sid\", \"status\": 200, \"accepts\": true}},"
                + "{\"answer\": {\"kind\": \"garbage\", \"accepts\": true}}");

        HttpResponse<String> withoutSid = create("one");
        HttpResponse<String> garbage = create("two");

        assertThat(withoutSid.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(withoutSid.body()).containsKey("sid")).isFalse();
        assertThat(garbage.statusCode()).isEqualTo(201);
        assertThatThrownBy(() -> new JsonObject(garbage.body())).isInstanceOf(RuntimeException.class);
        assertThat(running.control().summary().answers())
                .containsEntry("garbage", 1L)
                .containsEntry("without_sid", 1L);
    }

    @Test
    void shows_how_often_the_sdk_repeats_a_post_on_its_own() {
        running.script("{\"answer\": {\"kind\": \"server_error\", \"accepts\": true}}");

        ApiException failure = catchThrowableOfType(ApiException.class, ScriptedAnswersTest::createBySdk);

        assertThat(failure.getStatusCode()).isEqualTo(500);
        LedgerSummary summary = running.control().summary();
        assertThat(summary.accepted()).isEqualTo(3);
        assertThat(summary.recipientsAcceptedMoreThanOnce()).isEqualTo(1);
        assertThat(summary.messagesAcceptedMoreThanOnce()).isEqualTo(1);
    }

    @Test
    void takes_its_time() throws Exception {
        running.script("{\"latency\": {\"min_ms\": 150, \"max_ms\": 200}}");

        long start = System.nanoTime();
        create("one");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @Test
    void notes_that_the_caller_had_gone_before_the_answer() {
        running.script("{\"latency\": {\"fixed_ms\": 300}}");
        CompletableFuture<HttpResponse<String>> answer = running.createLater("one");
        running.control().await(Duration.ofSeconds(20), now -> now.received() == 1);

        answer.cancel(true);
        running.control().await(Duration.ofSeconds(20), now -> now.answers().containsKey("caller_gone"));

        assertThat(running.control().ofMessage("one").accepted()).isEqualTo(1);
    }

    @Test
    void fails_twice_and_then_succeeds_for_each_message() throws Exception {
        running.script("{\"times\": 2, \"counted\": \"message\", \"answer\": {\"kind\": \"server_error\"}}");

        List<Integer> statuses = new ArrayList<>();
        for (String identity : new String[] {"one", "one", "two", "one", "two", "two"}) {
            statuses.add(create(identity).statusCode());
        }

        assertThat(statuses).containsExactly(500, 500, 500, 201, 500, 201);
    }

    @Test
    void lets_the_more_specific_rule_decide_each_part() throws Exception {
        running.script("""
                {"outcome": {"status": "undelivered", "error_code": 30003}},
                {"to_suffix": "0", "answer": {"kind": "error", "code": 21612}},
                {"to_suffix": "10", "answer": {"kind": "error", "code": 21614}},
                {"to": "+15005550010", "answer": {"kind": "created"}}
                """);

        assertThat(code("+15005550020")).isEqualTo(21612);
        assertThat(code("+15005551110")).isEqualTo(21614);
        assertThat(create("one").statusCode()).isEqualTo(201);
        running.awaitQuiet(1);
        assertThat(running.customer().statuses()).containsExactly("sent", "undelivered");
    }

    @Test
    void applies_to_a_share_of_the_requests() throws Exception {
        running.script("{\"share\": 0.5, \"answer\": {\"kind\": \"server_error\"}}");

        for (int i = 0; i < 100; i++) {
            create("m" + i);
        }

        // Fewer than 20 or more than 80 of 100 is as likely as winning the lottery twice.
        assertThat(running.control().summary().accepted()).isBetween(20L, 80L);
    }

    @Test
    void refuses_what_comes_while_too_many_are_unanswered() throws Exception {
        running.control()
                .script(new JsonObject(
                        "{\"limits\": {\"concurrent_max\": 3}, \"rules\": [{\"latency\": {\"fixed_ms\": 400}}]}"));

        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(running.createLater("m" + i));
        }

        assertThat(statuses(answers))
                .containsOnly(201, 429)
                .filteredOn(status -> status == 201)
                .hasSize(3);
    }

    @Test
    void holds_the_account_to_a_rate() throws Exception {
        running.control().script(new JsonObject("{\"limits\": {\"per_second_max\": 5, \"retry_after_s\": 1}}"));

        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(running.createLater("m" + i));
        }

        assertThat(statuses(answers)).filteredOn(status -> status == 201).hasSizeBetween(5, 10);
        assertThat(running.control().summary().answers()).containsKey("too_many_requests");
    }

    private static List<Integer> statuses(List<CompletableFuture<HttpResponse<String>>> answers)
            throws ExecutionException, InterruptedException {
        List<Integer> statuses = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            statuses.add(answer.get().statusCode());
        }
        return statuses;
    }

    private static int code(String to) throws Exception {
        HttpResponse<String> response = running.create("To", to, "From", RunningSimulator.FROM, "Body", "Hi");
        return new JsonObject(response.body()).getInteger("code");
    }

    private static HttpResponse<String> create(String identity) throws Exception {
        return running.create(
                "To",
                RunningSimulator.TO,
                "From",
                RunningSimulator.FROM,
                "Body",
                "Hi",
                "StatusCallback",
                running.customer().url("/status?m=" + identity));
    }

    private static Message createBySdk() {
        return Message.creator(new PhoneNumber(RunningSimulator.TO), new PhoneNumber(RunningSimulator.FROM), "Hi")
                .create(running.twilio());
    }
}
