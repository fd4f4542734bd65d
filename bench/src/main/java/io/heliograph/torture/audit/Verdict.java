package io.heliograph.torture.audit;

import io.heliograph.contract.MessageStatus;
import io.heliograph.contract.Reason;
import java.util.Locale;

/** What became of an accepted message, all three books considered. The texts are printed as the definitions. */
public enum Verdict {
    DELIVERED(false, "the provider took it once, and its callback says delivered"),
    SENT(false, "the provider took it once; its callback did not get through"),
    FAILED_BY_POLICY(
            false,
            "nobody could say whether it was sent; the message's own policy gave up, and indeed the"
                    + " provider never took it"),
    SENT_TWICE_BY_WISH(
            false,
            "the provider took it more than once, which the message allowed (on_unknown=resend) and"
                    + " which is marked possible_duplicate"),
    FAILED_THOUGH_SENT_IN_DOUBT(
            false,
            "called failed with outcome_unknown although the provider took it; no callback"
                    + " ever came through to tell"),

    LOST(
            true,
            "accepted, but not stored; or neither settled nor promised; or called sent although the provider never"
                    + " took it"),
    UNRESOLVED(true, "still promised when the time for recovery was over"),
    SENT_TWICE(true, "the provider took it more than once, and the message did not allow that"),
    SENT_WITHOUT_CLAIM(true, "the provider got more POSTs than claims were committed"),
    FAILED_THOUGH_SENT(true, "called failed, expired or refused although the provider took it, and there was no doubt"),
    FAILED_WITHOUT_CAUSE(true, "failed for a reason that nobody gave cause for"),
    RECEIPT_IGNORED(true, "a callback that says delivered is stored, and the message does not say so"),
    SETTLED_AND_PROMISED(true, "settled, but its promise is still there");

    private final boolean violation;
    private final String definition;

    Verdict(boolean violation, String definition) {
        this.violation = violation;
        this.definition = definition;
    }

    public boolean isViolation() {
        return violation;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    public String definition() {
        return definition;
    }

    /** The worst that can be said of it. */
    public static Verdict of(Traced message) {
        if (message.status().isEmpty()) {
            return LOST;
        }
        if (message.taken() > 1 && !(message.resend() && message.possibleDuplicate())) {
            return SENT_TWICE;
        }
        if (message.received() > message.attempts()) {
            return SENT_WITHOUT_CLAIM;
        }
        MessageStatus status = MessageStatus.of(message.status());
        if (!status.isSettled()) {
            return message.promised() ? UNRESOLVED : LOST;
        }
        return message.promised() ? SETTLED_AND_PROMISED : settled(message, status);
    }

    private static Verdict settled(Traced message, MessageStatus status) {
        boolean saysSent = switch (status) {
            case SENT, DELIVERED, READ, UNDELIVERED -> true;
            case FAILED, EXPIRED, REFUSED, CANCELED -> false;
            case SCHEDULED, QUEUED, SENDING, UNKNOWN -> throw new IllegalArgumentException("Not settled: " + status);
        };
        if (message.receipts().contains("delivered") && status != MessageStatus.DELIVERED) {
            return RECEIPT_IGNORED;
        }
        return saysSent ? sent(message, status) : notSent(message);
    }

    private static Verdict sent(Traced message, MessageStatus status) {
        if (message.taken() == 0) {
            return LOST;
        }
        return message.taken() > 1 ? SENT_TWICE_BY_WISH : status == MessageStatus.SENT ? SENT : DELIVERED;
    }

    private static Verdict notSent(Traced message) {
        boolean inDoubt = message.reason().equals(Reason.OUTCOME_UNKNOWN.code());
        if (message.taken() > 0) {
            return inDoubt ? FAILED_THOUGH_SENT_IN_DOUBT : FAILED_THOUGH_SENT;
        }
        return inDoubt ? FAILED_BY_POLICY : FAILED_WITHOUT_CAUSE;
    }
}
