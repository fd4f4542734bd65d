package io.heliograph.worker.delivery;

import io.heliograph.contract.Reason;
import io.heliograph.providers.Retry;
import io.heliograph.providers.Retry.Jitter;
import io.heliograph.worker.provider.Outcome.TryLater;
import io.heliograph.worker.provider.Pace;
import java.time.Duration;

/**
 * When a message that was not taken is tried again: at a random moment between zero and a ceiling that doubles with
 * each try (1 s, 2 s, 4 s, ... when the provider is busy), and never before the provider said. Random over the whole
 * span, so that messages that failed together do not come back together; but exactly then for whoever wants no jitter.
 *
 * <p>What the provider itself put off is tried so many times in all. What never reached it is tried for as long as the
 * message is valid: an outage is not the message's fault. Either way, when the next try would come after its validity,
 * it fails now rather than then.
 */
public record RetryPolicy(Retry retry) {
    sealed interface Next {
        record Again(Duration in) implements Next {}

        record Never(Reason reason) implements Next {}
    }

    /**
     * {@code triesBefore} counts the earlier answers of this kind, {@code validLeft} is what remains of the message's
     * validity, {@code random} is from 0 to 1.
     */
    Next next(TryLater outcome, int triesBefore, Duration validLeft, double random) {
        boolean counted = outcome.pace() != Pace.NOT_TRIED && outcome.pace() != Pace.AWAY;
        if (counted && !isAllowedMore(triesBefore)) {
            return new Next.Never(Reason.ATTEMPTS_USED_UP);
        }
        Duration ceiling = ceiling(outcome.pace(), triesBefore);
        double part = counted && retry.jitter() == Jitter.NONE ? 1 : random;
        Duration in = outcome.notBefore().plusMillis((long) (ceiling.toMillis() * part));
        return in.compareTo(validLeft) < 0 ? new Next.Again(in) : new Next.Never(Reason.VALIDITY_PASSED);
    }

    /** Whether what one provider has refused may be tried with another. */
    boolean isAllowedMore(int triesBefore) {
        return triesBefore + 1 < retry.attemptsMax();
    }

    private Duration ceiling(Pace pace, int triesBefore) {
        return switch (pace) {
            case NOT_TRIED -> Duration.ofSeconds(1);
            // The breaker sees to it that few messages come here, and that they come back when it closes.
            case AWAY -> Duration.ofSeconds(20);
            case BUSY, APART -> doubled(retry.base(), triesBefore, retry.cap());
            case MUCH_LATER -> doubled(Duration.ofMinutes(2), triesBefore, Duration.ofHours(1));
        };
    }

    private static Duration doubled(Duration first, int times, Duration max) {
        Duration ceiling = first.multipliedBy(1L << Math.min(times, 20));
        return ceiling.compareTo(max) < 0 ? ceiling : max;
    }
}
