package io.heliograph.relay.retention;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Forgets the rows of some pages. */
final class PruneStore {
    private static final String PAGES = """
        SELECT pg_relation_size($1::text::regclass) / current_setting('block_size')::bigint AS pages""";

    private static final long SECONDS_MAX = 25;

    private final Pool pool;

    PruneStore(Pool pool) {
        this.pool = pool;
    }

    long pages(AgedRows rows) throws TimeoutException {
        return pool.preparedQuery(PAGES)
                .execute(Tuple.of(rows.table()))
                .map(found -> found.iterator().next().getLong("pages"))
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    int prune(AgedRows rows, long fromPage, long toPage) throws TimeoutException {
        return pool.preparedQuery(rows.sql())
                .execute(Tuple.of(fromPage, toPage))
                .await(SECONDS_MAX, TimeUnit.SECONDS)
                .rowCount();
    }
}
