package io.heliograph.worker.ledger;

import io.heliograph.contract.Lane;
import io.heliograph.providers.RetryWish;
import io.heliograph.worker.provider.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a claim got, and how many it settled: expired, refused because the person has opted out, or canceled because what they were to
 * replace has arrived. The rest of the ids that were asked for fell through: settled, cancelled, or somebody else's.
 */
public record Claims(List<ToSend> toSend, List<ToResolve> toResolve, int expired, int refused, int canceled) {
    static final Claims NONE = new Claims(List.of(), List.of(), 0, 0, 0);

    /**
     * Ours to send, now. {@code triesBefore} counts the earlier attempts that a provider answered with "later", or with a
     * refusal that was no other provider's; {@code age} is the time since it was accepted; {@code placedAt} is when it took
     * one of its recipient's places, null when recipients are not limited.
     */
    public record ToSend(
            Outgoing outgoing,
            Lane lane,
            int triesBefore,
            Duration age,
            Wishes wishes,
            @Nullable Instant placedAt) {
        public ToSend(Outgoing outgoing, Lane lane, int triesBefore, Duration age) {
            this(outgoing, lane, triesBefore, age, Wishes.NONE, null);
        }

        /** The same, with a place that is good until that moment on the JVM's clock. */
        public ToSend placed(Instant at, long untilNanos) {
            return new ToSend(outgoing.leavingBy(untilNanos), lane, triesBefore, age, wishes, at);
        }
    }

    /**
     * What counts when a message was not taken at once.
     *
     * @param account the name of the customer account that it belongs to
     * @param retry what the message wants itself
     * @param avoided the providers that have failed with its text before
     */
    public record Wishes(String account, RetryWish retry, Set<String> avoided) {
        public static final Wishes NONE = new Wishes("", RetryWish.NONE, Set.of());

        public Wishes {
            avoided = Set.copyOf(avoided);
        }
    }

    /**
     * Perhaps sent, by someone who never said. {@code provider} is the one that was to send it.
     *
     * @param resend whether it is to be sent again, rather than failed, when that cannot be found out
     */
    public record ToResolve(Outgoing lost, String provider, boolean resend, Duration unknownFor, boolean justFound) {}

    public Claims {
        toSend = List.copyOf(toSend);
        toResolve = List.copyOf(toResolve);
    }

    Claims and(Claims others) {
        return new Claims(
                Stream.concat(toSend.stream(), others.toSend.stream()).toList(),
                Stream.concat(toResolve.stream(), others.toResolve.stream()).toList(),
                expired + others.expired,
                refused + others.refused,
                canceled + others.canceled);
    }

    /** With so many more that were canceled. */
    Claims canceled(int more) {
        return new Claims(toSend, toResolve, expired, refused, canceled + more);
    }

    public int size() {
        return toSend.size() + toResolve.size() + expired + refused + canceled;
    }
}
