package io.heliograph.gateway.sos.replies;

import io.heliograph.gateway.sos.requests.ReplyToken;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody means who was asked for blood: YES, NO or SHARE with a token or without, in any case and order, whatever stands between. A
 * text that says more than that means nothing here: "No problem, I come" is no NO.
 */
sealed interface ReplyText {
    /**
     * A donor's word.
     *
     * @param share whether the patient may know how to reach them; never with a NO
     * @param token null where there is none
     */
    record Word(boolean isYes, boolean share, @Nullable String token) implements ReplyText {}

    record Unclear() implements ReplyText {}

    /** Longer than any answer with all that people put around it. */
    int LENGTH_MAX = 160;

    Set<String> YES = Set.of("YES", "Y", "HAAN", "HAN", "हाँ", "हां");
    Set<String> NO = Set.of("NO", "N", "NAHI", "NAHIN", "नहीं");
    String SHARE = "SHARE";
    /** That change nothing. */
    Set<String> COURTESIES =
            Set.of("PLEASE", "PLS", "THANKS", "THANK", "YOU", "SIR", "MADAM", "JI", "OK", "SORRY", "CODE", "AND");

    Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    static ReplyText of(String text) {
        if (text.length() > LENGTH_MAX) {
            return new Unclear();
        }
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        List<String> tokens = new ArrayList<>();
        boolean yes = false;
        boolean no = false;
        boolean share = false;
        for (String word : BETWEEN.split(plain, -1)) {
            if (YES.contains(word)) {
                yes = true;
            } else if (NO.contains(word)) {
                no = true;
            } else if (word.equals(SHARE)) {
                share = true;
            } else if (ReplyToken.isOne(word)) {
                tokens.add(word);
            } else if (!word.isEmpty() && !COURTESIES.contains(word)) {
                // A token that was mistyped is none that we know: it says so as well as any.
                if (!looksMistyped(word)) {
                    return new Unclear();
                }
                tokens.add(word);
            }
        }
        boolean isOneThing = no ? !yes && !share : yes || share;
        return isOneThing && tokens.size() <= 1
                ? new Word(!no, share, tokens.isEmpty() ? null : tokens.getFirst())
                : new Unclear();
    }

    /** As long as a token, more or less, and with a digit, which few words have. */
    private static boolean looksMistyped(String word) {
        return Math.abs(word.length() - ReplyToken.LENGTH) <= 1 && word.chars().anyMatch(Character::isDigit);
    }
}
