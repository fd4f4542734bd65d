package io.heliograph.relay.care;

import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets idempotency keys that are older than their retention. It walks the table round and round, some pages at a time:
 * that needs no index, which every accepted message would pay for, and a page is looked at once in each walk.
 */
public final class IdempotencyPruner {
    private static final Logger log = LoggerFactory.getLogger(IdempotencyPruner.class);

    /** 16 MiB: some tens of milliseconds. */
    private static final int PAGES_MAX = 2_000;

    private final CareStore store;
    private final Duration retention;
    private final int pagesMax;
    private long page;

    public IdempotencyPruner(Pool pool, Duration retention) {
        this(pool, retention, PAGES_MAX);
    }

    IdempotencyPruner(Pool pool, Duration retention, int pagesMax) {
        this.store = new CareStore(pool);
        this.retention = retention;
        this.pagesMax = pagesMax;
    }

    /** Looks at the next pages; answers how many keys it forgot. */
    public int runOnce() throws TimeoutException {
        if (page >= store.idempotencyPages()) {
            page = 0;
        }
        int pruned = store.pruneIdempotency(page, page + pagesMax, retention);
        page += pagesMax;
        if (pruned > 0) {
            log.atInfo().addKeyValue("keys", pruned).log("Forgot old idempotency keys");
        }
        return pruned;
    }
}
