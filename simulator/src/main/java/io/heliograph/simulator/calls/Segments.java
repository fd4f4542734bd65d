package io.heliograph.simulator.calls;

/** How many SMS a text takes: GSM-7 when every character is in the set, else UCS-2. */
public final class Segments {
    /** GSM 03.38, one septet each. */
    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    /** Two septets each, of which both are in the same segment. */
    private static final String EXTENDED = "\f^{}\\[~]|€";

    private static final byte[] SEPTETS = septets();

    private Segments() {}

    public static int count(String text) {
        int total = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int septets = c < SEPTETS.length ? SEPTETS[c] : 0;
            if (septets == 0) {
                return countUcs2(text);
            }
            total += septets;
        }
        return total <= 160 ? 1 : splitGsm(text);
    }

    /** True when it needs no other characters than GSM-7 has. */
    public static boolean isGsm(String text) {
        return text.chars().allMatch(c -> c < SEPTETS.length && SEPTETS[c] > 0);
    }

    private static int splitGsm(String text) {
        int segments = 1;
        int used = 0;
        for (int i = 0; i < text.length(); i++) {
            int septets = SEPTETS[text.charAt(i)];
            if (used + septets > 153) {
                segments++;
                used = 0;
            }
            used += septets;
        }
        return segments;
    }

    private static int countUcs2(String text) {
        if (text.length() <= 70) {
            return 1;
        }
        int segments = 1;
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            int units = Character.charCount(text.codePointAt(i));
            if (used + units > 67) {
                segments++;
                used = 0;
            }
            used += units;
            i += units;
        }
        return segments;
    }

    private static byte[] septets() {
        byte[] septets = new byte['€' + 1];
        BASIC.chars().forEach(c -> septets[c] = 1);
        EXTENDED.chars().forEach(c -> septets[c] = 2);
        return septets;
    }
}
