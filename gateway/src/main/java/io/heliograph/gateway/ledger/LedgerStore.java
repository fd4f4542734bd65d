package io.heliograph.gateway.ledger;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** Counts an account's messages and promises in one snapshot, so that the sides must be equal. */
final class LedgerStore {
    private static final String LEDGER = """
        WITH per_status AS (
          SELECT status, count(*) AS messages FROM message WHERE account_id = $1 GROUP BY status
        ), without_promise AS (
          SELECT count(*) AS n FROM message m
          WHERE m.account_id = $1 AND NOT message_is_settled(m.status)
            AND NOT EXISTS (SELECT FROM outbox o WHERE o.message_id = m.id)
        ), promises AS (
          SELECT count(*) AS n, min(o.created_at) AS oldest,
                 count(*) FILTER (WHERE m.id IS NULL OR message_is_settled(m.status)) AS without_message
          FROM outbox o LEFT JOIN message m ON m.id = o.message_id
          WHERE o.account_id = $1
        )
        SELECT (SELECT coalesce(jsonb_object_agg(status, messages), '{}'::jsonb) FROM per_status) AS by_status,
               (SELECT coalesce(sum(messages), 0)::bigint FROM per_status) AS accepted,
               promises.n AS outstanding, promises.oldest,
               without_promise.n + promises.without_message AS violations
        FROM promises, without_promise""";

    private final Pool pool;

    LedgerStore(Pool pool) {
        this.pool = pool;
    }

    /** Every status is there, with 0 where there is none. */
    Future<LedgerCounts> count(long accountId) {
        return pool.preparedQuery(LEDGER)
                .execute(Tuple.of(accountId))
                .map(rows -> counts(rows.iterator().next()));
    }

    private static LedgerCounts counts(Row row) {
        return new LedgerCounts(
                row.getLong("accepted"),
                row.getJsonObject("by_status"),
                row.getLong("outstanding"),
                row.getOffsetDateTime("oldest"),
                row.getLong("violations"));
    }
}
