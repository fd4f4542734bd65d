package io.heliograph.gateway.callbacks;

import io.heliograph.gateway.callbacks.ParkedStore.Cursor;
import io.heliograph.gateway.callbacks.ParkedStore.Look;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Applies receipts that came before their message, and drops those whose message never came. Belongs to one loop: it remembers how
 * far it has looked.
 */
public final class ParkedReceipts {
    /** Messages appear within moments: these are looked at each time. */
    private static final Duration RECENT = Duration.ofSeconds(30);

    private static final int RECENT_MAX = 2_000;
    /** Of the others, each time. */
    private static final int OLDER_MAX = 500;

    private static final int APPLIED_AT_ONCE_MAX = 500;
    private static final int DROPPED_MAX = 500;
    private static final Duration WAIT_MAX = Duration.ofHours(24);

    private final Pool pool;
    private final ParkedStore store;
    private final CallbackMeters meters;
    private Cursor lookedUpTo = Cursor.START;

    public ParkedReceipts(Pool pool, CallbackMeters meters) {
        this.pool = pool;
        this.store = new ParkedStore(pool);
        this.meters = meters;
    }

    /** Answers how many found their message. */
    public int runOnce() throws Exception {
        Look recent = store.look(Cursor.START, RECENT, RECENT_MAX).await(10, TimeUnit.SECONDS);
        int applied = apply(recent.found());
        Look older = store.look(lookedUpTo, WAIT_MAX, OLDER_MAX).await(10, TimeUnit.SECONDS);
        lookedUpTo = older.next() == null ? Cursor.START : older.next();
        return applied + apply(older.found());
    }

    private int apply(List<UUID> found) throws Exception {
        int applied = 0;
        for (int i = 0; i < found.size(); i += APPLIED_AT_ONCE_MAX) {
            List<UUID> part = found.subList(i, Math.min(found.size(), i + APPLIED_AT_ONCE_MAX));
            List<Receipt> receipts = store.fetch(part).await(10, TimeUnit.SECONDS);
            CallbackStore.storeAndApply(pool, receipts)
                    .await(10, TimeUnit.SECONDS)
                    .forEach(meters::countUnparked);
            applied += receipts.size();
        }
        return applied;
    }

    /** Answers how many were dropped. */
    public int dropStrangers() throws Exception {
        int dropped = store.dropStrangers(WAIT_MAX, DROPPED_MAX).await(10, TimeUnit.SECONDS);
        meters.dropped(dropped);
        return dropped;
    }
}
