package io.heliograph.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.P256;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.simulator.push.Browser;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The push service takes what is signed for it with the key that its browsers have subscribed with. */
class PushServiceTest {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final ECPrivateKey OURS = P256.privateKey(SimulatorAccount.VAPID_PRIVATE_KEY);
    private static final int SMALL = 103;

    @RegisterExtension
    static final RunningSimulator running = new RunningSimulator();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void takes_a_message_and_says_where_it_is() throws Exception {
        HttpResponse<String> answer = push("a", SMALL, Map.of("Topic", "AZmTeYLUcACAAAAAAAAAAA"));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location").orElse(""))
                .startsWith(running.simulator().url());
        JsonObject post = running.control().toRecipient("a").posts().getJsonObject(0);
        assertThat(post.getString("provider")).isEqualTo("webpush");
        assertThat(post.getString("m")).isEqualTo("01999379-82d4-7000-8000-000000000000");
        assertThat(post.getJsonObject("details").getString("TTL")).isEqualTo("60");
        // A browser that was made elsewhere: as it came.
        assertThat(Base64.getUrlDecoder().decode(post.getString("text"))).hasSize(SMALL);
    }

    @Test
    void makes_browsers_that_have_keys_of_their_own() {
        JsonObject one = running.control().pushSubscription();
        JsonObject other = running.control().pushSubscription();

        assertThat(one.getString("endpoint")).startsWith(running.simulator().url() + "/push/");
        assertThat(P256.publicKey(one.getJsonObject("keys").getString("p256dh")))
                .isNotNull();
        assertThat(one.getJsonObject("keys")).isNotEqualTo(other.getJsonObject("keys"));
        assertThat(Browser.make().read(Buffer.buffer(new byte[200]))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "gone-for-good, 103, 410",
        "unknown-1, 103, 404",
        "a, 102, 400",
        "a, 4097, 413",
    })
    void says_no_by_the_status(String token, int bytes, int status) throws Exception {
        assertThat(push(token, bytes, Map.of()).statusCode()).isEqualTo(status);
        assertThat(running.control().toRecipient(token).accepted()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "TTL, soon, 400",
        "Topic, not/a topic, 400",
        "Urgency, urgent, 400",
        "Content-Encoding, aesgcm, 400",
        "Authorization, Bearer key, 401",
    })
    void wants_every_header_to_be_right(String name, String value, int status) throws Exception {
        assertThat(push("a", SMALL, Map.of(name, value)).statusCode()).isEqualTo(status);
    }

    @Test
    void knows_whose_signature_it_is_for_whom_and_until_when() throws Exception {
        String origin = running.simulator().url();
        long soon = Instant.now().getEpochSecond() + 60;
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair stranger = generator.generateKeyPair();
        String strangers = P256.text((ECPublicKey) stranger.getPublic());
        ECPrivateKey strangersOwn = (ECPrivateKey) stranger.getPrivate();

        assertThat(status(vapid(OURS, SimulatorAccount.VAPID_PUBLIC_KEY, origin, soon)))
                .isEqualTo(201);
        assertThat(status(vapid(strangersOwn, strangers, origin, soon))).isEqualTo(403);
        assertThat(status(vapid(strangersOwn, SimulatorAccount.VAPID_PUBLIC_KEY, origin, soon)))
                .isEqualTo(401);
        assertThat(status(vapid(OURS, SimulatorAccount.VAPID_PUBLIC_KEY, "https://push.example.com", soon)))
                .isEqualTo(401);
        assertThat(status(vapid(OURS, SimulatorAccount.VAPID_PUBLIC_KEY, origin, soon - 120)))
                .isEqualTo(401);
        assertThat(status(vapid(OURS, SimulatorAccount.VAPID_PUBLIC_KEY, origin, soon + 86_400)))
                .isEqualTo(401);
    }

    private int status(String authorization) throws Exception {
        return push("a", SMALL, Map.of("Authorization", authorization)).statusCode();
    }

    private HttpResponse<String> push(String token, int bytes, Map<String, String> headers) throws Exception {
        String origin = running.simulator().url();
        Map<String, String> all = new HashMap<>(Map.of(
                "TTL",
                "60",
                "Content-Encoding",
                "aes128gcm",
                "Authorization",
                vapid(
                        OURS,
                        SimulatorAccount.VAPID_PUBLIC_KEY,
                        origin,
                        Instant.now().getEpochSecond() + 60)));
        all.putAll(headers);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + "/push/" + token))
                .POST(BodyPublishers.ofByteArray(new byte[bytes]));
        all.forEach(request::header);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String vapid(ECPrivateKey key, String publicKey, String audience, long expires) throws Exception {
        String signed =
                BASE64.encodeToString("{\"typ\":\"JWT\",\"alg\":\"ES256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                        + BASE64.encodeToString(new JsonObject()
                                .put("aud", audience)
                                .put("exp", expires)
                                .put("sub", "mailto:a@example.com")
                                .toBuffer()
                                .getBytes());
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.UTF_8));
        return "vapid t=" + signed + "." + BASE64.encodeToString(signature.sign()) + ", k=" + publicKey;
    }
}
