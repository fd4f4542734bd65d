package io.heliograph.relay.publish;

import io.heliograph.broker.BrokerPublisher;
import io.heliograph.broker.QueuedEnvelope;
import io.heliograph.contract.Envelope;
import io.heliograph.runtime.Failures;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the promises that are due. Their due time is moved on first: whatever happens to this process after that,
 * they come again when their lease is over. Any number of relays may do this at once.
 */
public final class PublishDue {
    private static final Logger log = LoggerFactory.getLogger(PublishDue.class);

    private final OutboxStore store;
    private final BrokerPublisher publisher;
    private final Topics topics;
    private final QueueRoom room;
    private final PublishLimits limits;
    private final PublishMeters meters;
    private final PublishJournal journal = new PublishJournal();
    private final DueFloors floors = new DueFloors();
    private final Lines lines;
    private final AccountFeed feed;
    private Set<QueueKey> hungry = new HashSet<>();
    private Set<Line> hungryLines = new HashSet<>();

    public PublishDue(
            Pool pool,
            BrokerPublisher publisher,
            Topics topics,
            QueueRoom room,
            PublishLimits limits,
            PublishMeters meters) {
        this.store = new OutboxStore(pool);
        this.lines = new Lines(store);
        this.feed = new AccountFeed(new FeedStore(pool));
        this.publisher = publisher;
        this.topics = topics;
        this.room = room;
        this.limits = limits;
        this.meters = meters;
    }

    /** One round. Answers how many promises it published; 0 when nothing is due, or no queue has room. */
    public int runOnce() throws TimeoutException, InterruptedException {
        long startNanos = System.nanoTime();
        List<TakenPromises> taken = publisher.isConnected() ? take() : List.of();
        if (taken.isEmpty()) {
            journal.rest();
            return 0;
        }
        wake(taken);
        List<QueuedEnvelope> envelopes = envelopes(taken);
        List<QueuedEnvelope> unconfirmed = publisher.publish(envelopes).awaitUnconfirmed(limits.confirmDeadline());
        int promises = taken.stream().mapToInt(TakenPromises::size).sum();
        int released = release(taken, unconfirmed);
        meters.round(Duration.ofNanos(System.nanoTime() - startNanos));
        journal.round(promises, envelopes.size(), released);
        return promises - released;
    }

    private List<TakenPromises> take() throws TimeoutException {
        boolean fullLook = floors.beginFullLook();
        List<QueueAsk> asks = asks(fullLook);
        if (asks.isEmpty()) {
            return List.of();
        }
        List<TakenPromises> taken = store.takeDue(asks, limits);
        if (fullLook) {
            floors.endFullLook();
        }
        feed(taken);
        remember(asks, taken);
        // Critical ones are written first.
        return taken.stream()
                .sorted(Comparator.comparing(promises -> promises.key().lane()))
                .toList();
    }

    /** It is coarse by design; what was taken is published all the same. */
    private void feed(List<TakenPromises> taken) {
        try {
            feed.took(taken);
        } catch (Exception e) {
            log.atWarn().addKeyValue("error", Failures.describe(e)).log("Could not count what limited accounts got");
        }
    }

    private List<QueueAsk> asks(boolean fullLook) throws TimeoutException {
        List<QueueKey> all = topics.keys();
        List<QueueKey> open =
                all.stream().filter(key -> room.envelopes(key) > 0).toList();
        hungry.retainAll(open);
        List<Line> waiting = lines.in(open, all, System.nanoTime());
        feed.look(waiting);
        Map<QueueKey, List<Line>> byQueue =
                waiting.stream().filter(line -> feed.rowsMax(line) > 0).collect(Collectors.groupingBy(Line::key));
        List<QueueAsk> asks = new ArrayList<>();
        byQueue.forEach((key, ofQueue) -> {
            int rows = rowsMax(key, open);
            for (Line line : ofQueue) {
                int share = AccountShares.rowsMax(line, ofQueue, hungryLines, rows);
                asks.add(new QueueAsk(
                        line,
                        fullLook ? DueFloors.ALL : floors.floor(line),
                        Math.min(share, feed.rowsMax(line)),
                        feed.rowsMax(line) <= share));
            }
        });
        return asks;
    }

