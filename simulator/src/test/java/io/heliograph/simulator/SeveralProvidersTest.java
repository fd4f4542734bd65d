package io.heliograph.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.simulator.ledger.LedgerSummary;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.ledger.Rates;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One script and one ledger for all providers: who is meant, who accepted what, and how fast it came. */
class SeveralProvidersTest {
    @RegisterExtension
    static final RunningSimulator running = new RunningSimulator();

    private static final OtherProviders others = new OtherProviders(running);

    @Test
    void a_rule_that_names_a_provider_is_for_that_one_and_goes_before_one_for_all() {
        running.script("{\"answer\": {\"kind\": \"html\"}},"
                + "{\"provider\": \"plivo\", \"answer\": {\"kind\": \"created\"}}");

        assertThat(others.plivo("15005550010").statusCode()).isEqualTo(202);
        assertThat(others.textlocal("447700900000").statusCode()).isEqualTo(502);
        assertThat(create().statusCode()).isEqualTo(502);
    }

    @Test
    void a_rule_can_be_for_one_sender() {
        running.script("{\"from\": \"14155550101\", \"answer\": {\"kind\": \"html\"}}," + "{\"from\": \""
                + SimulatorAccount.PHONE_NUMBER + "\", \"answer\": {\"kind\": \"error\", \"code\": 21611}}");

        assertThat(others.plivo("15005550010").statusCode()).isEqualTo(202);
        assertThat(others.plivo(others.plivoMessage("15005550010").put("src", "14155550101"))
                        .statusCode())
                .isEqualTo(502);
        assertThat(new JsonObject(create().body()).getInteger("code")).isEqualTo(21611);
    }

