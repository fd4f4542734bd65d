package io.heliograph.contract;

import org.jspecify.annotations.Nullable;

/**
 * Where a message is, in Twilio's words: the same for whoever asks for it and in the callbacks about it.
 *
 * @param errorCode why it did not get there; null while nothing is wrong
 */
public record TwilioState(String status, @Nullable Integer errorCode) {

    /** {@code byService} for a message whose sender a messaging service chooses: it is accepted before it is queued. */
    public static TwilioState of(MessageStatus status, @Nullable Reason reason, int attempts, boolean byService) {
        return switch (status) {
            case SCHEDULED, SENT, DELIVERED, READ, CANCELED -> new TwilioState(status.word(), null);
            case QUEUED -> new TwilioState(byService && attempts == 0 ? "accepted" : "queued", null);
            // Twilio has no word for what nobody knows; it is under way until it is known.
            case SENDING, UNKNOWN -> new TwilioState("sending", null);
            case UNDELIVERED -> new TwilioState("undelivered", code(reason, 30003));
            case FAILED, EXPIRED, REFUSED -> new TwilioState("failed", code(reason, 30005));
        };
    }

    /** Of Twilio's error dictionary; null without a code. */
    public @Nullable String errorMessage() {
        return switch (errorCode) {
            case null -> null;
            case 21606 -> "The 'From' phone number is not a message-capable number of this account";
            case 21610 -> "Attempt to send to unsubscribed recipient";
            case 21703 -> "The Messaging Service does not have a phone number available to send a message";
            case 30001 -> "Queue overflow";
            case 30003 -> "Unreachable destination handset";
            case 30005 -> "Unknown destination handset";
            case 30007 -> "Message filtered";
            case 30036 -> "Validity Period Expired";
            case 30410 -> "Provider timeout";
            default -> "Unknown error";
        };
    }

    /** {@code unreachable}: what it means there that nobody can be reached. */
    private static @Nullable Integer code(@Nullable Reason reason, int unreachable) {
        return switch (reason) {
            case VALIDITY_PASSED -> 30036;
            case RECIPIENT_OPTED_OUT, DISABLED_BY_USER -> 21610;
            case RECIPIENT_UNREACHABLE, SUBSCRIPTION_GONE -> unreachable;
            case REFUSED_BY_CARRIER -> 30007;
            case PROVIDER_CONFIGURATION -> 21606;
            case NO_PROVIDER -> 21703;
            case OUTCOME_UNKNOWN -> 30410;
            case PROVIDER_BUSY, RECIPIENT_LIMIT, ACCOUNT_LIMIT, QUIET_HOURS, PROMOTIONAL_HOURS -> 30001;
            case CANCELED_BY_ACCOUNT, FIRST_ARRIVED, SUPERSEDED -> null;
            case REFUSED_BY_PROVIDER, ATTEMPTS_USED_UP, PROVIDER_UNREACHABLE, PROVIDER_PAUSED -> 30008;
            case null -> 30008;
        };
    }
}
