package io.heliograph.gateway.events;

import io.heliograph.events.EventPosition;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Marks accounts as listened for, without which none of their events is stored, for a day at a time. Remembers when it last did, so that ten
 * thousand streams of an account cost one statement each ten minutes. Safe for any thread.
 */
public final class Listening {
    private static final long RENEWAL_NANOS = Duration.ofMinutes(10).toNanos();

    private record Renewed(long nanos, Future<EventPosition> since) {
        boolean isRecent(long now) {
            return now - nanos < RENEWAL_NANOS && !since.failed();
        }
    }

    private final ListeningStore store;
    private final ConcurrentMap<Long, Renewed> renewed = new ConcurrentHashMap<>();

    public Listening(Pool pool) {
        this.store = new ListeningStore(pool);
    }

    /** From where on nothing of the account's is missing. Completes on any context. */
    public Future<EventPosition> since(long accountId) {
        long now = System.nanoTime();
        return renewed.compute(
                        accountId,
                        (id, last) -> last != null && last.isRecent(now) ? last : new Renewed(now, store.listen(id)))
                .since();
    }

    /** What it was told is of another state of the database. */
    public void forget() {
        renewed.clear();
    }

    /** For those that are still open; forgets the others. Answers how many were renewed. */
    public Future<Integer> renew(Collection<Long> open) {
        long now = System.nanoTime();
        List<Long> due = renewed.entrySet().stream()
                .filter(entry -> !entry.getValue().isRecent(now))
                .map(Map.Entry::getKey)
                .toList();
        due.stream().filter(account -> !open.contains(account)).forEach(renewed::remove);
        List<Long> still = due.stream().filter(open::contains).sorted().toList();
        return still.isEmpty()
                ? Future.succeededFuture(0)
                : store.listenOn(still).map(done -> {
                    still.forEach(
                            account -> renewed.computeIfPresent(account, (id, last) -> new Renewed(now, last.since())));
                    return still.size();
                });
    }
}
