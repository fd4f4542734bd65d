package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static io.heliograph.gateway.TestCodes.accepted;
import static io.heliograph.gateway.TestCodes.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Codes to India are sent as they are registered with the operators, or not at all. */
class RegisteredCodesTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final String TEMPLATE = "/v1/templates/verification_code/sms/en";
    private static final String INDIAN = "+919876543210";

    private final TestCodes codes = new TestCodes(GATEWAY);

    @BeforeEach
    void registered() {
        JsonObject dlt = new JsonObject()
                .put("entity_id", "110100001")
                .put("header", "HELIOG")
                .put("template_id", "1107")
                .put("pattern", "{#numeric#} is your {#var#} code, good for {#numeric#} min.");
        JsonObject template = new JsonObject()
                .put("text", "{{code}} is your {{app_name}} code, good for {{minutes}} min.")
                .put("dlt", dlt);
        assertThat(GATEWAY.send(GATEWAY.request(TEMPLATE + "/draft").PUT(BodyPublishers.ofString(template.encode())))
                        .statusCode())
                .isBetween(200, 201);
        assertThat(GATEWAY.post(TEMPLATE + "/publish", "").statusCode()).isBetween(200, 201);
    }

    @Test
    void name_their_registration_and_what_stands_in_its_slots_but_not_the_code() {
        JsonObject verification = accepted(GATEWAY.post("/v1/verifications", wanted(INDIAN)));

        JsonObject message = message(verification.getJsonArray("message_ids").getString(0));
        assertThat(message.getString("from")).isEqualTo("HELIOG");
        assertThat(message.getJsonObject("dlt"))
                .isEqualTo(new JsonObject()
                        .put("entity_id", "110100001")
                        .put("template_id", "1107")
                        .put("variables", new JsonArray(List.of("******", "Acme", "10"))));
        assertThat(GATEWAY.sql().text("SELECT with_secret(content::text, secret) FROM message"))
                .contains("\"" + codes.code(verification.getString("id")) + "\"");
    }

    @Test
    void are_refused_where_their_text_is_another_and_stored_in_nothing() {
        JsonObject misfit = wanted(INDIAN).put("web_otp_domain", "login.example.com");

        assertThat(json(GATEWAY.post("/v1/verifications", misfit)).getString("code"))
                .isEqualTo("dlt_mismatch");
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isZero();
        assertThat(GATEWAY.post("/v1/verifications", misfit.put("to", TestCodes.NUMBER))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void keep_their_registration_when_they_follow_another_channel() {
        JsonObject verification = accepted(GATEWAY.post(
                "/v1/verifications",
                wanted(INDIAN).put("channel", "whatsapp").put("fallback", new JsonArray().add("sms"))));
        String first = verification.getJsonArray("message_ids").getString(0);
        GATEWAY.sql()
                .execute("UPDATE message SET status = 'failed', reason = 'unreachable', settled_at = now() WHERE id = '"
                        + first + "'; DELETE FROM outbox WHERE message_id = '" + first + "'");

        JsonObject follower = message(GATEWAY.sql().text("SELECT id FROM message WHERE fallback_of = '" + first + "'"));

        assertThat(follower.getString("from")).isEqualTo("HELIOG");
        assertThat(follower.getJsonObject("dlt").getString("template_id")).isEqualTo("1107");
    }

    private static JsonObject message(String id) {
        return json(GATEWAY.get("/v1/messages/" + id));
    }
}
