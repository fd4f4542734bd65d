package io.heliograph.simulator.ledger;

import java.util.HexFormat;

/**
 * Makes 34-character SIDs from sequence numbers and finds the number in a SID again, so that neither a SID nor an index
 * of them has to be kept. The key makes the SIDs of one run differ from those of another.
 */
public final class Sids {
    public static final int LENGTH = 34;

    private static final int UUID_LENGTH = 36;
    private static final int WORD_LENGTH = 15;
    private static final HexFormat HEX = HexFormat.of();

    private final long key;

    public Sids(long key) {
        this.key = key;
    }

    /** The prefix is two letters, such as SM or MM. */
    public String sid(String prefix, long sequence) {
        StringBuilder sid = new StringBuilder(LENGTH).append(prefix);
        sid.append(HEX.toHexDigits(upper(sequence))).append(HEX.toHexDigits(Mix.mix(sequence ^ key)));
        return sid.toString();
    }

    /** The sequence number that the SID was made from, or -1 when it is not one of ours. */
    public long sequence(String sid) {
        try {
            if (sid.length() != LENGTH) {
                return -1;
            }
            long sequence = Mix.unmix(HexFormat.fromHexDigitsToLong(sid, 18, 34)) ^ key;
            return HexFormat.fromHexDigitsToLong(sid, 2, 18) == upper(sequence) ? sequence : -1;
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }

    /** 36 characters in the shape of a UUID. */
    public String uuid(long sequence) {
        String hex = sid("", sequence);
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20));
    }

    /** The sequence number that the UUID was made from, or -1 when it is not one of ours. */
    public long sequenceOfUuid(String uuid) {
        return uuid.length() == UUID_LENGTH ? sequence("SM" + uuid.replace("-", "")) : -1;
    }

    /** Fifteen lower-case letters and digits. */
    public String word(long sequence) {
        String word = Long.toUnsignedString(Mix.mix(sequence ^ key), 36) + Long.toUnsignedString(upper(sequence), 36);
        return "0".repeat(Math.max(0, WORD_LENGTH - word.length()))
                + word.substring(0, Math.min(WORD_LENGTH, word.length()));
    }

    private long upper(long sequence) {
        return Mix.mix(sequence + Long.rotateLeft(key, 32));
    }
}
