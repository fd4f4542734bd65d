package io.heliograph.relay.care;

import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the days to come of the events, drops those that are no longer kept, and forgets deliveries that are as old. Notices when the
 * database was restored, and with it the numbers of events.
 */
public final class EventKeeper {
    private static final Logger log = LoggerFactory.getLogger(EventKeeper.class);
    private static final int DAYS_AHEAD = 3;
    /** Some tens of milliseconds. */
    private static final int TRIES_MAX = 5_000;

    private final CareStore store;
    private final Duration retention;

    public EventKeeper(Pool pool, Duration retention) {
        this.store = new CareStore(pool);
        this.retention = retention;
    }

    /** Answers how many days were missing. */
    public int keepPartitions() throws TimeoutException {
        int made = store.keepEventPartitions(Math.toIntExact(retention.toDays()), DAYS_AHEAD);
        if (made > 0) {
            log.atInfo().addKeyValue("partitions", made).log("Made partitions of events");
        }
        return made;
    }

    /** Answers 1 when the database was restored: then what is to come stands behind all that readers of events may have seen. */
    public int keepEra() throws TimeoutException {
        if (!store.keepEventEra()) {
            return 0;
        }
        log.atWarn().log("The database was restored, or a standby took over: readers of events are told of a gap");
        return 1;
    }

    /** Forgets the next of them; answers how many. */
    public int pruneTries() throws TimeoutException {
        return store.pruneWebhookTries(retention, TRIES_MAX);
    }
}
