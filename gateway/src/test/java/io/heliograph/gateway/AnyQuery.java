package io.heliograph.gateway;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Queries and forms that are nearly what somebody wants: known names, with known words and what nobody thought of. */
final class AnyQuery {
    private static final int PARAMETERS_MAX = 5;
    private static final List<String> ODD_TEXTS = List.of(
            "",
            "1",
            "-1",
            "99999999999999999999",
            "true",
            "sms",
            "sent",
            "day",
            "2026-01-01",
            "2026-01-01T00:00:00Z",
            "-999999999-01-01",
            "+999999999-12-31",
            "-999999999-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59-18:00",
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "7fffffff-ffff-7fff-8fff-ffffffffffff",
            "1-1",
            "999999999999999999-999999999999999999",
            "+999999999-12-31T23:59:59Z_ffffffff-ffff-ffff-ffff-ffffffffffff_1",
            "+15005550010",
            "whatsapp:+15005550010",
            "https://example.com/a",
            "http://[",
            "\0",
            "x".repeat(300));

    private AnyQuery() {}

    /** Encoded, with these names. {@code words} come more often than the rest. */
    static Arbitrary<String> of(List<String> names, String... words) {
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(30);
        Arbitrary<String> odd = Arbitraries.of(ODD_TEXTS);
        Arbitrary<String> value = words.length == 0
                ? Arbitraries.oneOf(odd, any)
                : Arbitraries.oneOf(odd, any, Arbitraries.of(words), Arbitraries.of(words));
        return Combinators.combine(Arbitraries.of(names), value)
                .as((name, text) -> encoded(name) + "=" + encoded(text))
                .list()
                .ofMaxSize(PARAMETERS_MAX)
                .map(parameters -> String.join("&", parameters));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
