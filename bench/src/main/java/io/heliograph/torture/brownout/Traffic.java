package io.heliograph.torture.brownout;

import io.heliograph.simulator.ledger.LedgerSummary;
import io.heliograph.simulator.ledger.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What two providers had received and accepted, moment by moment; and when it moved from one to the other. */
final class Traffic {
    /** Whoever wants to see all that came in one second needs a second. */
    private static final Duration WINDOW = Duration.ofSeconds(1);
    /** In a window; fewer say nothing, because there are moments in which nobody sends anything. */
    private static final long MESSAGES_MIN = 20;

    private static final double MOVED_SHARE = 0.8;
    /** In a window, of a provider that is given messages again. */
    private static final long RETURNED_MIN = 3;

    private record Moment(Duration at, LedgerSummary counts) {
        long received(Provider provider) {
            return counts.at(provider).received();
        }

        long accepted(Provider provider) {
            return counts.at(provider).accepted();
        }
    }

    private final List<Moment> moments = new ArrayList<>();

    synchronized void add(Duration at, LedgerSummary counts) {
        moments.add(new Moment(at, counts));
    }

    /** From when on the other one took nearly all that came to both, counted from {@code from}. */
    synchronized Optional<Duration> moved(Provider victim, Provider other, Duration from, Duration until) {
        return first(from, until, (begin, end) -> {
            long taken = end.accepted(other) - begin.accepted(other);
            long came = end.received(victim) - begin.received(victim) + end.received(other) - begin.received(other);
            return taken >= MESSAGES_MIN && taken >= MOVED_SHARE * came;
        });
    }

    /** From when on a provider took messages again, counted from {@code from}. */
    synchronized Optional<Duration> returned(Provider victim, Duration from, Duration until) {
        return first(from, until, (begin, end) -> end.accepted(victim) - begin.accepted(victim) >= RETURNED_MIN);
    }

    /** In that time. */
    synchronized long accepted(Provider provider, Duration from, Duration until) {
        return at(until).accepted(provider) - at(from).accepted(provider);
    }

    private interface Sign {
        boolean isIn(Moment begin, Moment end);
    }

    private Optional<Duration> first(Duration from, Duration until, Sign sign) {
        return moments.stream()
                .filter(moment ->
                        moment.at.compareTo(from) >= 0 && moment.at.plus(WINDOW).compareTo(until) <= 0)
                .filter(moment -> sign.isIn(moment, at(moment.at.plus(WINDOW))))
                .map(moment -> moment.at.minus(from))
                .findFirst();
    }

    /** The first moment that is not before; the last when none is. */
    private Moment at(Duration at) {
        return moments.stream()
                .filter(moment -> moment.at.compareTo(at) >= 0)
                .findFirst()
                .orElseGet(moments::getLast);
    }
}
