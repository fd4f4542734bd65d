package io.heliograph.gateway;

import io.heliograph.gateway.messages.fields.MessageFields;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Anything at all as a body, or as a query, of the API. */
class BodyFuzzTest {
    private static final List<String> MESSAGE_NAMES = Stream.concat(
                    MessageFields.NAMES.stream(),
                    Stream.of("key", "attempts_max", "base", "cap", "jitter", "template_id", "entity_id", "header"))
            .toList();
    private static final List<String> REPLAY_NAMES = List.of(
            "filter",
            "cursor",
            "rate_per_second",
            "limit",
            "dry_run",
            "include_possible_duplicates",
            "since",
            "until",
            "cause",
            "reason",
            "provider",
            "channel");
    private static final List<String> PARAMETERS = List.of(
            "by",
            "from",
            "to",
            "cursor",
            "limit",
            "status",
            "reference",
            "provider_message_id",
            "created_after",
            "created_before",
            "since",
            "until",
            "cause",
            "reason",
            "provider",
            "channel");

    private static final FuzzedGateway fuzzed = new FuzzedGateway();

    @AfterContainer
    static void stop() throws Exception {
        fuzzed.close();
    }

    @Property
    void of_a_message(@ForAll("messages") String body) {
        post("/v1/messages", body.getBytes(StandardCharsets.UTF_8));
    }

    @Property
    void of_a_batch(@ForAll("batches") String body) {
        post("/v1/messages/batch", body.getBytes(StandardCharsets.UTF_8));
    }

    @Property
    void of_a_replay(@ForAll("replays") String body) {
        post("/v1/dead-letters/replay", body.getBytes(StandardCharsets.UTF_8));
    }

    @Property
    void of_a_message_that_was_spoilt_on_its_way(@ForAll("spoilt") byte[] body) {
        post("/v1/messages", body);
        post("/v1/messages/batch", body);
        post("/v1/messages/" + UUID.nameUUIDFromBytes(body) + "/cancel", body);
    }

    @Property
    void of_lists(@ForAll("queries") String query) {
        for (String path : List.of("/v1/messages", "/v1/dead-letters", "/v1/ledger")) {
            var _ = fuzzed.authorized(
                    fuzzed.gateway().request(path + "?" + query).GET());
        }
    }

    @Property
    void of_paths(@ForAll("ids") String id) {
        String path = "/v1/messages/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
        var _ = fuzzed.authorized(fuzzed.gateway().request(path).GET());
        post(path + "/cancel", new byte[0]);
    }

    @Provide
    Arbitrary<String> messages() {
        Arbitrary<String> nearlyRight = AnyJson.objects(MESSAGE_NAMES)
                .map(odd -> "{\"to\":\"+15005550010\",\"text\":\"Hello\"" + (odd.length() > 2 ? "," : "")
                        + odd.substring(1));
        return Arbitraries.oneOf(nearlyRight, AnyJson.objects(MESSAGE_NAMES), AnyJson.values(MESSAGE_NAMES), deep());
    }

    @Provide
    Arbitrary<String> batches() {
        Arbitrary<String> defaults = Arbitraries.oneOf(Arbitraries.just("{}"), AnyJson.values(MESSAGE_NAMES));
        Arbitrary<String> items = messages().list().ofMaxSize(4).map(list -> "[" + String.join(",", list) + "]");
        return Combinators.combine(defaults, Arbitraries.oneOf(items, AnyJson.values(MESSAGE_NAMES)))
                .as((shared, list) -> "{\"defaults\":" + shared + ",\"messages\":" + list + "}");
    }

    @Provide
    Arbitrary<String> replays() {
        return Arbitraries.oneOf(
                AnyJson.objects(REPLAY_NAMES),
                AnyJson.objects(REPLAY_NAMES).map(filter -> "{\"dry_run\":true,\"filter\":" + filter + "}"));
    }

    @Provide
    Arbitrary<byte[]> spoilt() {
        Arbitrary<byte[]> right = messages().map(text -> text.getBytes(StandardCharsets.UTF_8));
        return Combinators.combine(right, Arbitraries.integers().between(0, 1 << 20), Arbitraries.bytes())
                .as(BodyFuzzTest::spoilt);
    }

    /** What is another path to everybody is left out. */
    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.strings().all().ofMaxLength(50).filter(id -> !id.isEmpty() && !id.matches("[./]+"));
    }

    @Provide
    Arbitrary<String> queries() {
        Arbitrary<String> value = Arbitraries.oneOf(
                Arbitraries.of(
                        "day",
                        "batch",
                        "",
                        "1",
                        "-1",
                        "99999999999999999999",
                        "2026-01-01T00:00:00Z",
                        "sent",
                        "sms",
                        "-999999999-01-01T00:00:00Z",
                        "+999999999-12-31T23:59:59-18:00",
                        "00000000-0000-0000-0000-000000000000",
                        "ffffffff-ffff-ffff-ffff-ffffffffffff",
                        "7fffffff-ffff-7fff-8fff-ffffffffffff",
                        "+15005550010",
                        "\0"),
                Arbitraries.strings().all().ofMaxLength(30));
        return Combinators.combine(Arbitraries.of(PARAMETERS), value)
                .as((name, text) -> name + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                .list()
                .ofMaxSize(5)
                .map(parameters -> String.join("&", parameters));
    }

    private static Arbitrary<String> deep() {
        return Arbitraries.integers()
                .between(1, 5_000)
                .map(levels -> "{\"metadata\":" + "[".repeat(levels) + "]".repeat(levels) + "}");
    }

    /** One byte is another one, or the rest is missing. */
    private static byte[] spoilt(byte[] body, int at, byte value) {
        if (body.length == 0 || at % 2 == 0) {
            return Arrays.copyOf(body, body.length == 0 ? 0 : at % body.length);
        }
        byte[] spoilt = body.clone();
        spoilt[at % body.length] = value;
        return spoilt;
    }

    private static void post(String path, byte[] body) {
        HttpRequest.Builder request = fuzzed.gateway().request(path).POST(BodyPublishers.ofByteArray(body));
        var _ = fuzzed.authorized(request);
    }
}
