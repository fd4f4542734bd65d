package io.heliograph.providers.fleet;

import io.heliograph.runtime.Failures;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The latest view of the fleet, kept in memory. While the database is away the last one holds. */
public final class FleetRoutes {
    private static final Logger log = LoggerFactory.getLogger(FleetRoutes.class);

    private final FleetStore store;
    private volatile FleetView view = FleetView.NOTHING;
    private volatile boolean wellRead = true;

    public FleetRoutes(FleetStore store) {
        this.store = store;
    }

    public FleetView view() {
        return view;
    }

    /** False while there is nothing better than the view before. */
    public boolean isWellRead() {
        return wellRead;
    }

    /** Looks again; never fails. */
    public Future<Void> refresh() {
        return store.read().transform(read -> {
            if (read.succeeded()) {
                view = read.result();
            } else if (wellRead) {
                // Once for each outage.
                log.atWarn()
                        .addKeyValue("error", Failures.describe(read.cause()))
                        .log("Could not read the routes, the last ones hold");
            }
            wellRead = read.succeeded();
            return Future.succeededFuture();
        });
    }
}
