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

    private static final String IDEMPOTENCY_PAGES = """
        SELECT pg_relation_size('idempotency') / current_setting('block_size')::bigint AS pages""";

    // By place in the table and not by an index: rows of all ages share a page once space was used again.
    private static final String PRUNE_IDEMPOTENCY = """
        DELETE FROM idempotency
        WHERE ctid >= format('(%s,0)', $1::bigint)::tid AND ctid < format('(%s,0)', $2::bigint)::tid
          AND created_at < now() - $3::float8 * interval '1 second'""";

    private static final String RECIPIENT_PLACE_PAGES = """
        SELECT pg_relation_size('recipient_place') / current_setting('block_size')::bigint AS pages""";

    // Workers lock the people of a claim in another order, so this waits for none of them.
    private static final String PRUNE_RECIPIENT_PLACES = """
        DELETE FROM recipient_place WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM recipient_place
          WHERE ctid >= format('(%s,0)', $1::bigint)::tid AND ctid < format('(%s,0)', $2::bigint)::tid
            AND worthless_at < now()
          FOR UPDATE SKIP LOCKED))""";

    private static final String KEEP_EVENT_PARTITIONS = """
        SELECT keep_event_partitions($1, $2) AS made""";

    private static final String KEEP_EVENT_ERA = """
        SELECT keep_event_era() AS restored""";

    // Their ids are in the order of their times.
    private static final String PRUNE_INBOUND = """
        DELETE FROM inbound_message WHERE id = ANY (ARRAY(
          SELECT id FROM inbound_message WHERE id < uuid_v7_floor(now() - $1::float8 * interval '1 second')
          ORDER BY id LIMIT $2
          FOR UPDATE SKIP LOCKED))""";

    private static final String PRUNE_WEBHOOK_TRIES = """
        DELETE FROM webhook_try WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM webhook_try WHERE tried_at < now() - $1::float8 * interval '1 second' LIMIT $2))""";

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

    int keepEventPartitions(int daysKept, int daysAhead) throws TimeoutException {
        return pool.preparedQuery(KEEP_EVENT_PARTITIONS)
                .execute(Tuple.of(daysKept, daysAhead))
                .map(rows -> rows.iterator().next().getInteger("made"))
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** Whether it was restored since it was last asked. */
    boolean keepEventEra() throws TimeoutException {
        return pool.preparedQuery(KEEP_EVENT_ERA)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean("restored"))
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    int pruneInbound(Duration retention, int rowsMax) throws TimeoutException {
        return pool.preparedQuery(PRUNE_INBOUND)
                .execute(Tuple.of((double) retention.toSeconds(), rowsMax))
                .await(SECONDS_MAX, TimeUnit.SECONDS)
                .rowCount();
    }

    int pruneWebhookTries(Duration retention, int rowsMax) throws TimeoutException {
        return pool.preparedQuery(PRUNE_WEBHOOK_TRIES)
                .execute(Tuple.of((double) retention.toSeconds(), rowsMax))
                .await(SECONDS_MAX, TimeUnit.SECONDS)
                .rowCount();
    }

    long idempotencyPages() throws TimeoutException {
        return pages(IDEMPOTENCY_PAGES);
    }

    long recipientPlacePages() throws TimeoutException {
        return pages(RECIPIENT_PLACE_PAGES);
    }

    int pruneRecipientPlaces(long fromPage, long toPage) throws TimeoutException {
        return pool.preparedQuery(PRUNE_RECIPIENT_PLACES)
                .execute(Tuple.of(fromPage, toPage))
                .await(SECONDS_MAX, TimeUnit.SECONDS)
                .rowCount();
    }

    int pruneIdempotency(long fromPage, long toPage, Duration retention) throws TimeoutException {
        return pool.preparedQuery(PRUNE_IDEMPOTENCY)
                .execute(Tuple.of(fromPage, toPage, (double) retention.toSeconds()))
                .await(SECONDS_MAX, TimeUnit.SECONDS)
                .rowCount();
    }

    private long pages(String sql) throws TimeoutException {
        return pool.preparedQuery(sql)
                .execute()
                .map(rows -> rows.iterator().next().getLong("pages"))
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }
}
