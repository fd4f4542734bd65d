package io.heliograph.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.simulator.ledger.Provider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Plivo's Message API: what it takes, what it answers, and what can be looked up. */
class PlivoTest {
    @RegisterExtension
    static final RunningSimulator running = new RunningSimulator();

    private static final OtherProviders others = new OtherProviders(running);
    private static final String ACCOUNT = "/v1/Account/" + SimulatorAccount.PLIVO_AUTH_ID + "/";

    @Test
    void takes_json_for_one_recipient() {
        HttpResponse<String> response = others.plivo("15005550010");

        JsonObject json = new JsonObject(response.body());
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(json.fieldNames()).containsExactlyInAnyOrder("api_id", "message", "message_uuid");
        assertThat(json.getString("message")).isEqualTo("message(s) queued");
        assertThat(json.getJsonArray("message_uuid").getString(0)).hasSize(36);
        assertThat(running.control().toRecipient("+15005550010").accepted()).isEqualTo(1);
    }

    @Test
    void takes_a_form_and_a_path_without_a_slash_at_its_end() throws Exception {
        String form = RunningSimulator.form("src", "14155550100", "dst", "+15005550010", "text", "Hi");

        HttpResponse<String> response =
                running.send("POST", ACCOUNT + "Message", form, OtherProviders.PLIVO_CREDENTIALS);

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(running.control().toRecipient("+15005550010").accepted()).isEqualTo(1);
    }

    @Test
    void names_the_valid_by_their_uuids_and_the_invalid_by_themselves() {
        HttpResponse<String> response = others.plivo("15005550010<jsgf3dsjh28372<15005550011<+1 (500) 555-0010<12");

        JsonObject json = new JsonObject(response.body());
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(json.getJsonArray("message_uuid")).hasSize(2);
        assertThat(json.getJsonArray("invalid_number")).containsExactly("jsgf3dsjh28372", "12");
        assertThat(running.control().summary().received()).isEqualTo(4);
        assertThat(running.control().summary().accepted()).isEqualTo(2);
        assertThat(running.control().summary().at(Provider.PLIVO).calls()).isEqualTo(1);
    }

    @Test
    void gives_the_uuids_in_the_order_of_the_valid_recipients() throws Exception {
        HttpResponse<String> response = others.plivo("15005550013<x<15005550011<15005550012");

        JsonArray uuids = new JsonObject(response.body()).getJsonArray("message_uuid");
        assertThat(uuids.stream().map(uuid -> get("Message/" + uuid + "/").getString("to_number")))
                .containsExactly("15005550013", "15005550011", "15005550012");
    }

