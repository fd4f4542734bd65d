package io.heliograph.gateway.callbacks;

import io.heliograph.contract.MessageStatus;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Receipts that wait for their message, and those that a worker has asked a provider for. Most wait for a moment; those of strangers (an
 * account at a provider may have other users) wait for a day, and there can be very many of them, so each look goes over a part.
 */
final class ParkedStore {
    /** Where a look ended; the next one begins behind it. */
    record Cursor(OffsetDateTime receivedAt, UUID id) {
        static final Cursor START = new Cursor(OffsetDateTime.parse("1970-01-01T00:00:00Z"), new UUID(0, 0));
    }

    /** The receipts whose message has appeared, and where the look ended; null when it saw the last one. */
    record Look(List<UUID> found, @Nullable Cursor next) {}

    /** With LIMIT each is looked up by an index: else the planner may read the tables as a whole when many wait. */
    private static final String LOOK = """
        SELECT c.id, c.received_at, named.yes OR keyed.yes OR known.yes OR lost.yes AS found
        FROM (SELECT id, received_at, message_id, receipt_key, provider_message_id, recipient_digits, call_first, call_attempt
              FROM callback
              WHERE applied_at IS NULL AND (received_at, id) > ($1, $2) AND received_at > now() - $3 * interval '1 second'
              ORDER BY received_at, id LIMIT $4) c
        LEFT JOIN LATERAL (SELECT true AS yes FROM message m WHERE m.id = c.message_id LIMIT 1) named ON true
        LEFT JOIN LATERAL (
          SELECT true AS yes FROM attempt a WHERE c.message_id IS NULL AND a.receipt_key = c.receipt_key LIMIT 1
        ) keyed ON true
        LEFT JOIN LATERAL (
          SELECT true AS yes
          FROM attempt a
          CROSS JOIN LATERAL (SELECT recipient FROM message WHERE id = a.message_id LIMIT 1) m
          WHERE c.message_id IS NULL AND keyed.yes IS NULL AND a.provider_message_id = c.provider_message_id
            AND (c.recipient_digits IS NULL OR right(ltrim(m.recipient, '+'), 10) = c.recipient_digits)
          LIMIT 1
        ) known ON true
        LEFT JOIN LATERAL (
          SELECT true AS yes
          FROM lost_attempt_of_call(
            CASE WHEN c.message_id IS NULL AND keyed.yes IS NULL AND known.yes IS NULL THEN c.call_first END,
            c.call_attempt, c.recipient_digits)
          LIMIT 1
        ) lost ON true
        ORDER BY c.received_at, c.id""";

    private static final String FETCH = """
        SELECT id, provider, message_id, attempt, provider_message_id, receipt_key, recipient_digits, call_first, call_attempt,
               provider_status, status, code, dedupe_key, fields
        FROM callback WHERE id = ANY ($1) AND applied_at IS NULL
        ORDER BY received_at, id""";

    private static final String DROP_STRANGERS = """
        WITH dropped AS (
          DELETE FROM callback
          WHERE id IN (SELECT id FROM callback WHERE applied_at IS NULL AND received_at < now() - $1 * interval '1 second'
                       ORDER BY received_at LIMIT $2)
          RETURNING id
        )
        SELECT count(*)::int AS dropped FROM dropped""";

    private final Pool pool;

    ParkedStore(Pool pool) {
        this.pool = pool;
    }

    /** Goes over so many receipts behind the cursor, of those that are not older. */
    Future<Look> look(Cursor behind, Duration age, int receiptsMax) {
        return pool.preparedQuery(LOOK)
                .execute(Tuple.of(behind.receivedAt(), behind.id(), age.toSeconds(), receiptsMax))
                .map(rows -> look(rows, receiptsMax));
    }

    Future<List<Receipt>> fetch(List<UUID> ids) {
        return pool.preparedQuery(FETCH)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ParkedStore::receipt)
                        .toList());
    }

    /** Answers how many receipts waited too long for a message that does not come. */
    Future<Integer> dropStrangers(Duration waitedFor, int receiptsMax) {
        return pool.preparedQuery(DROP_STRANGERS)
                .execute(Tuple.of(waitedFor.toSeconds(), receiptsMax))
                .map(rows -> rows.iterator().next().getInteger("dropped"));
    }

    private static Look look(RowSet<Row> rows, int receiptsMax) {
        List<Row> seen = StreamSupport.stream(rows.spliterator(), false).toList();
        List<UUID> found = seen.stream()
                .filter(row -> Boolean.TRUE.equals(row.getBoolean("found")))
                .map(row -> row.getUUID("id"))
                .toList();
        return new Look(
                found,
                seen.size() < receiptsMax
                        ? null
                        : new Cursor(
                                seen.getLast().getOffsetDateTime("received_at"),
                                seen.getLast().getUUID("id")));
    }

    private static Receipt receipt(Row row) {
        String provider = row.getString("provider");
        String status = row.getString("status");
        return new Receipt(
                row.getUUID("id"),
                provider,
                new Receipt.About(
                        row.getUUID("message_id"),
                        row.getShort("attempt"),
                        row.getString("provider_message_id"),
                        row.getString("receipt_key"),
                        call(row),
                        row.getString("recipient_digits")),
                row.getString("provider_status"),
                // A worker that asked for it leaves the word to us. A word of another release moves nothing here.
                status == null
                        ? ProviderWords.of(provider).status(row.getString("provider_status"))
                        : MessageStatus.find(status),
                row.getString("code"),
                row.getString("dedupe_key"),
                row.getJsonObject("fields"));
    }

    private static Receipt.@Nullable Call call(Row row) {
        UUID first = row.getUUID("call_first");
        return first == null ? null : new Receipt.Call(first, row.getShort("call_attempt"));
    }
}
