package io.heliograph.gateway.booking.hearing;

import java.util.List;
import java.util.Map;

/** Small numbers, in digits or as words. */
final class Numbers {
    private final Map<String, List<String>> words;
    /** One group, which {@link #of} reads. */
    final String expression;

    Numbers(Words words) {
        this.words = words.table("numbers");
        this.expression = "(\\d{1,2}|" + Alternatives.of(this.words) + ")";
    }

    int of(String found) {
        String key = Alternatives.key(words, found);
        return Integer.parseInt(key == null ? found : key);
    }
}
