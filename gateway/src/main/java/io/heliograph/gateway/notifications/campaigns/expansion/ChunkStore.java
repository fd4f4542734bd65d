package io.heliograph.gateway.notifications.campaigns.expansion;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Gives chunks of audiences out: each to one gateway, for a lease. */
final class ChunkStore {
    private static final int ROWS_MAX = 1_000;
    /** Longer than any chunk takes; whoever comes back later finds the chunk taken or gone. */
    private static final int LEASE_SECONDS = 20;
    /** Of a chunk that failed: one that always does takes little from the others. */
    private static final double PAUSE_SECONDS = 15;
    /** Of one campaign. */
    private static final int CHUNKS_MAX = 32;

    /** A chunk of what is paced is for so long, and given out so much ahead: so another rate takes effect within twice that. */
    private static final double AHEAD_SECONDS = 1;

    // One that was left behind comes first. Campaigns take turns by their next slot. Both rows that are locked here are
    // locked by nobody for longer than a moment, or are passed over.
    private static final String TAKE = """
        WITH left_behind AS MATERIALIZED (
          SELECT k.campaign_id, k.after_row
          FROM campaign_chunk k JOIN campaign c ON c.id = k.campaign_id
          WHERE k.leased_until <= now() AND c.status = 'running'
          ORDER BY k.leased_until LIMIT 1
          FOR UPDATE OF k SKIP LOCKED
        ), leased AS (
          UPDATE campaign_chunk k SET leased_until = now() + $1::float8 * interval '1 second', slot_at = greatest(k.slot_at, now())
          FROM left_behind l WHERE k.campaign_id = l.campaign_id AND k.after_row = l.after_row
          RETURNING k.campaign_id, k.after_row, k.last_row, k.slot_at, k.gap_seconds
        ), due AS MATERIALIZED (
          SELECT c.id, c.given_out, greatest(c.next_slot_at, now()) AS slot_at, coalesce(1 / c.rate_per_second, 0) AS gap_seconds,
                 least(c.last_row, c.given_out
                   + CASE WHEN c.rate_per_second IS NULL THEN $2::int ELSE least($2::int, ceil(c.rate_per_second * $3::float8)::int) END) AS up_to
          FROM campaign c
          WHERE c.at_work AND c.status = 'running' AND c.given_out < c.last_row
            AND (c.rate_per_second IS NULL OR c.next_slot_at <= now() + $3::float8 * interval '1 second'
              -- What a pause held goes first.
              AND NOT EXISTS (SELECT FROM outbox o WHERE o.campaign_id = c.id AND o.due_at = 'infinity'))
            AND (SELECT count(*) FROM (SELECT FROM campaign_chunk k WHERE k.campaign_id = c.id LIMIT $4::int) waiting) < $4::int
            AND NOT EXISTS (SELECT FROM left_behind)
          ORDER BY c.next_slot_at LIMIT 1
          FOR NO KEY UPDATE SKIP LOCKED
        ), moved AS (
          UPDATE campaign c SET given_out = due.up_to, next_slot_at = due.slot_at + (due.up_to - due.given_out) * due.gap_seconds * interval '1 second'
          FROM due WHERE c.id = due.id
        ), given AS (
          INSERT INTO campaign_chunk (campaign_id, after_row, last_row, slot_at, gap_seconds, leased_until)
          SELECT id, given_out, up_to, slot_at, gap_seconds, now() + $1::float8 * interval '1 second' FROM due
          RETURNING campaign_id, after_row, last_row, slot_at, gap_seconds
        )
        SELECT k.after_row, k.last_row AS chunk_last_row, k.slot_at, k.gap_seconds, c.*
        FROM (SELECT * FROM leased UNION ALL SELECT * FROM given) k JOIN campaign c ON c.id = k.campaign_id""";

    // Whoever has it has it until the end of the transaction. None where somebody else was quicker.
    private static final String HOLD = """
        SELECT 1 FROM campaign_chunk WHERE campaign_id = $1 AND after_row = $2 FOR UPDATE SKIP LOCKED""";

    // After that, and not with it: it may have been moved while this waited.
    private static final String STATUS = "SELECT status FROM campaign WHERE id = $1";

    private static final String LET_GO = """
        UPDATE campaign_chunk SET leased_until = now() + $3::float8 * interval '1 second' WHERE campaign_id = $1 AND after_row = $2""";

    /** What is read of a chunk. */
    @FunctionalInterface
    interface Reading {
        Future<RowSet<Row>> read(SqlConnection connection);
    }

    private final Pool pool;

    ChunkStore(Pool pool) {
        this.pool = pool;
    }

    /** Null when there is nothing to do. */
    Future<@Nullable Chunk> take() {
        return pool.preparedQuery(TAKE)
                .execute(Tuple.of((double) LEASE_SECONDS, ROWS_MAX, AHEAD_SECONDS, CHUNKS_MAX))
                .map(rows -> rows.size() == 0 ? null : Chunk.of(rows.iterator().next()));
    }

    /**
     * Expands it in one transaction, in which it is gone. Answers what that came to: null where somebody else has done it, or the campaign
     * does not run any more.
     */
    <T> Future<@Nullable T> expand(
            Chunk chunk, Reading reading, BiFunction<SqlConnection, RowSet<Row>, Future<T>> expand) {
        return pool.withTransaction(connection -> {
            // Sent without waiting for each other's answers.
            Future<RowSet<Row>> held = connection.preparedQuery(HOLD).execute(key(chunk));
            Future<RowSet<Row>> status = connection
                    .preparedQuery(STATUS)
                    .execute(Tuple.of(chunk.campaign().id()));
            Future<RowSet<Row>> rows = reading.read(connection);
            return Future.all(List.of(held, status, rows)).compose(read -> {
                if (held.result().size() == 0) {
                    return Future.<@Nullable T>succeededFuture(null);
                }
                if (!isRunning(status.result())) {
                    return connection
                            .preparedQuery(LET_GO)
                            .execute(key(chunk).addDouble(0.0))
                            .<@Nullable T>mapEmpty();
                }
                return expand.apply(connection, rows.result()).<@Nullable T>map(came -> came);
            });
        });
    }

    /** Gives it back, after others had their turn. */
    Future<Void> letGo(Chunk chunk) {
        return pool.preparedQuery(LET_GO)
                .execute(key(chunk).addDouble(PAUSE_SECONDS))
                .mapEmpty();
    }

    private static boolean isRunning(RowSet<Row> status) {
        return status.size() > 0 && status.iterator().next().getString(0).equals("running");
    }

    private static Tuple key(Chunk chunk) {
        return Tuple.of(chunk.campaign().id(), chunk.afterRow());
    }
}
