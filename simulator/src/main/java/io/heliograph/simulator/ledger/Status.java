package io.heliograph.simulator.ledger;

import java.util.Locale;

/** Twilio's words for where a message is. */
public enum Status {
    ACCEPTED,
    SCHEDULED,
    QUEUED,
    SENDING,
    SENT,
    DELIVERED,
    UNDELIVERED,
    FAILED,
    REJECTED,
    READ,
    CANCELED,
    RECEIVED;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    /** Nothing will change it any more. */
    public boolean isFinal() {
        return switch (this) {
            case ACCEPTED, SCHEDULED, QUEUED, SENDING, SENT -> false;
            case DELIVERED, UNDELIVERED, FAILED, REJECTED, READ, CANCELED, RECEIVED -> true;
        };
    }
}
