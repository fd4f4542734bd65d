package io.heliograph.contract;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a message is. The allowed moves stand here once; {@code message_may_move} in the schema and the diagram in
 * docs/message-lifecycle.md say the same, and a test compares the three.
 */
public enum MessageStatus {
    SCHEDULED,
    QUEUED,
    SENDING,
    UNKNOWN,
    SENT,
    DELIVERED,
    READ,
    UNDELIVERED,
    FAILED,
    EXPIRED,
    REFUSED,
    CANCELED;

    /** The moves that exist. A receipt may overtake the record of the send, so {@code queued} can become delivered. */
    public Set<MessageStatus> next() {
        return switch (this) {
            case SCHEDULED -> Set.of(QUEUED, SENDING, CANCELED, EXPIRED, REFUSED);
            case QUEUED -> Set.of(SENDING, CANCELED, EXPIRED, REFUSED, FAILED, SENT, DELIVERED, READ);
            case SENDING -> Set.of(QUEUED, UNKNOWN, SENT, DELIVERED, READ, UNDELIVERED, FAILED);
            case UNKNOWN -> Set.of(QUEUED, SENT, DELIVERED, READ, UNDELIVERED, FAILED, EXPIRED);
            case SENT -> Set.of(DELIVERED, READ, UNDELIVERED, FAILED);
            case UNDELIVERED -> Set.of(DELIVERED, READ);
            case FAILED -> Set.of(SENT, DELIVERED, READ);
            case EXPIRED -> Set.of(DELIVERED, READ);
            case DELIVERED -> Set.of(READ);
            case READ, REFUSED, CANCELED -> Set.of();
        };
    }

    /** A settled message has no promise left: nothing more will be done for it, though a receipt may still move it. */
    public boolean isSettled() {
        return switch (this) {
            case SCHEDULED, QUEUED, SENDING, UNKNOWN -> false;
            case SENT, DELIVERED, READ, UNDELIVERED, FAILED, EXPIRED, REFUSED, CANCELED -> true;
        };
    }

    /** The word on the wire and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static MessageStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Null for a word that this release does not have. */
    public static @Nullable MessageStatus find(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst()
                .orElse(null);
    }
}
