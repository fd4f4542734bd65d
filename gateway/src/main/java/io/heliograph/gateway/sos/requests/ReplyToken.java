package io.heliograph.gateway.sos.requests;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A short word with which donors tell requests apart: no two letters of it look or sound alike, and without vowels it is no word of any
 * language that stands in an answer by chance.
 */
public final class ReplyToken {
    public static final int LENGTH = 5;

    private static final String ALPHABET = "CDFHJKMNPRTVWXY34679";
    private static final Pattern TOKEN = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");

    private ReplyToken() {}

    static String next(RandomGenerator random) {
        StringBuilder token = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return token.toString();
    }

    /** In capitals. */
    public static boolean isOne(String word) {
        return TOKEN.matcher(word).matches();
    }
}
