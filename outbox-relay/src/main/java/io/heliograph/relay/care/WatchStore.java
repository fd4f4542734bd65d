package io.heliograph.relay.care;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The statements of the watch, on the one connection that holds its lock: only one relay of all keeps watch, and when it
 * dies, the lock dies with its connection.
 */
final class WatchStore {
    private static final String TRY_LOCK = """
        SELECT pg_try_advisory_lock(hashtext('heliograph.watch')) AS locked""";

    // In one snapshot, so that a message which is accepted or settled meanwhile is on both sides or on neither.
    private static final String MESSAGES_WITHOUT_PROMISE = """
        WITH slice AS MATERIALIZED (
          SELECT id, status FROM message WHERE id > $1 ORDER BY id LIMIT $2
        )
        SELECT (SELECT count(*) FROM slice) AS looked_at,
               (SELECT id FROM slice ORDER BY id DESC LIMIT 1) AS last,
               count(*) AS violations
        FROM slice
        WHERE NOT message_is_settled(status) AND NOT EXISTS (SELECT FROM outbox o WHERE o.message_id = slice.id)""";

    private static final String PROMISES_WITHOUT_MESSAGE = """
        WITH slice AS MATERIALIZED (
          SELECT message_id FROM outbox WHERE message_id > $1 ORDER BY message_id LIMIT $2
        )
        SELECT (SELECT count(*) FROM slice) AS looked_at,
               (SELECT message_id FROM slice ORDER BY message_id DESC LIMIT 1) AS last,
               count(*) AS violations
        FROM slice
        LEFT JOIN message m ON m.id = slice.message_id
        WHERE m.id IS NULL OR message_is_settled(m.status)""";

    private static final String OUTSTANDING = """
        WITH by_account AS (
          SELECT topic, lane, account_id, count(*) AS promises,
                 count(*) FILTER (WHERE publishes > 0 OR due_at <= now()) AS due,
                 -- A scheduled one is old by intention.
                 min(created_at) FILTER (WHERE NOT scheduled) AS oldest_at,
                 min(due_at) AS first_due_at
          FROM outbox
          GROUP BY topic, lane, account_id
        ), held_back AS (
          -- All that is due of an account with a limit, for its own estimates.
          SELECT b.account_id, b.lane, sum(b.due)::bigint AS due
          FROM by_account b JOIN account_rate r USING (account_id)
          WHERE r.per_second IS NOT NULL AND b.due > 0
          GROUP BY b.account_id, b.lane
        ), gone AS (
          DELETE FROM account_backlog a
          WHERE NOT EXISTS (SELECT FROM held_back h WHERE h.account_id = a.account_id AND h.lane = a.lane)
        ), told AS (
          INSERT INTO account_backlog (account_id, lane, due, counted_at)
          SELECT account_id, lane, due, now() FROM held_back
          ON CONFLICT (account_id, lane) DO UPDATE SET due = excluded.due, counted_at = excluded.counted_at
        )
        SELECT topic, lane, sum(b.promises)::bigint AS promises,
               -- What waits for its time stands in nobody's way, nor does what its account's limit holds back for a while.
               sum(b.promises - least(b.due, coalesce(10 * r.per_second, 'infinity')))::bigint AS held,
               coalesce(extract(epoch FROM now() - min(b.oldest_at)), 0)::float8 AS age,
               greatest(extract(epoch FROM now() - min(b.first_due_at)), 0)::float8 AS overdue
        FROM by_account b LEFT JOIN account_rate r USING (account_id)
        GROUP BY topic, lane""";

    private static final String SHARE_COUNT = """
        WITH counted AS (
          SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) AS c (topic, lane, promises, held)
        ), gone AS (
          DELETE FROM backlog b WHERE NOT EXISTS (SELECT FROM counted c WHERE c.topic = b.topic AND c.lane = b.lane)
        )
        INSERT INTO backlog (topic, lane, promises, held, counted_at)
        SELECT topic, lane, promises, held, now() FROM counted
        ON CONFLICT (topic, lane) DO UPDATE
        SET promises = excluded.promises, held = excluded.held, counted_at = excluded.counted_at""";

    private static final long SECONDS_MAX = 25;

    private final SqlConnection connection;

    private WatchStore(SqlConnection connection) {
        this.connection = connection;
    }

    /** Null when another relay keeps watch. A session of its own, because the lock is the session's. */
    static @Nullable WatchStore tryLock(Vertx vertx, PgConnectOptions options) throws TimeoutException {
        SqlConnection connection = PgConnection.connect(vertx, options).await(SECONDS_MAX, TimeUnit.SECONDS);
        boolean locked = false;
        try {
            locked = connection
                    .preparedQuery(TRY_LOCK)
                    .execute()
                    .map(rows -> rows.iterator().next().getBoolean("locked"))
                    .await(SECONDS_MAX, TimeUnit.SECONDS);
            return locked ? new WatchStore(connection) : null;
        } finally {
            if (!locked) {
                var _ = connection.close();
            }
        }
    }

    LedgerSlice messagesWithoutPromise(UUID after, int rowsMax) throws TimeoutException {
        return slice(MESSAGES_WITHOUT_PROMISE, after, rowsMax);
    }

    LedgerSlice promisesWithoutMessage(UUID after, int rowsMax) throws TimeoutException {
        return slice(PROMISES_WITHOUT_MESSAGE, after, rowsMax);
    }

    /** Counts, and tells gateways at once what waits of the accounts with a limit. */
    List<OutstandingPromises.Line> outstanding() throws TimeoutException {
        return connection
                .preparedQuery(OUTSTANDING)
                .mapping(row -> new OutstandingPromises.Line(
                        row.getString("topic"),
                        row.getString("lane"),
                        row.getLong("promises"),
                        row.getLong("held"),
                        row.getDouble("age"),
                        row.getDouble("overdue")))
                .execute()
                .map(rows -> rows.stream().toList())
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** Tells gateways what waits, for their estimates. */
    void share(List<OutstandingPromises.Line> counted) throws TimeoutException {
        var _ = connection
                .preparedQuery(SHARE_COUNT)
                .execute(Tuple.of(
                        counted.stream().map(OutstandingPromises.Line::topic).toArray(String[]::new),
                        counted.stream().map(OutstandingPromises.Line::lane).toArray(String[]::new),
                        counted.stream().map(OutstandingPromises.Line::promises).toArray(Long[]::new),
                        (Object) counted.stream()
                                .map(OutstandingPromises.Line::held)
                                .toArray(Long[]::new)))
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** Ends the session, and with it the lock, in the background. */
    void close() {
        var _ = connection.close();
    }

    private LedgerSlice slice(String sql, UUID after, int rowsMax) throws TimeoutException {
        Row row = connection
                .preparedQuery(sql)
                .execute(Tuple.of(after, rowsMax))
                .map(rows -> rows.iterator().next())
                .await(SECONDS_MAX, TimeUnit.SECONDS);
        return new LedgerSlice(row.getLong("looked_at"), row.getUUID("last"), row.getLong("violations"));
    }
}
