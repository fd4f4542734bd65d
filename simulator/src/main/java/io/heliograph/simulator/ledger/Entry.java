package io.heliograph.simulator.ledger;

import org.jspecify.annotations.Nullable;

/**
 * One message that a POST asked for, or one inbound message: when it came, what became of it, and the entry before it
 * for the same recipient and for the same message, so that each of them is a chain without an index.
 */
public final class Entry {
    private final ProviderCall call;
    private final long sequence;
    private final long receivedAt;
    private final String to;
    private final @Nullable String identity;
    private final @Nullable Message message;
    private long previousOfRecipient;
    private long previousOfMessage;
    private String answer = "none";
    private int status;
    private int code;
    private volatile long answeredAt;

    /** The identity is what the caller calls the message; the message is null when the POST was not accepted. */
    public Entry(
            ProviderCall call,
            long sequence,
            long receivedAt,
            String to,
            @Nullable String identity,
            @Nullable Message message) {
        this.call = call;
        this.sequence = sequence;
        this.receivedAt = receivedAt;
        this.to = to;
        this.identity = identity;
        this.message = message;
    }

    public ProviderCall call() {
        return call;
    }

    public long sequence() {
        return sequence;
    }

    public long receivedAt() {
        return receivedAt;
    }

    public String to() {
        return to;
    }

    public @Nullable String identity() {
        return identity;
    }

    public @Nullable Message message() {
        return message;
    }

    public boolean accepted() {
        return message != null;
    }

    /** The word for how it was answered, "none" until then. */
    public String answer() {
        return answeredAt == 0 ? "none" : answer;
    }

    /** The HTTP status, 0 when there was none. */
    public int status() {
        return answeredAt == 0 ? 0 : status;
    }

    /** The provider's error code, 0 when there was none. */
    public int code() {
        return answeredAt == 0 ? 0 : code;
    }

    /** 0 until it is answered. */
    public long answeredAt() {
        return answeredAt;
    }

    void answered(String how, int httpStatus, int errorCode, long now) {
        answer = how;
        status = httpStatus;
        code = errorCode;
        answeredAt = now;
    }

    void followRecipient(long entry) {
        previousOfRecipient = entry;
    }

    void followMessage(long entry) {
        previousOfMessage = entry;
    }

    long previousOfRecipient() {
        return previousOfRecipient;
    }

    long previousOfMessage() {
        return previousOfMessage;
    }
}
