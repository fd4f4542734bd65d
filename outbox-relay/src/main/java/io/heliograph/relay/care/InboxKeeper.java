package io.heliograph.relay.care;

import io.vertx.sqlclient.Pool;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps inboxes in bounds: items go when their time is over, and of an inbox that has more than it may the oldest. It walks from inbox to inbox,
 * round and round: a count for each would be one more row to write for every item.
 */
public final class InboxKeeper {
    private static final Logger log = LoggerFactory.getLogger(InboxKeeper.class);

    /** What one inbox may have. */
    private static final int ITEMS_MAX = 500;

    private static final int ROWS_MAX = 5_000;
    /** Some tens of milliseconds, and a million inboxes in an hour and a half. */
    private static final int INBOXES_MAX = 1_000;

    private final InboxCareStore store;
    private final int itemsMax;
    private final int inboxesMax;
    private InboxCareStore.Place place = InboxCareStore.Place.START;

    public InboxKeeper(Pool pool) {
        this(pool, ITEMS_MAX, INBOXES_MAX);
    }

    InboxKeeper(Pool pool, int itemsMax, int inboxesMax) {
        this.store = new InboxCareStore(pool);
        this.itemsMax = itemsMax;
        this.inboxesMax = inboxesMax;
    }

    /** Takes away what is over, items and tokens; answers how many items. */
    public int prune() throws TimeoutException {
        int items = store.pruneItems(ROWS_MAX);
        int _ = store.pruneTokens(ROWS_MAX);
        if (items > 0) {
            log.atInfo().addKeyValue("items", items).log("Forgot old inbox items");
        }
        return items;
    }

    /** Looks at the next inboxes; answers how many items were too many. */
    public int trim() throws TimeoutException {
        InboxCareStore.Trimmed trimmed = store.trim(place, inboxesMax, itemsMax, ROWS_MAX);
        place = trimmed.inboxes() < inboxesMax ? InboxCareStore.Place.START : trimmed.last();
        if (trimmed.items() > 0) {
            log.atInfo().addKeyValue("items", trimmed.items()).log("Forgot the oldest items of full inboxes");
        }
        return trimmed.items();
    }
}
