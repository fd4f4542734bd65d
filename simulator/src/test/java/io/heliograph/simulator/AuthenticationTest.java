package io.heliograph.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.SimulatorAccount;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuthenticationTest {
    @RegisterExtension
    static final RunningSimulator running = new RunningSimulator();

    private static final String FORM =
            RunningSimulator.form("To", RunningSimulator.TO, "From", RunningSimulator.FROM, "Body", "Hi");

    @Test
    void refuses_a_caller_without_credentials() throws Exception {
        HttpResponse<String> response = running.send("POST", RunningSimulator.MESSAGES, FORM, null);

        JsonObject json = new JsonObject(response.body());
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(json.getInteger("code")).isEqualTo(20003);
        assertThat(json.getString("message")).isEqualTo("Authentication Error - No credentials provided");
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"Twilio API\"");
    }

    @Test
    void refuses_wrong_credentials_and_still_counts_the_post() throws Exception {
        String wrong = RunningSimulator.basic(SimulatorAccount.ACCOUNT_SID + ":wrong");

        HttpResponse<String> response = running.send("POST", RunningSimulator.MESSAGES, FORM, wrong);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(new JsonObject(response.body()).getString("message")).isEqualTo("Authenticate");
        SimulatorControl.Posts posts = running.control().toRecipient(RunningSimulator.TO);
        assertThat(posts.received()).isEqualTo(1);
        assertThat(posts.accepted()).isZero();
        assertThat(posts.posts().getJsonObject(0).getInteger("status")).isEqualTo(401);
    }

    @Test
    void admits_an_api_key() throws Exception {
        String key = RunningSimulator.basic("SK0123456789abcdef0123456789abcdef:" + SimulatorAccount.AUTH_TOKEN);

        assertThat(running.send("POST", RunningSimulator.MESSAGES, FORM, key).statusCode())
                .isEqualTo(201);
    }

    @Test
    void shows_the_account_to_its_owner_alone() throws Exception {
        String path = "/2010-04-01/Accounts/" + SimulatorAccount.ACCOUNT_SID + ".json";

        HttpResponse<String> owner = running.send("GET", path, "");
        HttpResponse<String> stranger = running.send("GET", path, "", RunningSimulator.basic("me:wrong"));

        assertThat(owner.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(owner.body()).getString("sid")).isEqualTo(SimulatorAccount.ACCOUNT_SID);
        assertThat(new JsonObject(owner.body()).getString("status")).isEqualTo("active");
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(running.send("GET", path.replace("0001.", "0002."), "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void does_not_know_another_account() throws Exception {
        String path = RunningSimulator.MESSAGES.replace("0001/", "0002/");

        HttpResponse<String> response = running.send("POST", path, FORM);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(new JsonObject(response.body()).getInteger("code")).isEqualTo(20404);
        assertThat(running.control().summary().received()).isEqualTo(1);
    }

    @Test
    void answers_every_other_path_and_method_with_an_error() throws Exception {
        String message = RunningSimulator.MESSAGES.replace(".json", "/SM00000000000000000000000000000000.json");

        assertThat(running.send("GET", message, "").statusCode()).isEqualTo(404);
        assertThat(running.send("PUT", RunningSimulator.MESSAGES, FORM).statusCode())
                .isEqualTo(405);
        assertThat(running.send("GET", "/", "").statusCode()).isEqualTo(404);
        assertThat(running.send("GET", "/control/nothing", "").statusCode()).isEqualTo(404);
    }
}
