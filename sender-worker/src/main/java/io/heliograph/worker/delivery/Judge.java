package io.heliograph.worker.delivery;

import io.heliograph.contract.MessageStatus;
import io.heliograph.contract.Reason;
import io.heliograph.providers.Retries;
import io.heliograph.worker.ledger.Claims.ToSend;
import io.heliograph.worker.ledger.Verdict;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns an outcome into what is recorded of it. */
public final class Judge {
    /** When the call began and ended, counted from the claim. */
    record Timing(Duration started, Duration finished) {}

    /** Providers show a message some moments after they took it. */
    private static final Duration FIRST_LOOK_UP = Duration.ofSeconds(2);

    /** So many attempts may be followed by one at another provider without a pause. */
    private static final int AT_ONCE_MAX = 3;

    private static final int BUSY_MAX = 3;

    private static final int GIVEN_BACK_OFTEN = 30;

    /** By a breaker: another provider need not. */
    private static final Set<String> HELD_BACK = Set.of(Outcome.TryLater.PAUSED, Outcome.TryLater.SENDER_PAUSED);

    /** Another provider, that is better and may take the message; null when there is none. */
    public interface Alternatives {
        @Nullable
        String to(ToSend claimed, String provider);
    }

    private final String provider;
    private final Supplier<Retries> retries;
    private final Alternatives alternatives;

    /** {@code retries} are asked for each time, since the file may change. */
    public Judge(String provider, Supplier<Retries> retries, Alternatives alternatives) {
        this.provider = provider;
        this.retries = retries;
        this.alternatives = alternatives;
    }

    Verdict of(ToSend claimed, Outcome outcome, Timing timing, double random) {
        Outgoing outgoing = claimed.outgoing();
        return switch (outcome) {
            case Outcome.Accepted(String id) ->
                Verdict.settled(outgoing, MessageStatus.SENT, null, tried(outgoing, timing, "accepted", null, id));
            case Outcome.Refused(String code, Reason reason, boolean _) ->
                refused(claimed, reason, tried(outgoing, timing, "refused", code, null));
            case Outcome.Unknown(String cause) ->
                Verdict.due(
                        outgoing,
                        MessageStatus.UNKNOWN,
                        Reason.OUTCOME_UNKNOWN,
                        FIRST_LOOK_UP,
                        tried(outgoing, timing, "unknown", cause, null));
            case Outcome.TryLater later -> later(claimed, later, timing, random);
        };
    }

    private RetryPolicy policy(ToSend claimed) {
        return new RetryPolicy(
                retries.get().of(claimed.wishes().account(), claimed.wishes().retry()));
    }

    /** What is wrong with our account at one provider may be right with another. */
    private Verdict refused(ToSend claimed, Reason reason, Verdict.Tried tried) {
        Outgoing outgoing = claimed.outgoing();
        String other =
                reason == Reason.PROVIDER_CONFIGURATION && policy(claimed).isAllowedMore(claimed.triesBefore())
                        ? alternatives.to(claimed, provider)
                        : null;
        return other == null
                ? Verdict.settled(outgoing, MessageStatus.FAILED, reason, tried)
                : Verdict.queuedAt(other, outgoing, reason, Duration.ZERO, tried);
    }

    private Verdict later(ToSend claimed, Outcome.TryLater later, Timing timing, double random) {
        Outgoing outgoing = claimed.outgoing();
        Verdict.@Nullable Tried tried = switch (later.pace()) {
            case NOT_TRIED -> null;
            case AWAY -> tried(outgoing, timing, "try_later", Verdict.Tried.awayCode(later.code()), null);
            case BUSY, APART, MUCH_LATER -> tried(outgoing, timing, "try_later", later.code(), null);
        };
        Duration validLeft = outgoing.validFor().minus(timing.finished());
        return switch (policy(claimed).next(later, claimed.triesBefore(), validLeft, random)) {
            case RetryPolicy.Next.Again(Duration in) -> again(claimed, later, in, tried);
            case RetryPolicy.Next.Never(Reason reason) ->
                Verdict.settled(outgoing, MessageStatus.FAILED, reason, tried);
        };
    }

    /** At once with another provider, where this one is away; but not to and fro for ever. */
    private Verdict again(ToSend claimed, Outcome.TryLater later, Duration in, Verdict.@Nullable Tried tried) {
        Outgoing outgoing = claimed.outgoing();
        boolean leaves = switch (later.pace()) {
            case AWAY -> true;
            case NOT_TRIED -> HELD_BACK.contains(later.code());
            // A busy provider is slowed down for; one that stays busy is left before the tries are used up.
            case BUSY -> claimed.triesBefore() >= BUSY_MAX - 1;
            case MUCH_LATER, APART -> false;
        };
        String other = leaves ? alternatives.to(claimed, provider) : null;
        if (other == null) {
            // A message that is given back again and again comes less often: it is counted each time.
            boolean often = later.pace() == Pace.NOT_TRIED && outgoing.attempt() > GIVEN_BACK_OFTEN;
            Duration rest = often ? in.multipliedBy(GIVEN_BACK_OFTEN) : in;
            // Named, because its promise may have been moved while the call went on.
            return Verdict.queuedAt(provider, outgoing, later.reason(), rest, tried);
        }
        return Verdict.queuedAt(
                other, outgoing, later.reason(), outgoing.attempt() <= AT_ONCE_MAX ? Duration.ZERO : in, tried);
    }

    private Verdict.Tried tried(
            Outgoing outgoing,
            Timing timing,
            String outcome,
            @Nullable String code,
            @Nullable String providerMessageId) {
        return new Verdict.Tried(
                provider,
                outcome,
                code,
                providerMessageId,
                outgoing.claimedAt().plus(timing.started()),
                outgoing.claimedAt().plus(timing.finished()));
    }
}
