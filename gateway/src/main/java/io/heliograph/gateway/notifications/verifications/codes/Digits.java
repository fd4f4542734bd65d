package io.heliograph.gateway.notifications.verifications.codes;

import java.security.SecureRandom;

/** Draws codes: decimal digits, every code of a length as likely as any other. */
public final class Digits {
    public static final int LENGTH_MIN = 4;
    public static final int LENGTH_MAX = 10;

    private final SecureRandom random;

    public Digits(SecureRandom random) {
        this.random = random;
    }

    public String draw(int length) {
        long codes = 1;
        for (int i = 0; i < length; i++) {
            codes *= 10;
        }
        String digits = Long.toString(random.nextLong(codes));
        return "0".repeat(length - digits.length()) + digits;
    }

    /** What stands in the text for a code of that length. */
    static String mask(int length) {
        return "*".repeat(length);
    }
}
