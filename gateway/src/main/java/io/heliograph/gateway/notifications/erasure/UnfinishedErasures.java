package io.heliograph.gateway.notifications.erasure;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;

/** Goes on with erasures whose messages were still being sent. Any gateway does; each is looked at by one at a time. */
public final class UnfinishedErasures {
    private final EraseStore store;

    public UnfinishedErasures(Pool pool) {
        this.store = new EraseStore(pool);
    }

    /** One of them, the longest waiting first. How many there were: none, or one. */
    public Future<Integer> runOnce() {
        return store.goOn().map(found -> found ? 1 : 0);
    }
}
