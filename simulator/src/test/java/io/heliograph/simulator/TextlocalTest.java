package io.heliograph.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.contract.SimulatorAccount;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Textlocal: failures that come with a 200, warnings, and many texts in one call. */
class TextlocalTest {
    @RegisterExtension
    static final RunningSimulator running = new RunningSimulator();

    private static final OtherProviders others = new OtherProviders(running);

    @Test
    void answers_an_id_for_each_number() {
        JsonObject json =
                new JsonObject(others.textlocal("447700900000,919000000001").body());

        assertThat(json.getString("status")).isEqualTo("success");
        assertThat(json.getInteger("num_messages")).isEqualTo(2);
        assertThat(json.getInteger("cost")).isEqualTo(2);
        assertThat(json.getInteger("balance")).isEqualTo(999_998);
        assertThat(json.getString("custom")).isEqualTo("call-1");
        assertThat(json.getJsonObject("message").getString("sender")).isEqualTo("Helio");
        JsonArray messages = json.getJsonArray("messages");
        assertThat(messages.getJsonObject(0).getString("id")).matches("[0-9]+");
        assertThat(messages.getJsonObject(0).getLong("recipient")).isEqualTo(447_700_900_000L);
        assertThat(messages.getJsonObject(1).getLong("recipient")).isEqualTo(919_000_000_001L);
        assertThat(json.containsKey("warnings")).isFalse();
        assertThat(running.control().toRecipient("+919000000001").accepted()).isEqualTo(1);
    }

    @Test
    void takes_numbers_as_people_of_both_countries_write_them() {
        assertThat(others.textlocal("07700900000,9000000001,07700900000").statusCode())
                .isEqualTo(200);

        assertThat(running.control().toRecipient("+447700900000").accepted()).isEqualTo(1);
        assertThat(running.control().toRecipient("+919000000001").accepted()).isEqualTo(1);
    }

    @Test
    void warns_of_numbers_that_are_none_and_sends_to_the_others() {
        JsonObject json = new JsonObject(others.textlocal("447700900000,12").body());

        assertThat(json.getString("status")).isEqualTo("success");
        assertThat(json.getInteger("num_messages")).isEqualTo(1);
        assertThat(json.getJsonArray("warnings"))
                .containsExactly(new JsonObject()
                        .put("code", 3)
                        .put("message", "Invalid number")
                        .put("numbers", "12"));
        assertThat(running.control().summary().received()).isEqualTo(2);
        assertThat(running.control().summary().accepted()).isEqualTo(1);
    }

    @Test
    void fails_with_a_200() {
        HttpResponse<String> response = others.textlocal("12");

        JsonObject json = new JsonObject(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json.getString("status")).isEqualTo("failure");
        assertThat(json.getJsonArray("errors").getJsonObject(0))
                .isEqualTo(new JsonObject().put("code", 51).put("message", "No valid numbers specified"));
        assertThat(json.getJsonArray("warnings")).hasSize(1);
    }

    @Test
    void says_what_is_missing_or_not_valid_by_code() {
        assertThat(code(Map.of("apikey", "wrong"))).isEqualTo(3);
        assertThat(code(Map.of("numbers", ""))).isEqualTo(4);
        assertThat(code(Map.of("group_id", "5"))).isEqualTo(34);
        assertThat(code(Map.of("group_id", "5", "numbers", ""))).isEqualTo(10);
        assertThat(code(Map.of("message", ""))).isEqualTo(5);
        assertThat(code(Map.of("message", "x".repeat(767)))).isEqualTo(6);
        assertThat(code(Map.of("schedule_time", "tomorrow"))).isEqualTo(8);
        assertThat(code(Map.of("schedule_time", "1"))).isEqualTo(9);
        assertThat(code(Map.of("sender", ""))).isEqualTo(44);
        assertThat(code(Map.of("sender", "Much too long"))).isEqualTo(43);
        assertThat(code(Map.of())).isZero();
        assertThat(running.control().summary().accepted()).isEqualTo(1);
    }

    @Test
    void sends_nothing_in_a_test() {
        JsonObject json = new JsonObject(send(Map.of("test", "true")).body());

        assertThat(json.getString("status")).isEqualTo("success");
        assertThat(json.getBoolean("test_mode")).isTrue();
        assertThat(json.getJsonArray("messages")).hasSize(1);
        assertThat(running.control().summary().accepted()).isZero();
        running.awaitQuiet(0);
        assertThat(running.customer().caught()).isEmpty();
    }

