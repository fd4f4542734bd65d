package io.heliograph.relay.care;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The statements that keep the database in shape. */
final class CareStore {
    private static final String MAKE_PARTITIONS = """
        SELECT make_partitions($1) AS made""";

    private static final String RECIPIENT_PLACE_PAGES = """
        SELECT pg_relation_size('recipient_place') / current_setting('block_size')::bigint AS pages""";

    // Workers lock the people of a claim in another order, so this waits for none of them.
    private static final String PRUNE_RECIPIENT_PLACES = """
        DELETE FROM recipient_place WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM recipient_place
          WHERE ctid >= format('(%s,0)', $1::bigint)::tid AND ctid < format('(%s,0)', $2::bigint)::tid
            AND worthless_at < now()
          FOR UPDATE SKIP LOCKED))""";

    // As long as the account that wants them longest; AccountWalks takes those of the others out before.
    private static final String KEEP_EVENT_PARTITIONS = """
        SELECT keep_event_partitions(ceil(extract(epoch FROM events) / 86400)::int, $1) AS made FROM retention_longest""";

    private static final String KEEP_EVENT_ERA = """
        SELECT keep_event_era() AS restored""";

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

    int keepEventPartitions(int daysAhead) throws TimeoutException {
        return pool.preparedQuery(KEEP_EVENT_PARTITIONS)
                .execute(Tuple.of(daysAhead))
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

    long recipientPlacePages() throws TimeoutException {
        return pages(RECIPIENT_PLACE_PAGES);
    }

    int pruneRecipientPlaces(long fromPage, long toPage) throws TimeoutException {
        return pool.preparedQuery(PRUNE_RECIPIENT_PLACES)
                .execute(Tuple.of(fromPage, toPage))
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
