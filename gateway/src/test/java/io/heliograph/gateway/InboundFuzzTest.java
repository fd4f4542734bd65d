package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.PlivoSignature;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.contract.TwilioSignature;
import io.vertx.core.MultiMap;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Anything at all as a message that comes in, signed as it should be, and where consent is told and asked for. */
class InboundFuzzTest {
    private static final String TWILIO = "/callbacks/twilio/inbound";
    private static final String PLIVO = "/callbacks/plivo/inbound";
    private static final List<String> NAMES = List.of(
            "MessageSid",
            "From",
            "To",
            "Body",
            "NumMedia",
            "MediaUrl0",
            "MediaContentType0",
            "OptOutType",
            "MessagingServiceSid",
            "MessageUUID",
            "PowerpackUUID",
            "Text",
            "Type",
            "Media0",
            "Media_Count",
            "sender",
            "inNumber",
            "content",
            "msgId");
    private static final List<String> VALUES = List.of(
            "",
            "SM1",
            "STOP",
            "start",
            "HELP",
            "+15005550010",
            "15005550010",
            "whatsapp:+15005550010",
            "whatsapp",
            "12345",
            "10",
            "-1",
            "99999999999",
            "https://example.com/a",
            "\0",
            "x".repeat(65),
            "x".repeat(5_000));
    private static final List<String> JSON_NAMES =
            List.of("kind", "answer", "person", "sender", "channel", "source", "proof");
    private static final List<String> PARAMETERS = List.of(
            "cursor", "from", "to", "person", "channel", "keyword", "limit", "received_after", "received_before");

    private static final FuzzedGateway fuzzed = new FuzzedGateway();

    @AfterContainer
    static void stop() throws Exception {
        fuzzed.close();
    }

    @Property
    void of_twilio(@ForAll("forms") List<Map.Entry<String, String>> form) {
        MultiMap fields = fields(form);
        var response = fuzzed.asIs(form(TWILIO, fields)
                .header(
                        TwilioSignature.HEADER,
                        new TwilioSignature(SimulatorAccount.AUTH_TOKEN)
                                .sign(RunningGateway.PUBLIC_URL + TWILIO, fields)));
        assertThat(response.statusCode()).isNotEqualTo(403);
    }

    @Property
    void of_plivo(@ForAll("forms") List<Map.Entry<String, String>> form) {
        MultiMap fields = fields(form);
        String signature = new PlivoSignature(SimulatorAccount.PLIVO_AUTH_TOKEN)
                .sign(RunningGateway.PUBLIC_URL + PLIVO, fields, "12345");
        var response = fuzzed.asIs(form(PLIVO, fields)
                .header(PlivoSignature.NONCE_HEADER, "12345")
                .header(PlivoSignature.HEADER, signature));
        assertThat(response.statusCode()).isNotEqualTo(403);
    }

    @Property
    void of_textlocal(@ForAll("forms") List<Map.Entry<String, String>> form) {
        var _ = fuzzed.asIs(form("/callbacks/textlocal/inbound/" + RunningGateway.CALLBACK_SECRET, fields(form)));
    }

    @Property
    void of_consent(@ForAll("bodies") String body, @ForAll("words") String word) {
        send("POST", "/v1/suppressions", body);
        send("DELETE", "/v1/suppressions/" + AnyQuery.encoded(word), body);
        send("PUT", "/v1/keywords/" + AnyQuery.encoded(word), body);
        send("DELETE", "/v1/keywords/" + AnyQuery.encoded(word), "");
        send("GET", "/v1/inbound/" + AnyQuery.encoded(word), "");
    }

    @Property
    void of_lists(@ForAll("queries") String query) {
        for (String path : List.of("/v1/inbound", "/v1/suppressions", "/v1/keywords")) {
            send("GET", path + "?" + query, "");
        }
    }

    @Provide
    Arbitrary<List<Map.Entry<String, String>>> forms() {
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(20);
        return Combinators.combine(Arbitraries.of(NAMES), Arbitraries.oneOf(Arbitraries.of(VALUES), any))
                .as((name, value) -> Map.entry(name, wellFormed(value)))
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> bodies() {
        Arbitrary<String> nearlyRight = AnyJson.objects(JSON_NAMES)
                .map(odd -> "{\"person\":\"+15005550010\",\"source\":\"form\",\"kind\":\"stop\""
                        + (odd.length() > 2 ? "," : "") + odd.substring(1));
        return Arbitraries.oneOf(nearlyRight, AnyJson.objects(JSON_NAMES), AnyJson.values(JSON_NAMES));
    }

    @Provide
    Arbitrary<String> queries() {
        return AnyQuery.of(PARAMETERS, "stop", "whatsapp");
    }

    /** What is another path to everybody is left out. */
    @Provide
    Arbitrary<String> words() {
        return Arbitraries.oneOf(
                Arbitraries.of("STOP", "stop", "ALTO", "00000000-0000-0000-0000-000000000000"),
                Arbitraries.strings().all().ofMaxLength(40).filter(id -> !id.isEmpty() && !id.matches("[./]+")));
    }

    private static HttpRequest.Builder form(String path, MultiMap fields) {
        return fuzzed.gateway()
                .request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(CallbackPost.encode(fields)));
    }

    private static void send(String method, String path, String body) {
        var _ = fuzzed.authorized(fuzzed.gateway()
                .request(path)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    /** As forms that are signed: the same name twice is signed in the order of the values. */
    private static MultiMap fields(List<Map.Entry<String, String>> form) {
        MultiMap fields = MultiMap.caseInsensitiveMultiMap();
        form.forEach(field -> fields.add(field.getKey(), field.getValue()));
        return fields;
    }

    /** Half of a character has no UTF-8 that it could be sent in. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