    @Test
    void takes_many_texts_in_one_call_and_names_those_that_it_did_not_send() {
        JsonObject json = new JsonObject(bulk(new JsonObject()
                        .put("sender", "Helio")
                        .put(
                                "messages",
                                new JsonArray()
                                        .add(message(447_700_900_000L, "One"))
                                        .add(message("12", "Two"))
                                        .add(message("919000000001", "Three"))))
                .body());

        assertThat(json.getString("status")).isEqualTo("success");
        assertThat(json.getInteger("total_cost")).isEqualTo(2);
        assertThat(json.getInteger("balance_pre_send") - json.getInteger("balance_post_send"))
                .isEqualTo(2);
        JsonObject second = json.getJsonArray("messages").getJsonObject(1);
        assertThat(second.getJsonObject("message").getString("content")).isEqualTo("Three");
        assertThat(second.getJsonArray("messages").getJsonObject(0).getLong("recipient"))
                .isEqualTo(919_000_000_001L);
        JsonObject not = json.getJsonArray("messages_not_sent").getJsonObject(0);
        assertThat(not.getString("number")).isEqualTo("12");
        assertThat(not.getJsonObject("error").getInteger("code")).isEqualTo(32);
        assertThat(running.control().summary().calls()).isEqualTo(1);
        assertThat(running.control().summary().accepted()).isEqualTo(2);
    }

    @Test
    void refuses_bulk_data_that_are_none() {
        assertThat(code(bulk(null))).isEqualTo(15);
        assertThat(code(bulk(new JsonObject()))).isEqualTo(4);
        assertThat(code(bulk(new JsonObject().put("messages", "none")))).isEqualTo(4);
    }

    @Test
    void shows_the_balance_with_a_fraction_when_that_is_asked_for() throws Exception {
        String key = RunningSimulator.form("apiKey", SimulatorAccount.TEXTLOCAL_KEY);

        String whole = running.send("GET", "/balance/?" + key, "", null).body();
        running.control().script(new JsonObject().put("textlocal_fractions", true));
        String fraction = running.send("POST", "/balance/", key, null).body();
        String sent = others.textlocal("447700900000").body();

        assertThat(whole).contains("\"sms\":1000000,");
        assertThat(fraction).contains("\"sms\":1000000.0,");
        assertThat(sent).contains("\"cost\":1.0,").contains("\"balance\":999999.0,");
        assertThat(code(running.send("GET", "/balance", "", null))).isEqualTo(3);
    }

    @Test
    void says_what_became_of_a_message() {
        JsonObject sent = new JsonObject(others.textlocal("447700900000").body());
        String id = sent.getJsonArray("messages").getJsonObject(0).getString("id");

        await().until(() ->
                status(id).getJsonObject("message").getString("status").equals("D"));

        JsonObject message = status(id).getJsonObject("message");
        assertThat(message.getLong("id")).isEqualTo(Long.parseLong(id));
        assertThat(message.getLong("recipient")).isEqualTo(447_700_900_000L);
        assertThat(message.getString("type")).isEqualTo("sms");
        assertThat(message.getString("date")).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
        assertThat(status("1").getString("status")).isEqualTo("failure");
        assertThat(status("none").getString("status")).isEqualTo("failure");
    }

    private static JsonObject status(String id) {
        String form = RunningSimulator.form("apikey", SimulatorAccount.TEXTLOCAL_KEY, "message_id", id);
        return new JsonObject(others.later("POST", "/status_message/", OtherProviders.FORM, form, "")
                .join()
                .body());
    }

    private static HttpResponse<String> send(Map<String, String> changes) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "apikey",
                SimulatorAccount.TEXTLOCAL_KEY,
                "sender",
                "Helio",
                "numbers",
                "447700900000",
                "message",
                "Hi"));
        all.put("receipt_url", running.customer().url("/textlocal/secret-1"));
        all.putAll(changes);
        String[] form = all.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray(String[]::new);
        return others.textlocalLater(RunningSimulator.form(form)).join();
    }

    private static HttpResponse<String> bulk(@Nullable JsonObject data) {
        String form = RunningSimulator.form(
                "apikey", SimulatorAccount.TEXTLOCAL_KEY, "data", data == null ? "[" : data.encode());
        return others.later("POST", "/bulk_json/", OtherProviders.FORM, form, "")
                .join();
    }

    private static JsonObject message(Object number, String text) {
        return new JsonObject().put("number", number).put("text", text);
    }

    private static int code(Map<String, String> changes) {
        return code(send(changes));
    }

    private static int code(HttpResponse<String> response) {
        JsonArray errors = new JsonObject(response.body()).getJsonArray("errors");
        return errors == null ? 0 : errors.getJsonObject(0).getInteger("code");
    }
}
