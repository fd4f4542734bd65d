package io.heliograph.gateway.sos.places;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The name of a city or an area as it is compared: without case, spaces, signs and the accents that people leave out. */
public final class PlaceKey {
    /** Of Latin, Greek and Cyrillic only: those of Hindi and its like are letters. */
    private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036F]");

    private static final Pattern SIGNS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]");

    private PlaceKey() {}

    /** Empty when the name has no letter. */
    public static String of(String name) {
        String plain = ACCENTS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD))
                .replaceAll("");
        String lower = Normalizer.normalize(plain, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return SIGNS.matcher(lower).replaceAll("");
    }
}
