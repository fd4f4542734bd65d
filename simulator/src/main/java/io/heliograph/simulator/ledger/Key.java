package io.heliograph.simulator.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recipient or a message's identity in 128 bits, so that millions of them can be counted in little memory. Phone
 * numbers and UUIDs are packed and can be read back; of any other text it is a hash, and {@link #text} answers null.
 */
record Key(long high, long low) {
    private static final String[] CHANNELS = {"+", "whatsapp:+", "rcs:+"};
    private static final int DIGITS_MAX = 18;
    /** Packed numbers are below this, UUIDs of any known version are above. */
    private static final long NUMBERS_END = 1L << 16;

    static Key of(String text) {
        for (int channel = 0; channel < CHANNELS.length; channel++) {
            int digits = text.length() - CHANNELS[channel].length();
            if (digits >= 1 && digits <= DIGITS_MAX && text.startsWith(CHANNELS[channel])) {
                long number = number(text, CHANNELS[channel].length());
                return number < 0 ? hash(text) : new Key((long) (channel + 1) << 8 | digits, number);
            }
        }
        return text.length() == 36 ? ofUuid(text) : hash(text);
    }

    /** What it was made of, where that can be told from the bits. */
    @Nullable
    String text() {
        if (high >= 0 && high < NUMBERS_END) {
            int channel = (int) (high >> 8) - 1;
            int digits = (int) (high & 0xff);
            String number = Long.toString(low);
            return CHANNELS[channel] + "0".repeat(digits - number.length()) + number;
        }
        UUID uuid = new UUID(high, low);
        return isPackable(uuid) ? uuid.toString() : null;
    }

    /** True when {@link #text} has an answer. */
    boolean isReadable() {
        return (high >= 0 && high < NUMBERS_END) || isPackable(new UUID(high, low));
    }

    private static boolean isPackable(UUID uuid) {
        return uuid.version() == 7 || uuid.version() == 4;
    }

    private static long number(String text, int from) {
        long number = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static Key ofUuid(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            // Upper case would not be read back as it was written.
            return isPackable(uuid) && uuid.toString().equals(text)
                    ? new Key(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits())
                    : hash(text);
        } catch (IllegalArgumentException e) {
            return hash(text);
        }
    }

    /** Marked with version 0, which no UUID has and no packed number reaches. */
    private static Key hash(String text) {
        try {
            ByteBuffer digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
            return new Key((digest.getLong() & ~0xF000L) | (NUMBERS_END << 1), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
