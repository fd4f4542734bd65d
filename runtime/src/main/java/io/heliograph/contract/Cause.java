package io.heliograph.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Who has to do something about a message that did not get there. */
public enum Cause {
    /** We, or whoever runs this: configuration, credentials, or too slow. */
    OURS,
    /** The provider, or the carrier behind it; passes, or another provider does better. */
    PROVIDER,
    /** Whoever sent it: the number, the text, or a person who does not want it. */
    CUSTOMER_DATA;

    public static final List<String> WORDS =
            Arrays.stream(values()).map(Cause::word).toList();

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Cause of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
