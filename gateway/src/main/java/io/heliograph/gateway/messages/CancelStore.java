package io.heliograph.gateway.messages;

import io.heliograph.gateway.outbox.AcceptIntent;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Cancels: the status, the promise and the idempotency key in one statement. */
public final class CancelStore {
    private static final String CANCEL = """
        WITH target AS MATERIALIZED (
          -- Locked, so that no worker claims it between the key and the status.
          SELECT id, message_may_move(status, 'canceled') OR status = 'canceled' AS cancelable
          FROM message
          WHERE id = $1 AND account_id = $2
          FOR UPDATE
        ), keyed AS (
          -- What is refused leaves its key free.
          INSERT INTO idempotency (account_id, key, request_hash, message_id, created_at)
          SELECT $2, $3, $4, id, now() FROM target WHERE cancelable AND $3::text IS NOT NULL
          ON CONFLICT DO NOTHING
          RETURNING key
        ), allowed AS (
          -- A key that stands for another request cancels nothing.
          SELECT $3::text IS NULL
              OR EXISTS (SELECT FROM keyed)
              OR EXISTS (SELECT FROM idempotency WHERE account_id = $2 AND key = $3 AND request_hash = $4)
              OR NOT EXISTS (SELECT FROM target WHERE cancelable)
                 AND NOT EXISTS (SELECT FROM idempotency WHERE account_id = $2 AND key = $3) AS yes
        ), canceled AS (
          UPDATE message
          SET status = 'canceled', reason = 'canceled_by_account', settled_at = now()
          WHERE id = $1 AND account_id = $2 AND message_may_move(status, 'canceled') AND (SELECT yes FROM allowed)
          RETURNING id
        ), kept AS (
          DELETE FROM outbox USING canceled WHERE message_id = canceled.id
        )
        SELECT yes AS allowed, $3::text IS NOT NULL AND NOT EXISTS (SELECT FROM keyed) AS key_was_there FROM allowed""";

    private static final String KEY_STANDS_FOR = """
        SELECT request_hash FROM idempotency WHERE account_id = $1 AND key = $2""";

    /** Whether the key allowed it, and whether the key was used before. Whether it worked, the message tells. */
    public record Outcome(boolean allowed, boolean keyWasThere) {}

    private final Pool pool;

    public CancelStore(Pool pool) {
        this.pool = pool;
    }

    public Future<Outcome> cancel(UUID id, long accountId, AcceptIntent.@Nullable Key key) {
        String value = key == null ? null : key.value();
        Buffer hash = key == null ? null : key.requestHash();
        return pool.preparedQuery(CANCEL)
                .execute(Tuple.of(id, accountId, value, hash))
                .map(rows -> outcome(rows.iterator().next()));
    }

    /** Null when the key was never used. */
    Future<@Nullable Buffer> keyStandsFor(long accountId, String key) {
        return pool.preparedQuery(KEY_STANDS_FOR)
                .execute(Tuple.of(accountId, key))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getBuffer("request_hash"));
    }

    private static Outcome outcome(Row row) {
        return new Outcome(row.getBoolean("allowed"), row.getBoolean("key_was_there"));
    }
}
