package io.heliograph.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which queue a message waits in. Declared in the order in which lanes are served. */
public enum Lane {
    CRITICAL,
    NORMAL,
    BULK;

    public static final List<String> WORDS =
            Arrays.stream(values()).map(Lane::word).toList();

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Lane of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
