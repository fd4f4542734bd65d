package io.heliograph.relay.care;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The statements that keep the database in shape. */
final class CareStore {
    private static final String MAKE_PARTITIONS = """
        SELECT make_partitions($1) AS made""";

    private static final String PAGES = """
        SELECT pg_relation_size('idempotency') / current_setting('block_size')::bigint AS pages""";

    // By place in the table and not by an index: rows of all ages share a page once space was used again.
    private static final String PRUNE_IDEMPOTENCY = """
        DELETE FROM idempotency
        WHERE ctid >= format('(%s,0)', $1::bigint)::tid AND ctid < format('(%s,0)', $2::bigint)::tid
          AND created_at < now() - $3::float8 * interval '1 second'""";

    private static final long SECONDS_MAX = 25;

    private final Pool pool;

    CareStore(Pool pool) {
        this.pool = pool;
    }

    int makePartitions(int daysAhead) throws TimeoutException {
        return pool.preparedQuery(MAKE_PARTITIONS)
                .execute(Tuple.of(daysAhead))
                .map(rows -> rows.iterator().next().getInteger("made"))
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    long idempotencyPages() throws TimeoutException {
        return pool.preparedQuery(PAGES)
                .execute()
                .map(rows -> rows.iterator().next().getLong("pages"))
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    int pruneIdempotency(long fromPage, long toPage, Duration retention) throws TimeoutException {
        return pool.preparedQuery(PRUNE_IDEMPOTENCY)
                .execute(Tuple.of(fromPage, toPage, (double) retention.toSeconds()))
                .await(SECONDS_MAX, TimeUnit.SECONDS)
                .rowCount();
    }
}
