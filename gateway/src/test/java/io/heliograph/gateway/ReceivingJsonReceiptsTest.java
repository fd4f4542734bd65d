package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.contract.TwilioSignature;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Receipts of Twilio as JSON: the signature covers the URL, and the hash in the URL covers the body. */
class ReceivingJsonReceiptsTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    private static final String DELIVERED =
            "{\"MessageSid\": \"SM1\", \"MessageStatus\": \"delivered\", \"More\": {\"of\": [\"it\"]}}";

    @Test
    void stores_and_applies_one_whose_body_has_the_hash_that_was_signed() throws Exception {
        String id = TestMessages.sending(gateway);
        String path = pathOf(id) + "&bodySHA256=" + sha256(DELIVERED);

        HttpResponse<String> response = post(path, DELIVERED);

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(gateway.sql().state(id)).isEqualTo("delivered settled");
        assertThat(new JsonObject(gateway.sql().text("SELECT fields FROM callback")))
                .isEqualTo(new JsonObject(DELIVERED));
        assertThat(new RequestValidator(SimulatorAccount.AUTH_TOKEN)
                        .validate(RunningGateway.PUBLIC_URL + path, DELIVERED, sign(path)))
                .isTrue();
    }

    @Test
    void refuses_another_body_under_a_url_that_was_signed_stores_nothing_and_counts_it() throws Exception {
        String id = TestMessages.sending(gateway);
        double before = gateway.metric("heliograph_callbacks_total{result=\"bad_signature\"}");

        HttpResponse<String> response =
                post(pathOf(id) + "&bodySHA256=" + sha256(DELIVERED.replace("delivered", "undelivered")), DELIVERED);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(json(response).getString("code")).isEqualTo("bad_signature");
        assertThat(gateway.sql().count("SELECT count(*) FROM callback")).isZero();
        assertThat(gateway.sql().state(id)).isEqualTo("sending promised");
        assertThat(gateway.metric("heliograph_callbacks_total{result=\"bad_signature\"}"))
                .isEqualTo(before + 1);
    }

    @Test
    void does_not_read_a_body_that_nothing_proves() {
        String id = TestMessages.sending(gateway);

        HttpResponse<String> response = post(pathOf(id), DELIVERED);

        assertThat(json(response).getString("code")).isEqualTo("not_a_receipt");
        assertThat(gateway.sql().state(id)).isEqualTo("sending promised");
    }

    @Test
    void refuses_what_is_signed_and_no_json() throws Exception {
        String id = TestMessages.sending(gateway);

        HttpResponse<String> response = post(pathOf(id) + "&bodySHA256=" + sha256("MessageSid"), "MessageSid");

        assertThat(json(response).getString("code")).isEqualTo("not_a_receipt");
    }

    private static String pathOf(String messageId) {
        return "/callbacks/twilio/status?m=" + messageId + "&a=1";
    }

    private static HttpResponse<String> post(String path, String body) {
        return gateway.sendAsIs(gateway.request(path)
                .header("Content-Type", "application/json")
                .header(TwilioSignature.HEADER, sign(path))
                .POST(BodyPublishers.ofString(body)));
    }

    private static String sign(String path) {
        return new TwilioSignature(SimulatorAccount.AUTH_TOKEN)
                .sign(RunningGateway.PUBLIC_URL + path, MultiMap.caseInsensitiveMultiMap());
    }

    private static String sha256(String body) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
    }
}