    @Test
    void refuses_a_call_with_no_valid_recipient() {
        HttpResponse<String> response = others.plivo("12<34");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(response.body()).getString("error")).isEqualTo("12<34 is not a valid phone number");
        assertThat(running.control().summary().accepted()).isZero();
    }

    @Test
    void takes_a_thousand_recipients_and_no_more() {
        String thousand = RecipientList.of(1_000, "<");

        assertThat(others.plivo(thousand + "<15005550000").statusCode()).isEqualTo(202);
        HttpResponse<String> tooMany = others.plivo(thousand + "<15005559999");

        assertThat(tooMany.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(tooMany.body()).getString("error")).contains("1000");
        assertThat(running.control().summary().accepted()).isEqualTo(1_000);
        assertThat(running.control().summary().calls()).isEqualTo(2);
    }

    @Test
    void refuses_what_is_missing_or_not_valid() {
        assertThat(error(new JsonObject())).contains("src");
        assertThat(error(message().putNull("dst"))).contains("dst");
        assertThat(error(message().putNull("text"))).contains("text");
        assertThat(error(message().put("text", "x".repeat(1_601)))).contains("1600");
        assertThat(error(message().put("text", "é".repeat(1_600)))).isNull();
        assertThat(error(message().put("text", "š".repeat(738)))).contains("737");
        assertThat(error(message().put("url", "nowhere"))).contains("url");
        assertThat(error(message().put("method", "PUT"))).contains("method");
        assertThat(error(message().put("type", "fax"))).contains("type");
        assertThat(error(message().put("src", "*"))).contains("source");
        assertThat(error(message().put("src", "15005550010"))).contains("same");
    }

    @Test
    void refuses_a_stranger_and_still_counts_the_call() throws Exception {
        String wrong = RunningSimulator.basic(SimulatorAccount.PLIVO_AUTH_ID + ":wrong");
        String form = RunningSimulator.form("src", "14155550100", "dst", "15005550010", "text", "Hi");

        HttpResponse<String> stranger = running.send("POST", ACCOUNT + "Message/", form, wrong);
        HttpResponse<String> elsewhere =
                running.send("POST", "/v1/Account/MAOTHER/Message/", form, OtherProviders.PLIVO_CREDENTIALS);

        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(new JsonObject(stranger.body()).fieldNames()).containsExactlyInAnyOrder("api_id", "error");
        assertThat(elsewhere.statusCode()).isEqualTo(404);
        assertThat(running.control().toRecipient("+15005550010").received()).isEqualTo(2);
        assertThat(running.control().toRecipient("+15005550010").accepted()).isZero();
    }

    @Test
    void shows_a_message_by_its_uuid_and_knows_no_other() {
        String uuid = OtherProviders.plivoUuid(others.plivo("15005550010"));
        running.awaitQuiet(1);

        JsonObject message = get("Message/" + uuid + "/");

        assertThat(message.getString("message_uuid")).isEqualTo(uuid);
        assertThat(message.getString("message_state")).isEqualTo("delivered");
        assertThat(message.getString("error_code")).isEqualTo("000");
        assertThat(message.getString("from_number")).isEqualTo("14155550100");
        assertThat(message.getString("message_time"))
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00");
        assertThat(message.getInteger("units")).isEqualTo(1);
        assertThat(get("Message/00000000-0000-0000-0000-000000000000/").getString("error"))
                .isEqualTo("not found");
    }

    @Test
    void lists_messages_by_recipient_the_newest_first() {
        assertThat(others.plivo(RecipientList.of(25, "<")).statusCode()).isEqualTo(202);
        String newest = OtherProviders.plivoUuid(others.plivo("15005550003"));

        JsonObject of = get("Message/?to_number=%2B15005550003");
        JsonObject first = get("Message/?limit=20");
        JsonObject second = get("Message/?limit=20&offset=20");

        assertThat(of.getJsonArray("objects")).hasSize(2);
        assertThat(of.getJsonArray("objects").getJsonObject(0).getString("message_uuid"))
                .isEqualTo(newest);
        assertThat(first.getJsonObject("meta").getInteger("total_count")).isEqualTo(26);
        assertThat(first.getJsonObject("meta").getString("next")).isEqualTo(ACCOUNT + "Message/?limit=20&offset=20");
        assertThat(second.getJsonArray("objects")).hasSize(6);
        assertThat(second.getJsonObject("meta").getString("next")).isNull();
        assertThat(get("Message/?to_number=15005559999").getJsonArray("objects"))
                .isEmpty();
        assertThat(get("Message/?message_time__gte=2020-01-01%2000:00").getJsonArray("objects"))
                .hasSize(20);
        assertThat(get("Message/?message_time__lt=2020-01-01%2000:00:00.5").getJsonArray("objects"))
                .isEmpty();
        assertThat(get("Message/?message_time=noon").getString("error")).isNotNull();
    }

    @Test
    void shows_the_account() {
        assertThat(get("").getString("auth_id")).isEqualTo(SimulatorAccount.PLIVO_AUTH_ID);
    }

    private static JsonObject get(String path) {
        return others.get(ACCOUNT + path, OtherProviders.PLIVO_CREDENTIALS);
    }

    private static JsonObject message() {
        return new JsonObject()
                .put("src", "14155550100")
                .put("dst", "15005550010")
                .put("text", "Hi");
    }

    private static String error(JsonObject message) {
        return new JsonObject(others.plivo(message).body()).getString("error");
    }
}
