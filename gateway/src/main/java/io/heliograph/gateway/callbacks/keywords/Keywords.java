package io.heliograph.gateway.callbacks.keywords;

import io.heliograph.gateway.http.Texts;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A whole message as a keyword: in capitals, without what is no letter around it, and without what nobody sees. "Stop!" is a keyword and
 * "please stop" is none, as with the providers. The database compares them without accents.
 */
public final class Keywords {
    public static final int LENGTH_MAX = 32;
    /** Longer than any keyword with all that people put around it. */
    private static final int TEXT_LENGTH_MAX = 200;

    /** Joiners, marks of direction, soft hyphens, and what says how a sign is drawn: phones put them where nobody has typed them. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\uFE00-\\uFE0F\\u20E3]");

    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern AROUND = Pattern.compile("^[^\\p{L}\\p{M}\\p{N}]+|[^\\p{L}\\p{M}\\p{N}]+$");

    private Keywords() {}

    /** Null when the text is too long for a keyword, cannot be looked for, or has nothing that could be one. */
    public static @Nullable String normal(String text) {
        if (text.length() > TEXT_LENGTH_MAX || !Texts.isStorable(text)) {
            return null;
        }
        // Full-width letters, and the signs that phones put together in more than one way.
        String composed = Normalizer.normalize(INVISIBLE.matcher(text).replaceAll(""), Normalizer.Form.NFKC);
        String spaced = SPACE.matcher(composed).replaceAll(" ");
        String word = AROUND.matcher(spaced).replaceAll("").toUpperCase(Locale.ROOT);
        return word.isEmpty() || word.length() > LENGTH_MAX ? null : word;
    }
}
