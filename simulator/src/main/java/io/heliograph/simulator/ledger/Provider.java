package io.heliograph.simulator.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Whom the simulator plays. At most eight fit into a {@link Tally}. */
public enum Provider {
    TWILIO(0),
    PLIVO(1),
    FAST2SMS(2),
    TEXTLOCAL(3),
    /** The service of a browser's maker. */
    WEBPUSH(4);

    private static final List<Provider> ALL = List.of(values());

    private final int index;
    private final String word = name().toLowerCase(Locale.ROOT);

    Provider(int index) {
        this.index = index;
    }

    public static List<Provider> all() {
        return ALL;
    }

    /** The names of those whose bits are set. */
    static List<String> words(int bits) {
        return Arrays.stream(values())
                .filter(provider -> (bits & provider.bit()) != 0)
                .map(Provider::word)
                .toList();
    }

    public String word() {
        return word;
    }

    /** Its place in {@link #all}. */
    public int index() {
        return index;
    }

    int bit() {
        return 1 << index;
    }
}
