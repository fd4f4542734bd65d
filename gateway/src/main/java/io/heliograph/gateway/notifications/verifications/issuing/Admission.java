package io.heliograph.gateway.notifications.verifications.issuing;

import io.heliograph.gateway.notifications.verifications.codes.Verification;
import io.heliograph.gateway.notifications.verifications.issuing.Limits.Reached;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides for one code after the other of a group whether it is sent, and for which verification. Pure: what is counted and what is
 * pending is handed in, and belongs to the group alone until it has committed.
 */
final class Admission {
    private static final Duration FIRST_DELAY = Duration.ofSeconds(30);

    /** What is known of one recipient; {@code blockedUntil} is null for one whose country is not. */
    record Facts(
            @Nullable Verification pending,
            boolean optedOut,
            @Nullable OffsetDateTime blockedUntil) {}

    sealed interface Verdict {
        /** {@code after} is the verification with this code. */
        record Send(Verification after, boolean isNew) implements Verdict {}

        record Answer(Issued answer) implements Verdict {}
    }

    private record Wanted(long accountId, String recipient, String purpose) {}

    private final OffsetDateTime now;
    private final Map<Count, Count.Used> used;
    private final Map<Wanted, Verification> begun = new HashMap<>();

    Admission(OffsetDateTime now, Map<Count, Count.Used> usedBefore) {
        this.now = now;
        this.used = new HashMap<>(usedBefore);
    }

    Verdict decide(Issue issue, Facts facts) {
        if (facts.optedOut()) {
            return new Verdict.Answer(new Issued.OptedOut());
        }
        Wanted wanted = new Wanted(issue.accountId(), issue.recipient(), issue.purpose());
        Verification inGroup = begun.get(wanted);
        Verification pending = inGroup == null ? facts.pending() : inGroup;
        if (issue.again() != null && (pending == null || !pending.id().equals(issue.again()))) {
            return new Verdict.Answer(new Issued.NotPending());
        }
        Issued refusal = pending == null ? null : tooSoon(issue, pending);
        if (refusal == null) {
            refusal = overLimit(issue, facts, pending);
        }
        if (refusal != null) {
            return new Verdict.Answer(refusal);
        }
        issue.counts().forEach(count -> used.computeIfPresent(count, (_, before) -> before.andOne()));
        Verification after = pending == null ? begin(issue) : again(issue, pending);
        begun.put(wanted, after);
        return new Verdict.Send(after, pending == null);
    }

    private @Nullable Issued tooSoon(Issue issue, Verification pending) {
        if (pending.sends() >= Verification.SENDS_MAX) {
            return new Issued.TooMany(Reached.RESENDS, until(pending.expiresAt()), pending.id());
        }
        if (!pending.resendAt().isAfter(now)) {
            return null;
        }
        return issue.again() == null
                ? new Issued.Kept(pending, now)
                : new Issued.TooMany(Reached.RESEND_DELAY, until(pending.resendAt()), pending.id());
    }

    private @Nullable Issued overLimit(Issue issue, Facts facts, @Nullable Verification pending) {
        Limits limits = issue.limits();
        if (limits.blocksLowConversion() && facts.blockedUntil() != null) {
            return tooMany(Reached.LOW_CONVERSION, facts.blockedUntil(), pending);
        }
        for (Count count : issue.counts()) {
            Count.Used before = used.get(count);
            if (before != null && isReached(before.used(), limits.max(count.kind()))) {
                return tooMany(reached(count.kind()), before.endsAt(), pending);
            }
            if (before != null
                    && count.kind() == Count.Kind.NUMBER
                    && isReached(before.dayUsed(), limits.perNumberDay())) {
                return tooMany(Reached.NUMBER_DAY, before.dayEndsAt(), pending);
            }
        }
        return null;
    }

    private Issued tooMany(Reached limit, OffsetDateTime until, @Nullable Verification pending) {
        return new Issued.TooMany(limit, until(until), pending == null ? null : pending.id());
    }

    private static boolean isReached(int used, int max) {
        return max > 0 && used >= max;
    }

    private static Reached reached(Count.Kind kind) {
        return switch (kind) {
            case NUMBER -> Reached.NUMBER_HOUR;
            case PREFIX -> Reached.PREFIX_HOUR;
            case CLIENT_IP -> Reached.CLIENT_IP_HOUR;
            case ACCOUNT -> Reached.ACCOUNT_MINUTE;
        };
    }

    private Verification begin(Issue issue) {
        return new Verification(
                issue.id(),
                Verification.PENDING,
                0,
                1,
                issue.recipient(),
                issue.text().first().channel(),
                issue.purpose(),
                now,
                now.plus(issue.expiry()),
                now.plus(FIRST_DELAY),
                null,
                List.of(issue.messageId()));
    }

    /** 30 s after the first code, 60 s after the second, and so on. */
    private Verification again(Issue issue, Verification pending) {
        Duration delay = FIRST_DELAY.multipliedBy(1L << pending.sends());
        return pending.sentAgain(issue.text().first().channel(), issue.messageId(), now.plus(delay));
    }

    private Duration until(OffsetDateTime time) {
        Duration left = Duration.between(now, time);
        return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
    }
}
