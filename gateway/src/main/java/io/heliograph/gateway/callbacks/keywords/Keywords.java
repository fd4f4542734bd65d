package io.heliograph.gateway.callbacks.keywords;

import io.heliograph.gateway.http.Texts;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A whole message as a keyword is compared: in capitals, without what is no letter around it. "Stop!" is a keyword and "please
 * stop" is none, as with the providers.
 */
public final class Keywords {
    public static final int LENGTH_MAX = 32;
    /** Longer than any keyword with all that people put around it. */
    private static final int TEXT_LENGTH_MAX = 200;

    private static final Pattern AROUND = Pattern.compile("^[^\\p{L}\\p{M}\\p{N}]+|[^\\p{L}\\p{M}\\p{N}]+$");

    private Keywords() {}

    /** Null when the text is too long for a keyword, cannot be looked for, or has nothing that could be one. */
    public static @Nullable String normal(String text) {
        if (text.length() > TEXT_LENGTH_MAX || !Texts.isStorable(text)) {
            return null;
        }
        // Full-width letters, and the signs that phones put together in more than one way.
        String composed = Normalizer.normalize(text, Normalizer.Form.NFKC);
        String word = AROUND.matcher(composed).replaceAll("").toUpperCase(Locale.ROOT);
        return word.isEmpty() || word.length() > LENGTH_MAX ? null : word;
    }
}
