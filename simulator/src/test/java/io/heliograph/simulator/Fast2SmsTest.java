package io.heliograph.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.simulator.ledger.LedgerSummary;
import io.heliograph.simulator.ledger.Provider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fast2SMS: its routes, its codes that look like HTTP's, and its two ways to call. */
class Fast2SmsTest {
    @RegisterExtension
    static final RunningSimulator running = new RunningSimulator();

    private static final OtherProviders others = new OtherProviders(running);
    private static final String NUMBERS = "9000000001,9000000002";

    @Test
    void answers_one_id_for_all_numbers_of_a_call() {
        HttpResponse<String> response = others.fast2sms(OtherProviders.fast2smsMessage(NUMBERS));

        JsonObject json = new JsonObject(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json.getBoolean("return")).isTrue();
        assertThat(json.getString("request_id")).matches("[0-9a-z]{15}");
        assertThat(json.getJsonArray("message")).containsExactly("SMS sent successfully.");
        LedgerSummary.AtProvider summary = running.control().summary().at(Provider.FAST2SMS);
        assertThat(summary.calls()).isEqualTo(1);
        assertThat(summary.accepted()).isEqualTo(2);
        JsonObject post = running.control().toRecipient("+919000000002").posts().getJsonObject(0);
        assertThat(post.getString("sid")).isEqualTo(json.getString("request_id"));
        assertThat(post.getString("reference")).isEqualTo("call-1");
        assertThat(post.getString("text")).isEqualTo("Your table is ready");
    }

    @Test
    void takes_a_form_and_a_query_too() throws Exception {
        String parameters = RunningSimulator.form("route", "q", "message", "Hi", "numbers", NUMBERS);
        String key = RunningSimulator.form("authorization", SimulatorAccount.FAST2SMS_KEY);

        HttpResponse<String> posted = running.send("POST", "/dev/bulkV2", parameters, SimulatorAccount.FAST2SMS_KEY);
        HttpResponse<String> got = running.send("GET", "/dev/bulkV2?" + key + '&' + parameters, "", null);

        assertThat(new JsonObject(posted.body()).getBoolean("return")).isTrue();
        assertThat(new JsonObject(got.body()).getBoolean("return")).isTrue();
        assertThat(running.control().toRecipient("+919000000001").accepted()).isEqualTo(2);
    }

    @Test
    void takes_every_route_with_what_it_wants() {
        JsonObject dlt = new JsonObject()
                .put("route", "dlt")
                .put("sender_id", "HELIOG")
                .put("message", "123456")
                .put("variables_values", "Ana|14:00")
                .put("numbers", NUMBERS);
        JsonObject manual = dlt.copy()
                .put("route", "dlt_manual")
                .put("message", "Your table is ready")
                .put("template_id", "1107000000000000001")
                .put("entity_id", "1101000000000000001");
        JsonObject otp = new JsonObject()
                .put("route", "otp")
                .put("variables_values", "123456")
                .put("numbers", "9000000001");

        assertThat(code(dlt)).isZero();
        assertThat(code(manual)).isZero();
        assertThat(code(otp)).isZero();
        JsonArray posts = running.control().toRecipient("+919000000001").posts();
        assertThat(posts.stream().map(post -> ((JsonObject) post).getString("text")))
                .containsExactly("123456|Ana|14:00", "Your table is ready", "Your OTP: 123456");
        assertThat(posts.getJsonObject(1).getJsonObject("details").getString("template_id"))
                .isEqualTo("1107000000000000001");
        assertThat(posts.getJsonObject(1).getString("from")).isEqualTo("HELIOG");
    }

