package io.heliograph.worker.testing;

import io.heliograph.contract.MessageStatus;
import io.heliograph.contract.Reason;
import io.heliograph.worker.ledger.Verdict;
import io.heliograph.worker.provider.Outgoing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Verdicts as the delivery makes them. */
public final class Verdicts {
    private Verdicts() {}

    public static Verdict accepted(Outgoing outgoing, String providerMessageId) {
        return Verdict.settled(
                outgoing, MessageStatus.SENT, null, tried(outgoing, "accepted", null, providerMessageId));
    }

    public static Verdict refused(Outgoing outgoing, String code) {
        return Verdict.settled(
                outgoing, MessageStatus.FAILED, Reason.REFUSED_BY_PROVIDER, tried(outgoing, "refused", code, null));
    }

    public static Verdict later(Outgoing outgoing, Duration in) {
        return Verdict.due(
                outgoing, MessageStatus.QUEUED, Reason.PROVIDER_BUSY, in, tried(outgoing, "try_later", "20429", null));
    }

    public static Verdict givenBack(Outgoing outgoing) {
        return Verdict.due(outgoing, MessageStatus.QUEUED, Reason.PROVIDER_PAUSED, Duration.ZERO, null);
    }

    public static Verdict unknown(Outgoing outgoing) {
        return Verdict.due(
                outgoing,
                MessageStatus.UNKNOWN,
                Reason.OUTCOME_UNKNOWN,
                Duration.ofSeconds(2),
                tried(outgoing, "unknown", "answer_lost", null));
    }

    private static Verdict.Tried tried(
            Outgoing outgoing, String outcome, @Nullable String code, @Nullable String providerMessageId) {
        return new Verdict.Tried(
                "twilio",
                outcome,
                code,
                providerMessageId,
                outgoing.claimedAt(),
                outgoing.claimedAt().plusMillis(80));
    }
}
