package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Anything at all where events are asked for, and where they are to go; and as an account's own settings. */
class EventFuzzTest {
    private static final String ENDPOINTS = "/v1/webhook-endpoints";
    private static final List<String> ENDPOINT_NAMES =
            List.of("url", "description", "event_types", "channels", "overlap");
    private static final List<String> REPLAY_NAMES =
            List.of("since", "until", "types", "message_ids", "only_failed", "cursor", "limit", "dry_run");
    private static final List<String> PARAMETERS = List.of(
            "cursor",
            "types",
            "type",
            "channels",
            "channel",
            "message_id",
            "event_id",
            "since",
            "until",
            "outcome",
            "limit",
            "last_event_id");

    private static final FuzzedGateway fuzzed = new FuzzedGateway();
    private static final String ENDPOINT = ENDPOINTS + "/"
            + json(fuzzed.gateway().post(ENDPOINTS, "{\"url\":\"https://app.example.com/hooks\"}"))
                    .getString("id");

    @AfterContainer
    static void stop() throws Exception {
        fuzzed.close();
    }

    @Property
    void of_an_endpoint(@ForAll("endpoints") String body) {
        send("POST", ENDPOINTS, body);
        send("PATCH", ENDPOINT, body);
    }

    @Property
    void of_what_an_endpoint_can_do(@ForAll("endpoints") String body, @ForAll("replays") String replay) {
        send("POST", ENDPOINT + "/rotate-secret", body);
        send("POST", ENDPOINT + "/replay", replay);
        send("POST", ENDPOINT + "/test", body);
        send("POST", ENDPOINT + "/enable", body);
        send("POST", "/v1/account/rotate-twilio-token", body);
    }

    @Property
    void of_lists(@ForAll("queries") String query) {
        for (String path : List.of("/v1/events", ENDPOINT + "/deliveries", "/v1/ledger", ENDPOINTS)) {
            var _ = fuzzed.authorized(
                    fuzzed.gateway().request(path + "?" + query).GET());
        }
    }

    @Property
    void of_a_stream_that_begins(@ForAll("queries") String query, @ForAll("positions") String position)
            throws Exception {
        int _ = fuzzed.start(fuzzed.gateway()
                .request("/v1/stream?" + query)
                .header("Last-Event-ID", position)
                .GET());
    }

    @Property
    void of_paths(@ForAll("ids") String id) {
        String endpoint = ENDPOINTS + "/" + AnyQuery.encoded(id);
        for (String path : List.of(endpoint, endpoint + "/deliveries", endpoint + "/secret")) {
            var _ = fuzzed.authorized(fuzzed.gateway().request(path).GET());
        }
        send("DELETE", endpoint, "");
        send("POST", endpoint + "/test", "");
    }

    @Provide
    Arbitrary<String> endpoints() {
        Arbitrary<String> nearlyRight = AnyJson.objects(ENDPOINT_NAMES)
                .map(odd -> "{\"url\":\"https://app.example.com/hooks\"" + (odd.length() > 2 ? "," : "")
                        + odd.substring(1));
        return Arbitraries.oneOf(
                nearlyRight, AnyJson.objects(ENDPOINT_NAMES), AnyJson.values(ENDPOINT_NAMES), Arbitraries.just(""));
    }

    @Provide
    Arbitrary<String> replays() {
        Arbitrary<String> nearlyRight = AnyJson.objects(REPLAY_NAMES)
                .map(odd -> "{\"since\":\"2026-01-01T00:00:00Z\"" + (odd.length() > 2 ? "," : "") + odd.substring(1));
        return Arbitraries.oneOf(nearlyRight, AnyJson.objects(REPLAY_NAMES), AnyJson.values(REPLAY_NAMES));
    }

    @Provide
    Arbitrary<String> queries() {
        return AnyQuery.of(PARAMETERS, "message.delivered", "inbound.received,consent.changed", "succeeded", "failed");
    }

    @Provide
    Arbitrary<String> positions() {
        return Arbitraries.oneOf(
                Arbitraries.of("0-0", "1-1", "999999999999999999-999999999999999999", "x", "-1--1"),
                Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(30));
    }

    /** What is another path to everybody is left out. */
    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.strings().all().ofMaxLength(50).filter(id -> !id.isEmpty() && !id.matches("[./]+"));
    }

    private static void send(String method, String path, String body) {
        var _ = fuzzed.authorized(fuzzed.gateway()
                .request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }
}
