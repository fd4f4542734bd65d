package io.heliograph.worker.sms;

import java.util.Set;
import java.util.stream.Collectors;

/** The GSM 03.38 alphabet, for providers that have to be told when a text needs more than it. */
public final class GsmText {
    private static final Set<Integer> ALPHABET = ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                    + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà\f^{}\\[~]|€")
            .chars()
            .boxed()
            .collect(Collectors.toUnmodifiableSet());

    private GsmText() {}

    public static boolean fits(String text) {
        return text.chars().allMatch(ALPHABET::contains);
    }
}
