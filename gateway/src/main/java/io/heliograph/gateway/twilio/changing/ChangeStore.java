package io.heliograph.gateway.twilio.changing;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of settled messages what is about a person, and notes what became of them. Never their state: they stay in the ledger as they
 * are. What would follow such a message needs what is taken out, so it goes, too; and what has repeated it already is treated as it is, as
 * far as it is settled.
 */
public final class ChangeStore {
    private static final String REDACT = """
        WITH settled AS MATERIALIZED (
          SELECT id FROM message
          WHERE id IN (SELECT message_and_its_repeats($1)) AND account_id = $2 AND deleted_at IS NULL AND message_is_settled(status)
          -- Rows of message are locked by id.
          ORDER BY id FOR NO KEY UPDATE
        ), redacted AS (
          UPDATE message
          SET redacted_at = coalesce(redacted_at, now()), body = '', content = NULL, fallback = NULL, on_undelivered = NULL
          WHERE id IN (SELECT id FROM settled)
            AND $1 IN (SELECT id FROM settled)
          RETURNING id
        )
        SELECT id FROM redacted WHERE id = $1""";

    private static final String DELETE = """
        WITH settled AS MATERIALIZED (
          SELECT id FROM message
          WHERE id IN (SELECT message_and_its_repeats($1)) AND account_id = $2 AND deleted_at IS NULL AND message_is_settled(status)
          ORDER BY id FOR NO KEY UPDATE
        ), deleted AS (
          UPDATE message
          SET deleted_at = now(), recipient = '', body = '', media_urls = NULL, content = NULL, fallback = NULL, on_undelivered = NULL,
              reference = NULL, metadata = NULL, status_callback = NULL
          WHERE id IN (SELECT id FROM settled) AND $1 IN (SELECT id FROM settled)
          RETURNING id
        ), forgotten AS (
          -- Providers repeat the number in what they call back with.
          UPDATE callback SET fields = '{}', recipient_digits = NULL WHERE message_id IN (SELECT id FROM deleted)
        )
        SELECT id FROM deleted WHERE id = $1""";

    private static final String DELETE_MEDIA = """
        UPDATE message
        SET redacted_at = coalesce(redacted_at, now()),
            media_urls = (SELECT coalesce(jsonb_agg(url), '[]') FROM jsonb_array_elements(media_urls) url WHERE url <> to_jsonb($3::text))
        WHERE id = $1 AND account_id = $2 AND deleted_at IS NULL AND message_is_settled(status)""";

    private static final String NOTE_FEEDBACK = """
        UPDATE message SET feedback = $3, feedback_at = now()
        WHERE id = $1 AND account_id = $2 AND deleted_at IS NULL
        RETURNING feedback_at""";

    private final Pool pool;

    public ChangeStore(Pool pool) {
        this.pool = pool;
    }

    /** False when there is no such message, or it is not settled. */
    Future<Boolean> redact(UUID id, long accountId) {
        return pool.preparedQuery(REDACT).execute(Tuple.of(id, accountId)).map(rows -> rows.size() == 1);
    }

    /** Likewise. */
    Future<Boolean> delete(UUID id, long accountId) {
        return pool.preparedQuery(DELETE).execute(Tuple.of(id, accountId)).map(rows -> rows.size() == 1);
    }

    /** Likewise. */
    Future<Boolean> deleteMedia(UUID id, long accountId, String url) {
        return pool.preparedQuery(DELETE_MEDIA)
                .execute(Tuple.of(id, accountId, url))
                .map(ChangeStore::changedOne);
    }

    /** When it was noted; null when there is no such message. */
    Future<@Nullable OffsetDateTime> noteFeedback(UUID id, long accountId, String outcome) {
        return pool.preparedQuery(NOTE_FEEDBACK)
                .execute(Tuple.of(id, accountId, outcome))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getOffsetDateTime("feedback_at"));
    }

    private static boolean changedOne(SqlResult<RowSet<Row>> result) {
        return result.rowCount() == 1;
    }
}
