package io.heliograph.relay.publish;

import io.heliograph.runtime.Pace;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Gives a limited customer account no more than it may send: its backlog waits in the outbox, where it is in nobody's way.
 * Relays share what they have given through the database, and are not exact: workers are.
 */
final class AccountFeed {
    private static final int ANY = Integer.MAX_VALUE;

    private final FeedStore store;
    /** While no account is limited, this look is all that it costs. */
    private final Pace looks = new Pace(Duration.ofMillis(250), Duration.ofSeconds(1), 20);

    private boolean isAnyLimited;
    private Map<Long, Ration> rations = Map.of();

    AccountFeed(FeedStore store) {
        this.store = store;
    }

    /** Before a round. */
    void look(Collection<Line> lines) throws TimeoutException {
        if (looks.begin()) {
            isAnyLimited = store.isAnyLimited();
            looks.end();
        }
        List<Long> accounts = lines.stream().map(Line::account).distinct().toList();
        rations = isAnyLimited && !accounts.isEmpty() ? store.rations(accounts) : Map.of();
    }

    /** Of each of its lines, in this round: together they may have too much, and then less in the next ones. */
    int rowsMax(Line line) {
        Ration ration = rations.get(line.account());
        return ration == null ? ANY : ration.rowsMax();
    }

    /** After a round. */
    void took(List<TakenPromises> taken) throws TimeoutException {
        Map<Long, Double> fed = new HashMap<>(taken.stream()
                .filter(promises -> rations.containsKey(promises.line().account()))
                .collect(Collectors.groupingBy(
                        promises -> promises.line().account(), Collectors.summingDouble(this::seconds))));
        if (!fed.isEmpty()) {
            store.feed(fed);
        }
    }

    private double seconds(TakenPromises promises) {
        Ration ration = rations.get(promises.line().account());
        return ration == null ? 0 : ration.seconds(promises.size());
    }
}
