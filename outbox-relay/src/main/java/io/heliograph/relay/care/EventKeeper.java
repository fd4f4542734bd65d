package io.heliograph.relay.care;

import io.vertx.sqlclient.Pool;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the days to come of the events, and drops those that no account keeps any more. Notices when the database was restored, and with it
 * the numbers of events.
 */
public final class EventKeeper {
    private static final Logger log = LoggerFactory.getLogger(EventKeeper.class);
    private static final int DAYS_AHEAD = 3;

    private final CareStore store;

    public EventKeeper(Pool pool) {
        this.store = new CareStore(pool);
    }

    /** Answers how many days were missing. */
    public int keepPartitions() throws TimeoutException {
        int made = store.keepEventPartitions(DAYS_AHEAD);
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
}
