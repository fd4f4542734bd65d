package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** Anything at all at the Twilio-compatible API: what is refused is refused in Twilio's form, and the next request is taken. */
class TwilioFuzzTest {
    private static final int TRIES = 150;
    private static final String HELLO = "To=%2B15005550010&From=%2B15005550006&Body=Hello";
    private static final List<String> NAMES = List.of(
            "To",
            "From",
            "Body",
            "MediaUrl",
            "MessagingServiceSid",
            "StatusCallback",
            "ValidityPeriod",
            "ScheduleType",
            "SendAt",
            "SmartEncoded",
            "ContentSid",
            "ContentVariables",
            "ApplicationSid",
            "FallbackFrom",
            "SendAsMms",
            "PersistentAction",
            "Status",
            "Outcome");
    private static final List<String> PARAMETERS =
            List.of("To", "From", "DateSent", "DateSent<", "DateSent>", "PageSize", "Page", "PageToken");
    private static final String ZEROS = "0".repeat(32);
    private static final List<String> TYPES = List.of(
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=nonsense",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "application/json",
            "nonsense");

    private static final FuzzedGateway fuzzed = new FuzzedGateway();
    private static final TwilioAccount account = TwilioAccount.of(fuzzed.gateway());
    private static final String MESSAGE = "/Messages/"
            + json(account.post("/Messages.json", HELLO + "&MediaUrl=https%3A%2F%2Fexample.com%2Fa.png"))
                    .getString("sid");

    @AfterContainer
    static void stop() throws Exception {
        assertThat(account.post("/Messages.json", HELLO).statusCode()).isEqualTo(201);
        fuzzed.close();
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_a_create(@ForAll("forms") String form) {
        send(form("/Messages.json", form.getBytes(StandardCharsets.UTF_8)));
        send(form("/Messages.json", (HELLO + "&" + form).getBytes(StandardCharsets.UTF_8)));
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_a_change(@ForAll("forms") String form) {
        byte[] body = form.getBytes(StandardCharsets.UTF_8);
        send(form(MESSAGE + ".json", body));
        send(form(MESSAGE + "/Feedback.json", body));
        send(form("/Messages/SM" + ZEROS + ".json", body));
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_bodies_of_any_type(@ForAll("bodies") byte[] body, @ForAll("types") String type) {
        for (String path : List.of("/Messages.json", MESSAGE + ".json", MESSAGE + "/Feedback.json")) {
            send(form(path, body).setHeader("Content-Type", type));
        }
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_lists(@ForAll("queries") String query) {
        send(request("/Messages.json?" + query).GET());
        send(request(MESSAGE + "/Media.json?" + query).GET());
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_paths(@ForAll("sids") String sid) {
        String encoded = AnyQuery.encoded(sid);
        send(request("/Messages/" + encoded + ".json").GET());
        send(request("/Messages/" + encoded + ".json").DELETE());
        send(request("/Messages/" + encoded + "/Media.json").GET());
        send(request(MESSAGE + "/Media/" + encoded + ".json").DELETE());
        send(request("/" + encoded).GET());
        send(authorized(fuzzed.gateway().request("/2010-04-01/Accounts/" + encoded + "/Messages.json"))
                .GET());
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_methods_and_of_credentials(@ForAll("methods") String method, @ForAll("credentials") String credentials) {
        send(request("/Messages.json").method(method, BodyPublishers.ofString(HELLO)));
        HttpResponse<String> stranger = send(request("/Messages.json")
                .setHeader("Authorization", credentials)
                .method(method, BodyPublishers.ofString(HELLO)));
        assertThat(stranger.statusCode()).isEqualTo(401);
    }

    @Provide
    Arbitrary<String> forms() {
        return AnyQuery.of(
                NAMES, "canceled", "confirmed", "fixed", "MG" + ZEROS, "2026-12-24T00:00:00", "whatsapp:", "12");
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        Arbitrary<String> written = Arbitraries.strings()
                .withChars("a=&%+;[]{}\":,\r\n-x0 \0")
                .ofMaxLength(80)
                .map(text -> "Body=" + text);
        return Arbitraries.oneOf(
                written.map(text -> text.getBytes(StandardCharsets.UTF_8)),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(200));
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of(TYPES);
    }

    @Provide
    Arbitrary<String> queries() {
        return AnyQuery.of(
                PARAMETERS,
                "0",
                "2",
                "1000",
                "PASM" + ZEROS,
                "PBMM" + "f".repeat(32),
                "PA",
                "0001-01-01",
                "9999-12-31");
    }

    /** What is another path to everybody is left out. */
    @Provide
    Arbitrary<String> sids() {
        Arbitrary<String> nearly = Combinators.combine(
                        Arbitraries.of("SM", "MM", "ME", "AC", "sm", ""),
                        Arbitraries.strings()
                                .withChars("0123456789abcdefABCDEFg")
                                .ofMinLength(31)
                                .ofMaxLength(33))
                .as(String::concat);
        return Arbitraries.oneOf(nearly, Arbitraries.strings().all().ofMaxLength(50))
                .filter(sid -> !sid.isEmpty() && !sid.matches("[./]+"));
    }

    @Provide
    Arbitrary<String> methods() {
        return Arbitraries.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "NONSENSE");
    }

    @Provide
    Arbitrary<String> credentials() {
        Arbitrary<String> plain =
                Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(60);
        Arbitrary<String> pairs = Combinators.combine(
                        Arbitraries.strings().all().ofMaxLength(40),
                        Arbitraries.strings().all().ofMaxLength(40))
                .as(TwilioAccount::basic);
        return Arbitraries.oneOf(
                plain, plain.map(text -> "Basic " + text), pairs, Arbitraries.just("Basic " + "A".repeat(5_000)));
    }

    private static HttpRequest.Builder form(String path, byte[] body) {
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofByteArray(body));
    }

    /** With the account's token. {@code path} is what follows the account's sid. */
    private static HttpRequest.Builder request(String path) {
        return authorized(fuzzed.gateway().request("/2010-04-01/Accounts/" + account.sid() + path));
    }

    private static HttpRequest.Builder authorized(HttpRequest.Builder request) {
        return request.setHeader("Authorization", TwilioAccount.basic(account.sid(), account.token()));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        HttpResponse<String> response = fuzzed.asIs(request);
        if (response.statusCode() >= 400) {
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(json(response).fieldNames()).containsExactly("code", "message", "more_info", "status");
            assertThat(json(response).getInteger("status")).isEqualTo(response.statusCode());
        }
        return response;
    }
}