    private int rowsMax(QueueKey key, List<QueueKey> open) {
        return Math.min(LaneShares.rowsMax(key, open, hungry, limits.batch()), room.envelopes(key) * idsMax(key));
    }

    private int idsMax(QueueKey key) {
        return topics.pacing(key.topic()).idsMax();
    }

    private void remember(List<QueueAsk> asks, List<TakenPromises> taken) {
        Map<Line, QueueAsk> asked = new HashMap<>();
        asks.forEach(ask -> asked.put(ask.line(), ask));
        hungry = new HashSet<>();
        hungryLines = new HashSet<>();
        for (TakenPromises promises : taken) {
            QueueAsk ask = asked.get(promises.line());
            boolean full = ask == null || promises.size() >= ask.rowsMax();
            floors.took(promises, full);
            lines.served(promises.line(), System.nanoTime());
            // Who has got all of his ration wants nothing of anybody's share.
            if (full && (ask == null || !ask.rationed())) {
                boolean _ = hungry.add(promises.key());
                boolean _ = hungryLines.add(promises.line());
            }
        }
    }

    private void wake(List<TakenPromises> taken) {
        List<UUID> scheduled = taken.stream()
                .flatMap(promises -> promises.scheduled().stream())
                .toList();
        if (scheduled.isEmpty()) {
            return;
        }
        try {
            meters.woken(store.wakeScheduled(scheduled));
        } catch (Exception e) {
            // They are published all the same: a worker claims a scheduled message whose time has come.
            log.atWarn().addKeyValue("error", Failures.describe(e)).log("Could not wake scheduled messages");
        }
    }

    private List<QueuedEnvelope> envelopes(List<TakenPromises> taken) {
        Map<QueueKey, List<TakenPromises>> byQueue = taken.stream()
                .collect(Collectors.groupingBy(TakenPromises::key, LinkedHashMap::new, Collectors.toList()));
        List<QueuedEnvelope> envelopes = new ArrayList<>();
        byQueue.forEach((key, ofQueue) -> {
            List<UUID> ids = inTurns(ofQueue);
            int idsMax = idsMax(key);
            for (int from = 0; from < ids.size(); from += idsMax) {
                int to = Math.min(from + idsMax, ids.size());
                envelopes.add(new QueuedEnvelope(key.queue(), new Envelope(ids.subList(from, to))));
                room.published(key.queue());
            }
            meters.published(key, ids.size());
        });
        return envelopes;
    }

    /** The first of each account, then the second of each, and so on. */
    private static List<UUID> inTurns(List<TakenPromises> ofQueue) {
        if (ofQueue.size() == 1) {
            return ofQueue.getFirst().ids();
        }
        List<UUID> ids = new ArrayList<>();
        int longest = ofQueue.stream().mapToInt(TakenPromises::size).max().orElse(0);
        for (int turn = 0; turn < longest; turn++) {
            for (TakenPromises promises : ofQueue) {
                if (turn < promises.size()) {
                    ids.add(promises.ids().get(turn));
                }
            }
        }
        return ids;
    }

    /** Nobody knows whether these arrived: they are due at once, and the worst case is that they come twice. */
    private int release(List<TakenPromises> taken, List<QueuedEnvelope> unconfirmed) throws TimeoutException {
        if (unconfirmed.isEmpty()) {
            return 0;
        }
        Set<UUID> lost = new HashSet<>();
        unconfirmed.forEach(queued -> lost.addAll(queued.envelope().ids()));
        List<UUID> ids = new ArrayList<>();
        List<Short> publishes = new ArrayList<>();
        for (TakenPromises promises : taken) {
            for (int i = 0; i < promises.size(); i++) {
                if (lost.contains(promises.ids().get(i))) {
                    ids.add(promises.ids().get(i));
                    publishes.add(promises.publishes().get(i));
                }
            }
        }
        meters.unconfirmed(ids.size());
        int _ = store.release(ids, publishes);
        return ids.size();
    }
}
