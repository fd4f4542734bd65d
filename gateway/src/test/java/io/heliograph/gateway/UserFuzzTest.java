package io.heliograph.gateway;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** Anything at all where users, their switches, their consents and their page are asked for. */
class UserFuzzTest {
    private static final int TRIES = 200;
    private static final String ANN = "/v1/users/ann";
    private static final List<String> USER_NAMES =
            List.of("phone", "email", "locale", "time_zone", "attributes", "tier");
    private static final List<String> PREFERENCE_NAMES =
            List.of("preferences", "orders", "payments", "sms", "email", "valid_for");
    private static final List<String> CONSENT_NAMES =
            List.of("channel", "purpose", "change", "source", "ip", "user_agent", "text_version", "occurred_at");
    private static final List<String> PARAMETERS = List.of("cursor", "limit", "phone", "email");

    private static final FuzzedGateway fuzzed = new FuzzedGateway();
    private static final String PAGE = page();

    @AfterContainer
    static void stop() throws Exception {
        fuzzed.close();
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_a_user(@ForAll("users") String body) {
        send("PUT", "/v1/users/bob", body);
        send("PATCH", "/v1/users/bob", body);
        send("DELETE", "/v1/users/nobody", body);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_switches(@ForAll("preferences") String body) {
        send("PATCH", ANN + "/preferences", body);
        send("POST", ANN + "/preference-link", body);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_a_consent(@ForAll("consents") String body) {
        send("POST", ANN + "/consents", body);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_lists(@ForAll("queries") String query) {
        for (String path :
                List.of("/v1/users", ANN + "/consents", ANN + "/consents/proof", ANN + "/export", "/v1/erasures/x")) {
            var _ = fuzzed.authorized(
                    fuzzed.gateway().request(path + "?" + query).GET());
        }
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_the_page(@ForAll("forms") String form, @ForAll("types") String type) {
        var _ = fuzzed.asIs(
                fuzzed.gateway().request(PAGE).header("Content-Type", type).POST(BodyPublishers.ofString(form)));
        var _ = fuzzed.asIs(fuzzed.gateway().request(PAGE + "?" + form).GET());
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_paths(@ForAll("ids") String id) {
        String user = "/v1/users/" + AnyQuery.encoded(id);
        for (String path : List.of(
                user,
                user + "/preferences",
                user + "/consents/current",
                user + "/export",
                "/v1/erasures/" + AnyQuery.encoded(id),
                "/p/" + AnyQuery.encoded(id))) {
            var _ = fuzzed.authorized(fuzzed.gateway().request(path).GET());
        }
    }

    @Provide
    Arbitrary<String> users() {
        return Arbitraries.oneOf(
                AnyJson.objects(USER_NAMES),
                AnyJson.values(USER_NAMES),
                AnyJson.values(USER_NAMES).map(any -> "{\"attributes\":" + any + "}"),
                Arbitraries.just(""));
    }

    @Provide
    Arbitrary<String> preferences() {
        return Arbitraries.oneOf(
                AnyJson.values(PREFERENCE_NAMES).map(any -> "{\"preferences\":{\"orders\":" + any + "}}"),
                AnyJson.values(PREFERENCE_NAMES).map(any -> "{\"preferences\":" + any + "}"),
                AnyJson.objects(PREFERENCE_NAMES),
                AnyJson.values(PREFERENCE_NAMES));
    }

    @Provide
    Arbitrary<String> consents() {
        Arbitrary<String> nearlyRight = AnyJson.objects(CONSENT_NAMES)
                .map(odd -> "{\"channel\":\"sms\",\"purpose\":\"clinical\",\"change\":\"grant\",\"source\":\"a form\""
                        + (odd.length() > 2 ? "," : "") + odd.substring(1));
        return Arbitraries.oneOf(nearlyRight, AnyJson.objects(CONSENT_NAMES), AnyJson.values(CONSENT_NAMES));
    }

    @Provide
    Arbitrary<String> queries() {
        return AnyQuery.of(PARAMETERS, "ann", "ann@example.com");
    }

    @Provide
    Arbitrary<String> forms() {
        return Arbitraries.oneOf(
                AnyQuery.of(
                        List.of("shown.orders.sms", "orders.sms", "shown.orders.email", "saved", "shown"), "on", "off"),
                Arbitraries.strings().ascii().excludeChars('#').ofMaxLength(60).map(AnyQuery::encoded));
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of(
                "application/x-www-form-urlencoded",
                "application/x-www-form-urlencoded; charset=nothing",
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "application/json",
                "x");
    }

    /** What is another path to everybody is left out. */
    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.strings().all().ofMaxLength(50).filter(id -> !id.isEmpty() && !id.matches("[./]+"));
    }

    private static String page() {
        TestUsers.ann(fuzzed.gateway());
        String url = RunningGateway.json(fuzzed.gateway().post(ANN + "/preference-link", new JsonObject()))
                .getString("url");
        return url.substring(RunningGateway.PUBLIC_URL.length());
    }

    private static void send(String method, String path, String body) {
        var _ = fuzzed.authorized(fuzzed.gateway()
                .request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }
}
