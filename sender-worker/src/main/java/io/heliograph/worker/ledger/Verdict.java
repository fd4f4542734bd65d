package io.heliograph.worker.ledger;

import io.heliograph.contract.MessageStatus;
import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be recorded of one attempt. {@code reason} is null when it went well; {@code dueIn} is null exactly when
 * the message is settled; {@code tried} is null when nothing new happened at a provider; {@code topic} is the provider that
 * it goes to next, null for the same.
 */
public record Verdict(
        UUID id,
        int attempt,
        MessageStatus status,
        @Nullable Reason reason,
        boolean possibleDuplicate,
        @Nullable Duration dueIn,
        @Nullable Tried tried,
        @Nullable String topic) {

    /**
     * The row of the attempt. Times are the database's clock plus what this JVM measured since the claim;
     * {@code finishedAt} is null for the moment of recording. {@code receiptKey} is what a receipt will know the attempt
     * by, where the provider's receipts name neither message nor attempt; it counts for an unknown outcome most of all.
     */
    public record Tried(
            String provider,
            String outcome,
            @Nullable String code,
            @Nullable String providerMessageId,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable String receiptKey) {

        public Tried(
                String provider,
                String outcome,
                @Nullable String code,
                @Nullable String providerMessageId,
                Instant startedAt,
                @Nullable Instant finishedAt) {
            this(provider, outcome, code, providerMessageId, startedAt, finishedAt, null);
        }

        public Tried withReceiptKey(@Nullable String key) {
            return new Tried(provider, outcome, code, providerMessageId, startedAt, finishedAt, key);
        }

        /** The code of an attempt that failed because the provider was away: a claim does not count it as a try. */
        public static String awayCode(String code) {
            return "away:" + code;
        }
    }

    public Verdict {
        if (status.isSettled() != (dueIn == null)) {
            throw new IllegalArgumentException("A settled message is not due again, any other is: " + status);
        }
    }

    public static Verdict settled(Outgoing of, MessageStatus status, @Nullable Reason reason, @Nullable Tried tried) {
        return new Verdict(of.id(), of.attempt(), status, reason, false, null, tried, null);
    }

    public static Verdict due(Outgoing of, MessageStatus status, Reason reason, Duration dueIn, @Nullable Tried tried) {
        return new Verdict(of.id(), of.attempt(), status, reason, false, dueIn, tried, null);
    }

    /** To be tried again, by this provider or by another. */
    public static Verdict queuedAt(String topic, Outgoing of, Reason reason, Duration dueIn, @Nullable Tried tried) {
        return new Verdict(of.id(), of.attempt(), MessageStatus.QUEUED, reason, false, dueIn, tried, topic);
    }

    /** To be sent again although it may have been sent: the next attempt is marked for it. */
    public static Verdict again(Outgoing of, Reason reason, String provider) {
        return new Verdict(of.id(), of.attempt(), MessageStatus.QUEUED, reason, true, Duration.ZERO, null, provider);
    }

    /** The same, with what there is to know of the call. */
    public Verdict withReceiptKey(@Nullable String key) {
        return tried == null || key == null
                ? this
                : new Verdict(id, attempt, status, reason, possibleDuplicate, dueIn, tried.withReceiptKey(key), topic);
    }
}
