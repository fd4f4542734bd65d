package io.heliograph.simulator.calls;

import org.jspecify.annotations.Nullable;

/** Reads recipients in the ways of the providers that do not want a plus. */
public final class PhoneNumber {
    private static final int DIGITS_MIN = 7;
    private static final int DIGITS_MAX = 15;
    private static final int NATIONAL_DIGITS = 10;

    private PhoneNumber() {}

    /** In E.164, of digits with a country code and what people put between them; null when it is none. */
    public static @Nullable String international(String given) {
        StringBuilder number = new StringBuilder("+");
        for (int i = 0; i < given.length(); i++) {
            char c = given.charAt(i);
            if (c >= '0' && c <= '9') {
                number.append(c);
            } else if (" -.()".indexOf(c) < 0 && (c != '+' || i > 0)) {
                return null;
            }
        }
        int digits = number.length() - 1;
        return digits >= DIGITS_MIN && digits <= DIGITS_MAX && number.charAt(1) != '0' ? number.toString() : null;
    }

    /** In E.164, of an Indian mobile number's ten digits and nothing else; null when it is none. */
    public static @Nullable String indian(String given) {
        boolean digits = given.length() == NATIONAL_DIGITS && given.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && given.charAt(0) >= '6' ? "+91" + given : null;
    }
}
