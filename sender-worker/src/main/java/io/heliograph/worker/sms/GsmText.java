package io.heliograph.worker.sms;

import java.util.Set;
import java.util.stream.Collectors;

/** The GSM 03.38 alphabet, for providers that have to be told when a text needs more than it. */
public final class GsmText {
    /** These take two septets. */
    private static final String EXTENSION = "\f^{}\\[~]|€";

    private static final Set<Integer> ALPHABET = ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                    + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà" + EXTENSION)
            .chars()
            .boxed()
            .collect(Collectors.toUnmodifiableSet());

    private GsmText() {}

    public static boolean fits(String text) {
        return text.chars().allMatch(ALPHABET::contains);
    }

    /** How many SMS a text takes. No pair is split between two, so one of a chain can hold one unit less. */
    public static int segments(String text) {
        boolean gsm = fits(text);
        int chainedMax = gsm ? 153 : 67;
        int units = 0;
        int segments = 1;
        int used = 0;
        for (int character : text.codePoints().toArray()) {
            int cost = gsm ? (EXTENSION.indexOf(character) < 0 ? 1 : 2) : Character.charCount(character);
            if (used + cost > chainedMax) {
                segments++;
                used = 0;
            }
            used += cost;
            units += cost;
        }
        return units <= (gsm ? 160 : 70) ? 1 : segments;
    }
}
