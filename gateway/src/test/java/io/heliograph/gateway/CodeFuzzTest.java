package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** Anything at all where codes are asked for and checked. */
class CodeFuzzTest {
    private static final int TRIES = 50;
    private static final String PATH = "/v1/verifications";
    private static final List<String> NAMES = List.of(
            "to",
            "channel",
            "purpose",
            "length",
            "expires_in",
            "locale",
            "app_name",
            "web_otp_domain",
            "android_app_hash",
            "fallback",
            "client_ip");

    private static final FuzzedGateway fuzzed = new FuzzedGateway();
    private static final String VERIFICATION = PATH + "/"
            + json(fuzzed.gateway().post(PATH, "{\"to\":\"+14155550143\"}")).getString("id");

    @AfterContainer
    static void stop() throws Exception {
        fuzzed.close();
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_a_code(@ForAll("verifications") String body) {
        send(PATH, body);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_a_check(@ForAll("checks") String body, @ForAll("ids") String id) {
        send(VERIFICATION + "/check", body);
        send(VERIFICATION + "/resend", body);
        send(PATH + "/" + AnyQuery.encoded(id) + "/check", "{\"code\":\"123456\"}");
        send(PATH + "/" + AnyQuery.encoded(id) + "/cancel", "");
    }

    @Provide
    Arbitrary<String> verifications() {
        Arbitrary<String> nearlyRight = AnyJson.objects(NAMES)
                .map(odd -> "{\"to\":\"+14155550143\"" + (odd.length() > 2 ? "," : "") + odd.substring(1));
        return Arbitraries.oneOf(nearlyRight, AnyJson.objects(NAMES), AnyJson.values(NAMES), Arbitraries.just(""));
    }

    @Provide
    Arbitrary<String> checks() {
        return Arbitraries.oneOf(
                AnyJson.objects(List.of("code", "client_ip")),
                Arbitraries.strings().numeric().ofMaxLength(12).map(code -> "{\"code\":\"" + code + "\"}"));
    }

    /** What is another path to everybody is left out. */
    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.strings().all().ofMaxLength(50).filter(id -> !id.isEmpty() && !id.matches("[./]+"));
    }

    private static void send(String path, String body) {
        var _ = fuzzed.authorized(fuzzed.gateway()
                .request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }
}
