package io.heliograph.gateway;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** Anything at all as what happened to a user, and as an account's settings. */
class NotificationFuzzTest {
    private static final int TRIES = 200;
    private static final List<String> EVENT_NAMES = List.of(
            "type", "user", "users", "data", "idempotency_key", "order_id", "amount", "items", "order_created", "ann");
    private static final List<String> SETTING_NAMES = List.of(
            "locale",
            "time_zone",
            "quiet_hours",
            "caps",
            "digests",
            "promotional_hours",
            "category",
            "country",
            "from",
            "to",
            "off",
            "daily",
            "monthly",
            "type",
            "window",
            "IN");

    private static final FuzzedGateway fuzzed = new FuzzedGateway();

    static {
        new EventCalls(fuzzed.gateway()).user("ann", new JsonObject().put("email", "ann@example.com"));
    }

    @AfterContainer
    static void stop() throws Exception {
        fuzzed.close();
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_an_event(@ForAll("events") String body) {
        send("POST", "/v1/events", body);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_a_batch(@ForAll("batches") String body) {
        send("POST", "/v1/events/batch", body);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_settings(@ForAll("settings") String body) {
        send("PATCH", "/v1/account/settings", body);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_what_is_read(@ForAll("ids") String id, @ForAll("queries") String query) {
        for (String path : List.of("/v1/notifications/" + id, "/v1/users/" + id + "/notifications?" + query)) {
            var _ = fuzzed.authorized(fuzzed.gateway().request(path).GET());
        }
    }

    @Provide
    Arbitrary<String> events() {
        Arbitrary<String> nearlyRight = AnyJson.objects(EVENT_NAMES)
                .map(odd ->
                        "{\"type\":\"order_created\",\"user\":\"ann\",\"data\":{\"order_id\":\"A\",\"amount\":\"1\"}"
                                + (odd.length() > 2 ? "," : "") + odd.substring(1));
        Arbitrary<String> oddData = AnyJson.objects(EVENT_NAMES)
                .map(odd -> "{\"type\":\"order_created\",\"user\":\"ann\",\"data\":" + odd + "}");
        Arbitrary<String> oddValues = Combinators.combine(AnyJson.values(EVENT_NAMES), AnyJson.values(EVENT_NAMES))
                .as((order, amount) -> "{\"type\":\"order_created\",\"user\":\"ann\",\"data\":{\"order_id\":" + order
                        + ",\"amount\":" + amount + "}}");
        return Arbitraries.oneOf(
                nearlyRight, oddData, oddValues, AnyJson.objects(EVENT_NAMES), AnyJson.values(EVENT_NAMES));
    }

    @Provide
    Arbitrary<String> batches() {
        Arbitrary<String> items = events().list().ofMaxSize(4).map(list -> "[" + String.join(",", list) + "]");
        return Arbitraries.oneOf(items, AnyJson.values(EVENT_NAMES)).map(list -> "{\"events\":" + list + "}");
    }

    @Provide
    Arbitrary<String> settings() {
        Arbitrary<String> rules =
                AnyJson.objects(SETTING_NAMES).list().ofMaxSize(4).map(list -> "[" + String.join(",", list) + "]");
        Arbitrary<String> oneOfThem = Arbitraries.of("quiet_hours", "caps", "digests")
                .flatMap(name -> rules.map(list -> "{\"" + name + "\":" + list + "}"));
        return Arbitraries.oneOf(oneOfThem, AnyJson.objects(SETTING_NAMES), AnyJson.values(SETTING_NAMES));
    }

    /** What is another path to everybody is left out. */
    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.strings()
                .all()
                .ofMaxLength(50)
                .filter(id -> !id.isEmpty() && !id.matches("[./]+"))
                .map(AnyQuery::encoded);
    }

    @Provide
    Arbitrary<String> queries() {
        return AnyQuery.of(List.of("cursor", "limit"), "7fffffff-ffff-7fff-8fff-ffffffffffff", "3", "x");
    }

    private static void send(String method, String path, String body) {
        var _ = fuzzed.authorized(fuzzed.gateway()
                .request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }
}
