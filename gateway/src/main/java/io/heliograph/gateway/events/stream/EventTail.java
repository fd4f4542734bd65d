package io.heliograph.gateway.events.stream;

import io.heliograph.events.EventPosition;
import io.heliograph.gateway.http.sse.StreamPlaces;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one reader of what is new, for all streams of the process. Reads nothing while there is none. Its loop runs on a thread of its own,
 * where events become text without keeping a request waiting.
 */
final class EventTail {
    private static final Logger log = LoggerFactory.getLogger(EventTail.class);

    private static final int EVENTS_AT_ONCE_MAX = 500;
    private static final int WAIT_SECONDS_MAX = 5;

    private final TailStore store;
    private final StreamPlaces<Long> places;
    private final Runnable restored;
    private final List<LocalStreams> locals = new CopyOnWriteArrayList<>();
    /** Null while nobody listens. */
    private @Nullable EventPosition position;

    /** {@code restored} is told when the database is in an earlier state than it was. */
    EventTail(TailStore store, StreamPlaces<Long> places, Runnable restored) {
        this.store = store;
        this.places = places;
        this.restored = restored;
    }

    void register(LocalStreams local) {
        boolean _ = locals.add(local);
    }

    void remove(LocalStreams local) {
        boolean _ = locals.remove(local);
    }

    /** Answers how many events it has handed out; for one loop. */
    int runOnce() throws TimeoutException {
        // Before the read: a stream that comes later is not in it, and sees that it is not.
        Set<Long> accounts = places.owners();
        if (accounts.isEmpty()) {
            position = null;
            return 0;
        }
        EventPosition from = position;
        TailBatch batch = from == null ? begin(accounts) : read(from, accounts);
        position = batch.to();
        Void _ = handOut(batch).await(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        return batch.byAccount().size();
    }

    private TailBatch begin(Set<Long> accounts) throws TimeoutException {
        EventPosition now = store.now().await(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        return new TailBatch(now, now, accounts, Map.of());
    }

    private TailBatch read(EventPosition from, Set<Long> accounts) throws TimeoutException {
        TailStore.Read read = store.read(from, accounts, EVENTS_AT_ONCE_MAX).await(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        if (read.to().compareTo(from) < 0) {
            return beginEra(accounts);
        }
        Map<Long, List<StreamedEvent>> byAccount = new HashMap<>();
        read.rows()
                .forEach(row -> byAccount
                        .computeIfAbsent(row.getLong("account_id"), account -> new ArrayList<>())
                        .add(StreamedEvent.of(row)));
        return new TailBatch(from, read.to(), accounts, byAccount);
    }

    /** The database was restored, and counts again from where it was. Whoever is ahead of that reads by itself, and hears of a gap. */
    private TailBatch beginEra(Set<Long> accounts) throws TimeoutException {
        log.atWarn().log("The database is in an earlier state, streams begin anew");
        restored.run();
        Void _ = store.beginEra().await(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        return begin(accounts);
    }

    private Future<Void> handOut(TailBatch batch) {
        return Future.all(locals.stream().map(local -> local.take(batch)).toList())
                .mapEmpty();
    }
}
