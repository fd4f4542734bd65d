package io.heliograph.gateway.booking.hearing;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Pieces of regular expressions: words as alternatives, the longest first, as whole words in any script. */
final class Alternatives {
    static final String BEGIN = "(?<![\\p{L}\\p{M}\\p{N}])";
    static final String END = "(?![\\p{L}\\p{M}\\p{N}])";

    private Alternatives() {}

    static String of(Collection<String> words) {
        return words.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?:", ")"));
    }

    static String of(Map<String, List<String>> table) {
        return of(table.values().stream().flatMap(List::stream).toList());
    }

    static Pattern whole(String expression) {
        return Pattern.compile(BEGIN + expression + END);
    }

    /** What the word stands for. */
    static @Nullable String key(Map<String, List<String>> table, String word) {
        for (Map.Entry<String, List<String>> entry : table.entrySet()) {
            if (entry.getValue().contains(word)) {
                return entry.getKey();
            }
        }
        return null;
    }
}
