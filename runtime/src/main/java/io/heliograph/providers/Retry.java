package io.heliograph.providers;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How often and how soon a message that a provider put off is tried again.
 *
 * @param attemptsMax tries in all. Defaults to {@code HELIOGRAPH_ATTEMPTS_MAX}, and that to 8.
 * @param base the longest pause before the second try; it doubles with each. Defaults to 1 s.
 * @param cap the pause is never longer. Defaults to 5 m.
 * @param jitter whether a pause is of a random length up to that, or exactly that long. Defaults to full.
 */
public record Retry(int attemptsMax, Duration base, Duration cap, Jitter jitter) {
    /** How random a pause is. */
    public enum Jitter {
        /** Anything from nothing to the whole of it, so that what failed together does not come back together. */
        FULL,
        /** Nothing: it is the whole of it. */
        NONE;

        public static final List<String> WORDS =
                Arrays.stream(values()).map(Jitter::word).toList();

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Jitter of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public Retry(int attemptsMax, Duration base, Duration cap) {
        this(attemptsMax, base, cap, Jitter.FULL);
    }
}
