package io.heliograph.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Finds a message by a receipt that names only the call and a phone number, as those of calls with many recipients do.
 * The worker stores it with the attempt and the gateway computes it from the receipt, so neither the number nor a link
 * between the two has to be kept anywhere else.
 */
public final class ReceiptKey {
    private static final int HEX_DIGITS = 32;
    /** Some providers speak of a number without its country, so all sides leave it out. */
    private static final int NUMBER_DIGITS = 10;

    private ReceiptKey() {}

    /** What a call to a provider is called in its receipts: after its first message. */
    public static String callRef(UUID firstId, int firstAttempt) {
        return firstId + "-" + firstAttempt;
    }

    /** The number may be written in any way. */
    public static String of(String callRef, String number) {
        try {
            byte[] text = (callRef + "/" + tail(number)).getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(hash).substring(0, HEX_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** The digits that tell the recipients of one call apart: the last ten. */
    public static String tail(String number) {
        StringBuilder digits = new StringBuilder(number.length());
        number.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
        return digits.substring(Math.max(0, digits.length() - NUMBER_DIGITS));
    }
}
