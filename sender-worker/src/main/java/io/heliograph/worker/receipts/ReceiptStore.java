package io.heliograph.worker.receipts;

import io.heliograph.worker.provider.ReceiptSource.Told;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What is to be asked of a provider, and what it answered. */
public final class ReceiptStore {
    /** A message to ask for; not {@code asked} when it is given up. */
    record Overdue(UUID messageId, short attempt, @Nullable String providerMessageId, boolean asked) {}

    /** How often and how long a message is asked for. */
    record Terms(Duration pause, Duration pauseMax, int lookUpsMax, Duration ageMax) {}

    // $1 the provider; $2 how many; $3 seconds until it is asked again, doubled with each time; $4 those at the most;
    // $5 look-ups at the most; $6 seconds since the send after which it is given up. What a receipt has moved
    // meanwhile goes without a word.
    private static final String TAKE = """
        WITH due AS (
          SELECT message_id, look_ups FROM receipt_due
          WHERE provider = $1 AND due_at <= now()
          ORDER BY due_at LIMIT $2
          FOR UPDATE SKIP LOCKED
        ), seen AS MATERIALIZED (
          SELECT due.message_id, m.attempt, coalesce(a.provider_message_id, c.provider_message_id) AS provider_message_id,
                 coalesce(m.status = 'sent' AND m.provider = $1, false) AS waits,
                 due.look_ups < $5 AND coalesce(m.sent_at > now() - $6::float8 * interval '1 second', false) AS is_in_time
          FROM due
          LEFT JOIN LATERAL (
            SELECT id, status, provider, attempt, sent_at FROM message WHERE id = due.message_id LIMIT 1) AS m ON true
          LEFT JOIN LATERAL (
            SELECT provider_message_id FROM attempt WHERE message_id = m.id AND n = m.attempt LIMIT 1) AS a ON true
          -- A receipt moves its message, and leaves the attempt without the id when the answer to the send was lost.
          LEFT JOIN LATERAL (
            SELECT provider_message_id FROM callback
            WHERE message_id = m.id AND attempt = m.attempt AND provider_message_id IS NOT NULL AND a.provider_message_id IS NULL
            LIMIT 1) AS c ON true
        ), ended AS (
          DELETE FROM receipt_due AS r USING seen
          WHERE r.message_id = seen.message_id
            AND NOT (seen.waits AND seen.is_in_time AND seen.provider_message_id IS NOT NULL)
        ), asked AS (
          UPDATE receipt_due AS r
          SET look_ups = r.look_ups + 1,
              due_at = now() + least($3::float8 * 2 ^ r.look_ups, $4::float8) * interval '1 second'
          FROM seen
          WHERE r.message_id = seen.message_id AND seen.waits AND seen.is_in_time AND seen.provider_message_id IS NOT NULL
        )
        SELECT message_id, attempt, provider_message_id, is_in_time AND provider_message_id IS NOT NULL AS asked
        FROM seen WHERE waits""";

    // As a callback that waits for its message: a gateway applies it as it applies those, forward only.
    private static final String STORE = """
        INSERT INTO callback (id, received_at, provider, message_id, attempt, provider_message_id, provider_status, code,
                              dedupe_key, fields)
        VALUES (uuid_v7_now(), now(), $1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT ON CONSTRAINT callback_is_stored_once DO NOTHING""";

    private static final String GIVE_BACK = """
        UPDATE receipt_due SET look_ups = look_ups - 1, due_at = now() + $2::float8 * interval '1 second'
        WHERE message_id = ANY ($1) AND look_ups > 0""";

    private final Pool pool;

    public ReceiptStore(Pool pool) {
        this.pool = pool;
    }

    /** Takes some that are due, each of which is due again later. */
    Future<List<Overdue>> take(String provider, int count, Terms terms) {
        Tuple values = Tuple.of(
                provider,
                count,
                seconds(terms.pause()),
                seconds(terms.pauseMax()),
                (short) terms.lookUpsMax(),
                seconds(terms.ageMax()));
        return pool.preparedQuery(TAKE)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ReceiptStore::overdue)
                        .toList());
    }

    /** Answers whether it is news. */
    Future<Boolean> store(String kind, Overdue overdue, Told.Status told) {
        Tuple values = Tuple.of(kind, overdue.messageId(), overdue.attempt(), overdue.providerMessageId())
                .addString(told.word())
                .addString(told.code())
                // What its callback would have without a token of its own.
                .addString(kind + ":" + overdue.providerMessageId() + ":" + told.word())
                .addJsonObject(new JsonObject()
                        .put("looked_up", true)
                        .put("status", told.word())
                        .put("code", told.code()));
        return pool.preparedQuery(STORE).execute(values).map(stored -> stored.rowCount() > 0);
    }

    /** Of what could not be asked for: that was no look-up. */
    Future<Void> giveBack(List<UUID> messageIds, Duration pause) {
        return pool.preparedQuery(GIVE_BACK)
                .execute(Tuple.of(messageIds.toArray(UUID[]::new), seconds(pause)))
                .mapEmpty();
    }

    private static Overdue overdue(Row row) {
        return new Overdue(
                row.getUUID("message_id"),
                row.getShort("attempt"),
                row.getString("provider_message_id"),
                Boolean.TRUE.equals(row.getBoolean("asked")));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
