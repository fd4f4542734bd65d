package io.heliograph.gateway;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** JSON texts that are nearly what somebody wants: known names, known words and numbers, and what nobody thought of. */
final class AnyJson {
    private static final int DEPTH_MAX = 3;
    private static final int FIELDS_MAX = 6;
    private static final int ITEMS_MAX = 4;

    private static final List<String> ODD_NUMBERS = List.of(
            "0",
            "-1",
            "1e999",
            "-1e-999",
            "1E400",
            "9223372036854775808",
            "0.1e-320",
            "3.0",
            "1e2",
            "-0",
            "12345678901234567890123");

    private static final List<String> ODD_TEXTS = List.of(
            "",
            " ",
            "\\u0000",
            "\\ud800",
            "\\udc00x",
            "\\ud83d\\ude00",
            "null",
            "true",
            "+15005550010",
            "ann@example.com",
            "sms",
            "whatsapp",
            "email",
            "2026-12-01T10:00:00Z",
            "-999999999-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59-18:00",
            "4h",
            "999999999d",
            "0ms",
            "https://example.com/a",
            "http://[",
            "normal",
            "fail",
            "day",
            "{",
            "[",
            "\\\"",
            "\\\\");

    private AnyJson() {}

    /** Objects with these names, mostly. */
    static Arbitrary<String> objects(List<String> names) {
        return object(names, value(names, DEPTH_MAX));
    }

    static Arbitrary<String> values(List<String> names) {
        return value(names, DEPTH_MAX);
    }

    private static Arbitrary<String> value(List<String> names, int depth) {
        Arbitrary<String> plain = Arbitraries.frequencyOf(
                Tuple.of(4, text()),
                Tuple.of(2, Arbitraries.of(ODD_NUMBERS)),
                Tuple.of(1, Arbitraries.of("null", "true", "false")));
        if (depth == 0) {
            return plain;
        }
        Arbitrary<String> deeper = Arbitraries.lazy(() -> value(names, depth - 1));
        return Arbitraries.frequencyOf(
                Tuple.of(6, plain),
                Tuple.of(1, object(names, deeper)),
                Tuple.of(1, deeper.list().ofMaxSize(ITEMS_MAX).map(items -> "[" + String.join(",", items) + "]")));
    }

    private static Arbitrary<String> object(List<String> names, Arbitrary<String> values) {
        Arbitrary<String> name = Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.of(names).map(text -> "\"" + text + "\"")), Tuple.of(1, text()));
        return Combinators.combine(name, values)
                .as((key, value) -> key + ":" + value)
                .list()
                .ofMaxSize(FIELDS_MAX)
                .map(fields -> "{" + String.join(",", fields) + "}");
    }

    private static Arbitrary<String> text() {
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(20).map(AnyJson::escaped);
        return Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.of(ODD_TEXTS)), Tuple.of(1, any))
                .map(text -> "\"" + text + "\"");
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
        return escaped.toString();
    }
}
