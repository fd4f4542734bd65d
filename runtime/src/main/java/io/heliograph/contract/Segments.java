package io.heliograph.contract;

/**
 * How many SMS a text takes. GSM-7 when every character is in the GSM 03.38 alphabet (160 septets alone, 153 each in a
 * chain; those of the extension table take two), else UCS-2 (70 UTF-16 units, 67 in a chain). Neither an extension pair nor
 * a surrogate pair is split between segments, so a segment of a chain can hold one less.
 */
public record Segments(String encoding, int count) {
    /** Of what is no SMS and has no parts. */
    public static final Segments NONE = new Segments("utf8", 0);

    static final String GSM_7 = "gsm7";
    static final String UCS_2 = "ucs2";

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENSION = "\f^{}\\[~]|€";
    private static final int CODES = 0x2100;
    /** Septets by character; 0 for a character that is not in the alphabet. */
    private static final byte[] SEPTETS = septets();

    /** Whether the text is in the alphabet of GSM. */
    public static boolean isGsm(String text) {
        return text.chars().allMatch(c -> c < CODES && SEPTETS[c] > 0);
    }

    public static Segments of(String text) {
        int septets = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int cost = c < CODES ? SEPTETS[c] : 0;
            if (cost == 0) {
                return new Segments(UCS_2, text.length() <= 70 ? 1 : ucs2Chain(text));
            }
            septets += cost;
        }
        return new Segments(GSM_7, septets <= 160 ? 1 : gsmChain(text));
    }

    private static int gsmChain(String text) {
        int segments = 1;
        int used = 0;
        for (int i = 0; i < text.length(); i++) {
            int cost = SEPTETS[text.charAt(i)];
            if (used + cost > 153) {
                segments++;
                used = 0;
            }
            used += cost;
        }
        return segments;
    }

    private static int ucs2Chain(String text) {
        int segments = 1;
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            int cost = Character.charCount(text.codePointAt(i));
            if (used + cost > 67) {
                segments++;
                used = 0;
            }
            used += cost;
            i += cost;
        }
        return segments;
    }

    private static byte[] septets() {
        byte[] septets = new byte[CODES];
        BASIC.chars().forEach(c -> septets[c] = 1);
        EXTENSION.chars().forEach(c -> septets[c] = 2);
        return septets;
    }
}
