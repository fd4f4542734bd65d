package io.heliograph.runtime;

import io.vertx.pgclient.PgConnectOptions;
import java.util.Map;

/**
 * Connections on which each statement is planned once and reads by an index. The planner is told so, because it cannot
 * know: its estimate for the few ids of a parameter makes it plan our longest statements anew at each use, which costs
 * more than they do, and its statistics are of tables that may have millions of rows or none from one minute to the next.
 */
public final class IndexedPlans {
    private static final Map<String, String> PROPERTIES = Map.of(
            "plan_cache_mode", "force_generic_plan",
            "enable_seqscan", "off",
            "max_parallel_workers_per_gather", "0",
            "jit", "off");

    private IndexedPlans() {}

    public static PgConnectOptions on(PgConnectOptions options) {
        PROPERTIES.forEach(options::addProperty);
        return options;
    }

    /** And by the index that has the order that is asked for, however few rows the planner expects: nothing is sorted. */
    public static PgConnectOptions inOrder(PgConnectOptions options) {
        return on(options).addProperty("enable_bitmapscan", "off").addProperty("enable_sort", "off");
    }

    /** And without the joins that read one side as a whole, for statements that join nothing but tables. */
    public static PgConnectOptions byNestedLoops(PgConnectOptions options) {
        return on(options).addProperty("enable_hashjoin", "off").addProperty("enable_mergejoin", "off");
    }
}
