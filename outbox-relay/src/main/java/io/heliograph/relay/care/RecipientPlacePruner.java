package io.heliograph.relay.care;

import io.vertx.sqlclient.Pool;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets when people were written to, once it says nothing any more. It walks the table round and round, some pages at a
 * time: an index by time would change with every message.
 */
public final class RecipientPlacePruner {
    private static final Logger log = LoggerFactory.getLogger(RecipientPlacePruner.class);

    /** 16 MiB: some tens of milliseconds. */
    private static final int PAGES_MAX = 2_000;

    private final CareStore store;
    private long page;

    public RecipientPlacePruner(Pool pool) {
        this.store = new CareStore(pool);
    }

    /** Looks at the next pages; answers how many people it forgot. */
    public int runOnce() throws TimeoutException {
        if (page >= store.recipientPlacePages()) {
            page = 0;
        }
        int pruned = store.pruneRecipientPlaces(page, page + PAGES_MAX);
        page += PAGES_MAX;
        if (pruned > 0) {
            log.atInfo().addKeyValue("recipients", pruned).log("Forgot places of recipients");
        }
        return pruned;
    }
}
