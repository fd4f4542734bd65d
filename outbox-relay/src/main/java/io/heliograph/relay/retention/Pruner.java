package io.heliograph.relay.retention;

import io.vertx.sqlclient.Pool;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what is too old in one table, some pages at a time; a page is looked at once in each walk. */
public final class Pruner {
    private static final Logger log = LoggerFactory.getLogger(Pruner.class);

    /** 16 MiB: some tens of milliseconds where little has to go, two seconds where all of it has to. */
    private static final int PAGES_MAX = 2_000;

    private final PruneStore store;
    private final AgedRows rows;
    private final RetentionMeters meters;
    private final int pagesMax;
    private long page;

    public Pruner(Pool pool, AgedRows rows, RetentionMeters meters) {
        this(pool, rows, meters, PAGES_MAX);
    }

    Pruner(Pool pool, AgedRows rows, RetentionMeters meters, int pagesMax) {
        this.store = new PruneStore(pool);
        this.rows = rows;
        this.meters = meters;
        this.pagesMax = pagesMax;
    }

    /** Looks at the next pages; answers how many rows it forgot. */
    public int runOnce() throws TimeoutException {
        if (page >= store.pages(rows)) {
            page = 0;
        }
        int forgotten = store.prune(rows, page, page + pagesMax);
        page += pagesMax;
        if (forgotten > 0) {
            meters.forgot(rows.word(), forgotten);
            log.atInfo()
                    .addKeyValue("kind", rows.word())
                    .addKeyValue("rows", forgotten)
                    .log("Forgot what is too old");
        }
        return forgotten;
    }
}
