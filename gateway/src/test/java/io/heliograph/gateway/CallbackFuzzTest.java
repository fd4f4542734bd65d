package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Anything at all as a callback: signed as it should be, so that the parsers see it, and not signed. */
class CallbackFuzzTest {
    private static final List<String> PATHS = List.of(
            "/callbacks/twilio/status",
            "/callbacks/plivo/status",
            CallbackPost.fast2smsPath(),
            "/callbacks/textlocal/status/" + RunningGateway.CALLBACK_SECRET);
    private static final List<String> NAMES = List.of(
            "MessageSid",
            "SmsSid",
            "MessageStatus",
            "SmsStatus",
            "ErrorCode",
            "MessageUUID",
            "Status",
            "To",
            "From",
            "customID",
            "custom",
            "number",
            "status",
            "mobile",
            "request_id",
            "udf1",
            "failure_reason",
            "sms_reports",
            "delivery_status",
            "data",
            "items",
            "data.msisdn");
    private static final List<String> VALUES = List.of(
            "",
            "delivered",
            "Delivered",
            "undelivered",
            "D",
            "?",
            "SM1",
            "30003",
            "9000000001",
            "+919000000001",
            "0198f000-0000-7000-8000-000000000001-1",
            "\0",
            "x".repeat(65),
            "x".repeat(5_000));
    private static final List<String> TYPES = List.of(
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=nonsense",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "application/json",
            "text/plain",
            "nonsense");

    private static final FuzzedGateway fuzzed = new FuzzedGateway();

    @AfterContainer
    static void stop() throws Exception {
        fuzzed.close();
    }

    @Property
    void of_twilio(@ForAll("forms") List<Map.Entry<String, String>> form, @ForAll("urlQueries") String query) {
        MultiMap fields = fields(form);
        String path = "/callbacks/twilio/status" + query;
        var response = fuzzed.asIs(form(path, CallbackPost.encode(fields))
                .header(
                        TwilioSignature.HEADER,
                        new TwilioSignature(SimulatorAccount.AUTH_TOKEN)
                                .sign(RunningGateway.PUBLIC_URL + path, fields)));
        assertThat(response.statusCode()).isNotEqualTo(403);
    }

    @Property
    void of_plivo(@ForAll("forms") List<Map.Entry<String, String>> form, @ForAll("urlQueries") String query) {
        var response = CallbackPost.plivo(fuzzed.gateway(), query, fields(form));

        assertThat(response.statusCode()).as(response.body()).isIn(204, 400, 413);
    }

    @Property
    void of_fast2sms(@ForAll("reports") String body, @ForAll("methods") String method) {
        var _ = fuzzed.asIs(fuzzed.gateway()
                .request(CallbackPost.fast2smsPath())
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }

    @Property
    void of_fast2sms_and_textlocal_as_a_form_and_a_query(@ForAll("forms") List<Map.Entry<String, String>> form) {
        String encoded = CallbackPost.encode(fields(form));
        var _ = fuzzed.asIs(form(PATHS.get(2), encoded));
        var _ = fuzzed.asIs(form(PATHS.get(3), encoded));
        if (encoded.length() < 3_000) {
            var _ = fuzzed.asIs(
                    fuzzed.gateway().request(PATHS.get(2) + "?" + encoded).GET());
        }
    }

    @Property
    void of_anybody(@ForAll("types") String type, @ForAll("bodies") byte[] body) {
        long before =
                fuzzed.gateway().sql().count("SELECT count(*) FROM callback WHERE provider IN ('twilio', 'plivo')");
        for (String path : PATHS) {
            var _ = fuzzed.asIs(fuzzed.gateway()
                    .request(path)
                    .header("Content-Type", type)
                    .header(TwilioSignature.HEADER, "nonsense")
                    .POST(BodyPublishers.ofByteArray(body)));
        }
        assertThat(fuzzed.gateway().sql().count("SELECT count(*) FROM callback WHERE provider IN ('twilio', 'plivo')"))
                .isEqualTo(before);
    }

    @Provide
    Arbitrary<List<Map.Entry<String, String>>> forms() {
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(20);
        // The server's decoder takes white space out of names, so a signature over it does not fit: nobody sends any.
        Arbitrary<String> odd = any.map(CallbackFuzzTest::wellFormed)
                .filter(text -> text.chars().noneMatch(CallbackFuzzTest::isWhite) && !text.isEmpty());
        Arbitrary<String> names = Arbitraries.oneOf(Arbitraries.of(NAMES), Arbitraries.of(NAMES), odd);
        return Combinators.combine(names, Arbitraries.oneOf(Arbitraries.of(VALUES), any))
                .as((name, value) -> Map.entry(name, wellFormed(value)))
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> urlQueries() {
        Arbitrary<String> value = Arbitraries.of(
                "",
                "1",
                "-1",
                "99999",
                "nonsense",
                "0198f000-0000-7000-8000-000000000001",
                "1-1-1-1-1",
                "%2B%26",
                "a%3Db");
        return Combinators.combine(value, value, value).as((m, a, c) -> "?m=" + m + "&a=" + a + "&c=" + c);
    }

    @Provide
    Arbitrary<String> reports() {
        Arbitrary<String> deep =
                Arbitraries.integers().between(1, 5_000).map(levels -> "[".repeat(levels) + "]".repeat(levels));
        return Arbitraries.oneOf(AnyJson.values(NAMES), AnyJson.objects(NAMES), deep);
    }

    @Provide
    Arbitrary<String> methods() {
        return Arbitraries.of("POST", "PUT");
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of(TYPES);
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        Arbitrary<String> written =
                Arbitraries.strings().withChars("a=&%+;[]{}\":,\r\n-x0 \0").ofMaxLength(80);
        Arbitrary<String> parts = written.map(
                text -> "--x\r\nContent-Disposition: form-data; name=\"" + text + "\r\n\r\n" + text + "\r\n--x--\r\n");
        return Arbitraries.oneOf(
                written.map(text -> text.getBytes(StandardCharsets.UTF_8)),
                parts.map(text -> text.getBytes(StandardCharsets.UTF_8)),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(200));
    }

    private static HttpRequest.Builder form(String path, String encoded) {
        return fuzzed.gateway()
                .request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded));
    }

    private static MultiMap fields(List<Map.Entry<String, String>> form) {
        MultiMap fields = MultiMap.caseInsensitiveMultiMap();
        form.forEach(field -> fields.add(field.getKey(), field.getValue()));
        return fields;
    }

    /** The decoder's idea of it: all of Unicode's, and whatever else nobody sees. */
    private static boolean isWhite(int character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character)
                || Character.getType(character) == Character.FORMAT;
    }

    /** Half of a character has no UTF-8 that it could be sent in. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
