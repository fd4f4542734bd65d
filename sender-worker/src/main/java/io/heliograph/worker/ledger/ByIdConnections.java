package io.heliograph.worker.ledger;

import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.IndexedPlans;
import io.vertx.pgclient.PgConnectOptions;

/** Connections for statements that look up rows by their ids, and do nothing else. */
public final class ByIdConnections {
    private ByIdConnections() {}

    public static PgConnectOptions options(DatabaseUrl database, String applicationName) {
        return IndexedPlans.byNestedLoops(database.connectOptions(applicationName))
                .addProperty("enable_bitmapscan", "off");
    }
}
