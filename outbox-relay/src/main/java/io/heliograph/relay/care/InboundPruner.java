package io.heliograph.relay.care;

import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what people wrote once it is older than its retention. What it did to their consent stays. */
public final class InboundPruner {
    private static final Logger log = LoggerFactory.getLogger(InboundPruner.class);
    /** Some tens of milliseconds. */
    private static final int MESSAGES_MAX = 2_000;

    private final CareStore store;
    private final Duration retention;
    private final int messagesMax;

    public InboundPruner(Pool pool, Duration retention) {
        this(pool, retention, MESSAGES_MAX);
    }

    InboundPruner(Pool pool, Duration retention, int messagesMax) {
        this.store = new CareStore(pool);
        this.retention = retention;
        this.messagesMax = messagesMax;
    }

    /** Forgets the oldest; answers how many. */
    public int runOnce() throws TimeoutException {
        int pruned = store.pruneInbound(retention, messagesMax);
        if (pruned > 0) {
            log.atInfo().addKeyValue("inbound", pruned).log("Forgot old inbound messages");
        }
        return pruned;
    }
}