    @Test
    void takes_several_texts_in_one_call() {
        JsonObject first = new JsonObject()
                .put("sender_id", "HELIOG")
                .put("message", "123456")
                .put("variables_values", "Ana")
                .put("numbers", "9000000001");
        JsonObject call = new JsonObject()
                .put("route", "dlt")
                .put(
                        "requests",
                        new JsonArray()
                                .add(first)
                                .add(first.copy()
                                        .put("variables_values", "Bo")
                                        .put("numbers", "9000000002,9000000003")));

        assertThat(code(call)).isZero();

        assertThat(running.control().summary().accepted()).isEqualTo(3);
        assertThat(running.control().summary().calls()).isEqualTo(1);
        assertThat(running.control()
                        .toRecipient("+919000000003")
                        .posts()
                        .getJsonObject(0)
                        .getString("text"))
                .isEqualTo("123456|Bo");
        assertThat(code(call.copy().put("route", "q"))).isEqualTo(408);
        assertThat(code(call.copy().put("requests", new JsonArray().add(new JsonObject()))))
                .isEqualTo(401);
    }

    @Test
    void says_what_is_missing_or_not_valid_by_code() {
        JsonObject quick = OtherProviders.fast2smsMessage(NUMBERS);
        JsonObject dlt = quick.copy()
                .put("route", "dlt")
                .put("sender_id", "HELIOG")
                .put("message", "123456")
                .put("variables_values", "");
        JsonObject otp = quick.copy().put("route", "otp").put("variables_values", "123456");

        assertThat(code(new JsonObject())).isEqualTo(403);
        assertThat(code(quick.copy().put("route", "x"))).isEqualTo(408);
        assertThat(code(quick.copy().putNull("message"))).isEqualTo(402);
        assertThat(code(quick.copy().putNull("numbers"))).isEqualTo(405);
        assertThat(code(quick.copy().put("numbers", "9000000001,12"))).isEqualTo(411);
        assertThat(code(quick.copy().put("numbers", "+919000000001"))).isEqualTo(411);
        assertThat(code(quick.copy().put("language", "klingon"))).isEqualTo(417);
        assertThat(code(dlt.copy().putNull("sender_id"))).isEqualTo(401);
        assertThat(code(dlt.copy().put("sender_id", "HELIO123"))).isEqualTo(406);
        assertThat(code(dlt.copy().put("message", "words"))).isEqualTo(424);
        assertThat(code(dlt.copy().put("route", "dlt_manual"))).isEqualTo(425);
        assertThat(code(otp)).isEqualTo(998);
        assertThat(code(otp.copy().put("variables_values", "abc"))).isEqualTo(997);
        assertThat(running.control().summary().accepted()).isZero();
    }

    @Test
    void puts_most_codes_into_a_400_and_wrong_keys_into_a_401() throws Exception {
        HttpResponse<String> incomplete = others.fast2sms(new JsonObject());
        HttpResponse<String> stranger = running.send("POST", "/dev/bulkV2", "route=q", "wrong");

        assertThat(incomplete.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(incomplete.body()))
                .isEqualTo(new JsonObject()
                        .put("return", false)
                        .put("status_code", 403)
                        .put("message", "Route Missing"));
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(new JsonObject(stranger.body()).getInteger("status_code")).isEqualTo(412);
    }

    @Test
    void says_more_when_it_is_asked_for_details() {
        JsonObject message = OtherProviders.fast2smsMessage(NUMBERS).put("sms_details", "1");

        JsonObject details = new JsonObject(others.fast2sms(message).body()).getJsonObject("sms_details");

        assertThat(details.getInteger("sms_count")).isEqualTo(2);
        assertThat(details.getString("amount_debited")).isEqualTo("0.40");
    }

    @Test
    void shows_the_wallet_to_its_owner() throws Exception {
        HttpResponse<String> owner = running.send("POST", "/dev/wallet", "", SimulatorAccount.FAST2SMS_KEY);
        HttpResponse<String> stranger = running.send("GET", "/dev/wallet?authorization=wrong", "", null);

        assertThat(new JsonObject(owner.body()).getString("wallet")).isEqualTo("1000.00");
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(running.send("GET", "/dev/other", "", null).statusCode()).isEqualTo(404);
    }

    private static int code(JsonObject message) {
        return new JsonObject(others.fast2sms(message).body()).getInteger("status_code", 0);
    }
}
