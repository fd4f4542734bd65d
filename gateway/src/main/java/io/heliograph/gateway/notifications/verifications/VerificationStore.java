package io.heliograph.gateway.notifications.verifications;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads verifications one by one, and cancels them. */
final class VerificationStore {
    private static final String FIND = """
        SELECT *, now() AS now FROM verification WHERE id = $1 AND account_id = $2""";

    // What has not left yet does not leave any more.
    private static final String CANCEL = """
        WITH canceled AS (
          UPDATE verification SET status = 'canceled', ended_at = now()
          WHERE id = $1 AND account_id = $2 AND status = 'pending'
          RETURNING *
        ), kept AS (
          UPDATE message SET status = 'canceled', reason = 'canceled_by_account', settled_at = now()
          WHERE id IN (
            SELECT m.id FROM message m JOIN canceled c ON m.id = ANY (c.message_ids)
            WHERE message_may_move(m.status, 'canceled')
            ORDER BY m.id FOR NO KEY UPDATE OF m)
          RETURNING id
        ), unpromised AS (
          DELETE FROM outbox o USING kept k WHERE o.message_id = k.id
        )
        SELECT *, now() AS now FROM canceled
        UNION ALL
        SELECT *, now() AS now FROM verification
        WHERE id = $1 AND account_id = $2 AND NOT EXISTS (SELECT FROM canceled)""";

    private final Pool pool;

    VerificationStore(Pool pool) {
        this.pool = pool;
    }

    Future<@Nullable Row> find(UUID id, long accountId) {
        return one(FIND, id, accountId);
    }

    /** The verification as it is afterwards: one that has ended before stays as it was. */
    Future<@Nullable Row> cancel(UUID id, long accountId) {
        return one(CANCEL, id, accountId);
    }

    private Future<@Nullable Row> one(String sql, UUID id, long accountId) {
        Future<RowSet<Row>> rows = pool.preparedQuery(sql).execute(Tuple.of(id, accountId));
        return rows.map(found -> found.size() == 0 ? null : found.iterator().next());
    }
}