    @Test
    void a_rule_can_have_an_end() {
        running.script("{\"until_s\": 0.5, \"answer\": {\"kind\": \"server_error\"}},"
                + "{\"from_s\": 10000, \"answer\": {\"kind\": \"html\"}}");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> others.plivo("15005550010").statusCode() == 202);
    }

    @Test
    void each_provider_is_held_to_limits_of_its_own() {
        running.control().script(new JsonObject("""
                        {"limits": [{"provider": "plivo", "per_second_max": 1, "retry_after_s": 3},
                                    {"provider": "textlocal", "per_second_max": 1000},
                                    {"per_second_max": 2}]}"""));

        List<HttpResponse<String>> plivo = manyAtOnce(() -> others.plivoLater(others.plivoMessage("15005550010")));
        List<HttpResponse<String>> textlocal =
                manyAtOnce(() -> others.textlocalLater(others.textlocalForm("447700900000")));
        List<HttpResponse<String>> twilio = manyAtOnce(() -> running.createLater("one"));

        assertThat(plivo).extracting(HttpResponse::statusCode).contains(202, 429);
        assertThat(plivo)
                .filteredOn(answer -> answer.statusCode() == 429)
                .allMatch(answer ->
                        answer.headers().firstValue("Retry-After").orElse("").equals("3"));
        assertThat(textlocal).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(twilio).extracting(HttpResponse::statusCode).contains(201, 429);
    }

    @Test
    void a_limit_can_count_messages_instead_of_calls() {
        running.control()
                .script(new JsonObject("{\"limits\": {\"provider\": \"plivo\", \"messages_per_second_max\": 150}}"));

        assertThat(others.plivo(RecipientList.of(151, "<")).statusCode()).isEqualTo(429);
        assertThat(others.plivo(RecipientList.of(150, "<")).statusCode()).isEqualTo(202);
    }

    @Test
    void calls_that_are_not_answered_yet_are_counted_by_provider() {
        running.control().script(new JsonObject("""
                        {"limits": {"concurrent_max": 1},
                         "rules": [{"to": "+15005550010", "latency": {"fixed_ms": 2000}}]}"""));

        CompletableFuture<HttpResponse<String>> first = others.plivoLater(others.plivoMessage("15005550010"));
        running.control().await(Duration.ofSeconds(10), now -> now.received() == 1);
        HttpResponse<String> second = others.plivo("15005550011");
        HttpResponse<String> elsewhere = others.textlocal("447700900000");

        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(elsewhere.statusCode()).isEqualTo(200);
        assertThat(first.join().statusCode()).isEqualTo(202);
    }

    @Test
    void the_ledger_knows_which_providers_accepted_the_same_recipient_and_message() {
        assertThat(create("+919000000001").statusCode()).isEqualTo(201);
        assertThat(others.plivo("919000000001<919000000002").statusCode()).isEqualTo(202);
        assertThat(others.fast2sms(OtherProviders.fast2smsMessage("9000000002")).statusCode())
                .isEqualTo(200);
        assertThat(others.textlocal("919000000003").statusCode()).isEqualTo(200);
        assertThat(others.textlocal("919000000003").statusCode()).isEqualTo(200);

        LedgerSummary summary = running.awaitQuiet(6);
        assertThat(summary.calls()).isEqualTo(5);
        assertThat(summary.recipientsAcceptedMoreThanOnce()).isEqualTo(3);
        assertThat(summary.recipientsAcceptedBySeveral()).isEqualTo(2);
        assertThat(summary.at(Provider.TEXTLOCAL).recipientsAcceptedMoreThanOnce())
                .isEqualTo(1);
        assertThat(summary.at(Provider.TEXTLOCAL).messagesAcceptedMoreThanOnce())
                .isEqualTo(1);
        assertThat(summary.at(Provider.PLIVO).recipientsAcceptedMoreThanOnce()).isZero();
        assertThat(summary.at(Provider.PLIVO).calls()).isEqualTo(1);
        assertThat(summary.at(Provider.PLIVO).accepted()).isEqualTo(2);
        JsonArray repeated = running.control().ledger().getJsonArray("recipients_repeated");
        assertThat(repeated.stream().map(JsonObject.class::cast))
                .filteredOn(line -> line.getString("to").equals("+919000000002"))
                .singleElement()
                .extracting(line -> line.getJsonArray("accepted_by"))
                .isEqualTo(new JsonArray().add("plivo").add("fast2sms"));
    }

    @Test
    void a_message_has_the_same_identity_at_every_provider() {
        String id = "0199f0a1-0000-7000-8000-000000000001";
        JsonObject named =
                others.plivoMessage("15005550010").put("url", running.customer().url("/p?m=" + id + "&a=2"));
        JsonObject batchOfOne =
                others.plivoMessage("15005550010").put("url", running.customer().url("/p?c=" + id + "-3"));

        assertThat(running.createLater(id).join().statusCode()).isEqualTo(201);
        assertThat(others.plivo(named).statusCode()).isEqualTo(202);
        assertThat(others.plivo(batchOfOne).statusCode()).isEqualTo(202);
        assertThat(others.fast2sms(OtherProviders.fast2smsMessage("9000000001").put("udf1", id + "-4"))
                        .statusCode())
                .isEqualTo(200);

        assertThat(running.control().ofMessage(id).accepted()).isEqualTo(4);
        assertThat(running.awaitQuiet(4).messagesAcceptedBySeveral()).isEqualTo(1);
    }

    @Test
    void rates_are_known_by_provider_and_by_sender() {
        assertThat(others.plivo(RecipientList.of(40, "<")).statusCode()).isEqualTo(202);
        assertThat(others.plivo(others.plivoMessage(RecipientList.of(2, "<")).put("src", "14155550101"))
                        .statusCode())
                .isEqualTo(202);
        assertThat(create().statusCode()).isEqualTo(201);

        List<Rates> rates = running.control().rates();
        assertThat(rates.stream().map(line -> line.provider() + ' ' + line.sender() + ' ' + line.received()))
                .containsExactly(
                        "plivo null 42",
                        "plivo 14155550100 40",
                        "plivo 14155550101 2",
                        "twilio null 1",
                        "twilio " + SimulatorAccount.PHONE_NUMBER + " 1");
        Rates plivo = running.control().rate(Provider.PLIVO);
        assertThat(plivo.calls()).isEqualTo(2);
        assertThat(plivo.accepted()).isEqualTo(42);
        assertThat(plivo.peakPerSecond()).isBetween(40, 42);
        assertThat(plivo.peakCallsPerSecond()).isBetween(1, 2);
        assertThat(plivo.firstAt()).isNotNull().isBeforeOrEqualTo(plivo.lastAt());
        assertThat(running.control().rate(Provider.TEXTLOCAL).received()).isZero();
        assertThat(running.control().arrivals(Provider.PLIVO, 41)).hasSize(41).isSorted();
        assertThat(running.control().arrivals(Provider.TWILIO, 100)).hasSize(1);
    }

    @Test
    void calls_that_ask_for_no_message_are_counted_by_themselves() throws Exception {
        assertThat(running.send("GET", OtherProviders.PLIVO_MESSAGES, "", OtherProviders.PLIVO_CREDENTIALS)
                        .statusCode())
                .isEqualTo(200);
        assertThat(running.send("GET", OtherProviders.PLIVO_MESSAGES + "1/", "", OtherProviders.PLIVO_CREDENTIALS)
                        .statusCode())
                .isEqualTo(404);
        assertThat(running.send("GET", RunningSimulator.MESSAGES, "").statusCode())
                .isEqualTo(200);

        LedgerSummary summary = running.control().summary();
        assertThat(summary.calls()).isZero();
        assertThat(summary.at(Provider.PLIVO).otherCalls()).isEqualTo(2);
        assertThat(summary.at(Provider.TWILIO).otherCalls()).isEqualTo(1);
        assertThat(running.control().rate(Provider.PLIVO).otherCalls()).isEqualTo(2);
        assertThat(running.control().rate(Provider.PLIVO).peakOtherCallsPerSecond())
                .isBetween(1, 2);
    }

    @Test
    void the_script_in_the_readme_can_be_played() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        String script = readme.substring(readme.indexOf("```json") + 7);

        running.control().script(new JsonObject(script.substring(0, script.indexOf("```"))));

        assertThat(create().statusCode()).isEqualTo(400);
    }

    @Test
    void a_rule_for_every_call_reaches_look_ups_and_health_checks() throws Exception {
        String plivo = "/v1/Account/" + SimulatorAccount.PLIVO_AUTH_ID + "/";
        String twilio = "/2010-04-01/Accounts/" + SimulatorAccount.ACCOUNT_SID + ".json";
        running.script("{\"every_call\": true, \"latency\": {\"fixed_ms\": 50},"
                + " \"answer\": {\"kind\": \"server_error\", \"status\": 503}}");

        HttpResponse<String> wallet = running.send("POST", "/dev/wallet", "x=1", SimulatorAccount.FAST2SMS_KEY);

        assertThat(wallet.statusCode()).isEqualTo(503);
        assertThat(running.send("GET", plivo, "", OtherProviders.PLIVO_CREDENTIALS)
                        .statusCode())
                .isEqualTo(503);
        assertThat(running.send("GET", twilio, "").statusCode()).isEqualTo(503);
        assertThat(running.send("GET", "/balance/", "", null).statusCode()).isEqualTo(503);
        assertThat(others.plivo("15005550010").statusCode()).isEqualTo(503);
        running.script("{\"every_call\": true, \"latency\": {\"fixed_ms\": 50}}");
        String key = RunningSimulator.form("apikey", SimulatorAccount.TEXTLOCAL_KEY);
        assertThat(running.send("POST", "/balance/", key, null).body()).contains("success");
    }

    private static List<HttpResponse<String>> manyAtOnce(Supplier<CompletableFuture<HttpResponse<String>>> call) {
        List<CompletableFuture<HttpResponse<String>>> answers =
                IntStream.range(0, 20).mapToObj(_ -> call.get()).toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private static HttpResponse<String> create() {
        return create(RunningSimulator.TO);
    }

    private static HttpResponse<String> create(String to) {
        return running.createLater(to, running.customer().url("/status")).join();
    }
}
