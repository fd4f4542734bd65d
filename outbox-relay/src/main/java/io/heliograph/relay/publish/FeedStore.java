package io.heliograph.relay.publish;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What relays have given the limited customer accounts. */
final class FeedStore {
    private static final String IS_ANY_LIMITED = """
        SELECT EXISTS (SELECT FROM account_rate WHERE per_second IS NOT NULL) AS any""";

    private static final String RATIONS = """
        SELECT r.account_id, r.per_second, coalesce(date_part('epoch', f.next_at - now()), 0) AS ahead_seconds
        FROM account_rate r LEFT JOIN account_feed f USING (account_id)
        WHERE r.account_id = ANY ($1::bigint[]) AND r.per_second IS NOT NULL""";

    private static final String FEED = """
        INSERT INTO account_feed AS f (account_id, next_at)
        SELECT account_id, now() + seconds * interval '1 second'
        FROM unnest($1::bigint[], $2::float8[]) AS fed (account_id, seconds)
        ORDER BY account_id
        ON CONFLICT (account_id) DO UPDATE
        SET next_at = excluded.next_at - now()
          + CASE WHEN f.next_at - now() > interval '2 seconds' + 5 * (excluded.next_at - now()) THEN now() -- by a lower limit
                 ELSE greatest(f.next_at, now()) END""";

    private static final long SECONDS_MAX = 20;

    private final Pool pool;

    FeedStore(Pool pool) {
        this.pool = pool;
    }

    boolean isAnyLimited() throws TimeoutException {
        return pool.preparedQuery(IS_ANY_LIMITED)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean("any"))
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** By account; one without a limit is not in the answer. */
    Map<Long, Ration> rations(Collection<Long> accounts) throws TimeoutException {
        Map<Long, Ration> rations = new HashMap<>();
        for (Row row : pool.preparedQuery(RATIONS)
                .execute(Tuple.of((Object) accounts.toArray(Long[]::new)))
                .await(SECONDS_MAX, TimeUnit.SECONDS)) {
            Ration ration = new Ration(row.getDouble("per_second"), row.getDouble("ahead_seconds"));
            rations.put(row.getLong("account_id"), ration);
        }
        return rations;
    }

    /** These have got as much as they may send in so many seconds. */
    void feed(Map<Long, Double> seconds) throws TimeoutException {
        TreeMap<Long, Double> sorted = new TreeMap<>(seconds);
        var _ = pool.preparedQuery(FEED)
                .execute(Tuple.of(sorted.keySet().toArray(Long[]::new), (Object)
                        sorted.values().toArray(Double[]::new)))
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }
}
