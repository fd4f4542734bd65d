package io.heliograph.gateway.callbacks;

import io.heliograph.contract.MessageStatus;
import io.heliograph.contract.Reason;
import io.heliograph.gateway.outbox.GroupCommit;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says about one message, in its words and in ours.
 *
 * @param status null when the provider's word is new to us: stored, and not applied
 * @param dedupeKey the same for a callback and its repetitions
 */
record Receipt(
        UUID id,
        String provider,
        About about,
        String providerStatus,
        @Nullable MessageStatus status,
        @Nullable String code,
        String dedupeKey,
        JsonObject fields)
        implements GroupCommit.Intent {

    /**
     * How the message is told, in one way or another.
     *
     * @param messageId the message that the callback's own URL names; null when it names none
     * @param attempt the attempt that the URL names
     * @param receiptKey of the call and the recipient, where a call carries many
     * @param call the same call, for messages whose worker died with what it knew of their calls
     * @param recipientDigits of the recipient, where the receipt names a call
     */
    record About(
            @Nullable UUID messageId,
            @Nullable Short attempt,
            @Nullable String providerMessageId,
            @Nullable String receiptKey,
            @Nullable Call call,
            @Nullable String recipientDigits) {}

    /** A call with many recipients, by its first message: what {@link io.heliograph.contract.ReceiptKey#callRef} writes. */
    record Call(UUID firstId, Short firstAttempt) {
        /** Null when it is nothing that a worker of ours has written. */
        static @Nullable Call of(@Nullable String callRef) {
            int end = callRef == null ? -1 : callRef.lastIndexOf('-');
            if (callRef == null || end < 0) {
                return null;
            }
            UUID firstId = ReportFields.uuid(callRef.substring(0, end));
            Short firstAttempt = ReportFields.attempt(callRef.substring(end + 1));
            return firstId == null || firstAttempt == null ? null : new Call(firstId, firstAttempt);
        }
    }

    /** With the message and the attempt that were found for it. */
    Receipt named(UUID messageId, Short attempt) {
        About named = new About(
                messageId,
                about.attempt() == null ? attempt : about.attempt(),
                about.providerMessageId(),
                about.receiptKey(),
                about.call(),
                about.recipientDigits());
        return new Receipt(id, provider, named, providerStatus, status, code, dedupeKey, fields);
    }

    @Nullable
    String statusWord() {
        return status == null ? null : status.word();
    }

    /** Why, when it is bad news. */
    @Nullable
    String reasonCode() {
        if (status != MessageStatus.FAILED && status != MessageStatus.UNDELIVERED) {
            return null;
        }
        Reason refused = status == MessageStatus.FAILED ? Reason.REFUSED_BY_PROVIDER : Reason.REFUSED_BY_CARRIER;
        Reason told = ProviderWords.of(provider).reason(providerStatus, code);
        return (told == null ? refused : told).code();
    }

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public int bytes() {
        return 200 + fields.encode().length();
    }
}
