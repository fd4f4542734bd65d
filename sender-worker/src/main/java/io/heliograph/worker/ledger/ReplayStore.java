package io.heliograph.worker.ledger;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Ends replays that wait and are not needed any more: a receipt may say late that the person has what they repeat. */
public final class ReplayStore {
    /** Of the replays that wait among some ids. */
    record Looked(List<UUID> wanted, int canceled) {}

    // $1 ids, sorted, so that concurrent claims lock in one order.
    private static final String CANCEL_ARRIVED = """
        WITH RECURSIVE line AS (
          SELECT m.id, m.replay_of AS repeats, 'queued'::text AS status
          FROM unnest($1::uuid[]) AS due (id) JOIN message AS m ON m.id = due.id
          WHERE m.replay_of IS NOT NULL AND m.status IN ('queued', 'scheduled')
          UNION ALL
          -- What was sent anew may itself have been a replay, or have followed another message.
          SELECT l.id, coalesce(m.replay_of, m.fallback_of), m.status
          FROM line AS l JOIN message AS m ON m.id = l.repeats
        ), replay AS (
          SELECT id, bool_or(status IN ('delivered', 'read')) AS has_arrived FROM line GROUP BY id
        ), canceled AS (
          UPDATE message AS m SET status = 'canceled', reason = 'first_arrived', settled_at = now()
          FROM (SELECT id FROM replay WHERE has_arrived ORDER BY id) AS r
          WHERE m.id = r.id AND m.status IN ('queued', 'scheduled')
          RETURNING m.id
        ), dropped AS (
          DELETE FROM outbox AS o USING canceled AS c WHERE o.message_id = c.id
        )
        SELECT r.id, r.has_arrived FROM replay AS r ORDER BY r.id""";

    private final Pool pool;

    public ReplayStore(Pool pool) {
        this.pool = pool;
    }

    /** May be repeated. */
    Future<Looked> cancelArrived(List<UUID> ids) {
        return pool.preparedQuery(CANCEL_ARRIVED)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(ReplayStore::looked);
    }

    private static Looked looked(RowSet<Row> replays) {
        List<UUID> wanted = new ArrayList<>();
        int canceled = 0;
        for (Row replay : replays) {
            if (replay.getBoolean("has_arrived")) {
                canceled++;
            } else {
                wanted.add(replay.getUUID("id"));
            }
        }
        return new Looked(wanted, canceled);
    }
}
