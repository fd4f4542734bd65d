package io.heliograph.relay.care;

import io.vertx.sqlclient.Pool;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the partitions of the days to come, so that no message ever meets a missing one. */
public final class PartitionMaker {
    private static final Logger log = LoggerFactory.getLogger(PartitionMaker.class);
    private static final int DAYS_AHEAD = 3;

    private final CareStore store;

    public PartitionMaker(Pool pool) {
        this.store = new CareStore(pool);
    }

    /** Answers how many were missing. */
    public int runOnce() throws TimeoutException {
        int made = store.makePartitions(DAYS_AHEAD);
        if (made > 0) {
            log.atInfo().addKeyValue("partitions", made).log("Made partitions");
        }
        return made;
    }
}
