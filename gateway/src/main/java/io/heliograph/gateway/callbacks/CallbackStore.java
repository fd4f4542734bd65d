package io.heliograph.gateway.callbacks;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The inbox: stores receipts and moves their messages, forward only, in one statement. Guarded by {@code
 * message_may_move}, which is evaluated again when another writer was faster.
 */
final class CallbackStore {
    private static final String STORE_AND_APPLY = """
        WITH incoming AS MATERIALIZED (
          SELECT DISTINCT ON (i.dedupe_key)
                 i.id, i.provider, i.attempt, i.provider_message_id, i.provider_status, i.status, i.code, i.dedupe_key,
                 i.message_id, i.reason, i.receipt_key, i.call_first, i.call_attempt,
                 -- An early receipt has no message yet: it is parked.
                 m.deleted IS NOT NULL AS is_known,
                 -- Of a message that was deleted nothing is kept that tells of the person.
                 CASE WHEN m.deleted THEN '{}' ELSE i.fields END AS fields,
                 CASE WHEN NOT coalesce(m.deleted, false) THEN i.recipient_digits END AS recipient_digits
          FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::smallint[], $5::text[], $6::text[], $7::text[], $8::text[],
                      $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::uuid[], $15::smallint[])
            AS i(id, provider, message_id, attempt, provider_message_id, provider_status, status, code, dedupe_key, fields,
                 reason, receipt_key, recipient_digits, call_first, call_attempt)
          LEFT JOIN LATERAL (SELECT deleted_at IS NOT NULL AS deleted FROM message WHERE id = i.message_id LIMIT 1) m ON true
          ORDER BY i.dedupe_key
        ), stored AS (
          INSERT INTO callback (id, received_at, provider, message_id, attempt, provider_message_id, provider_status, status,
                                code, dedupe_key, fields, receipt_key, recipient_digits, call_first, call_attempt, applied_at)
          SELECT id, now(), provider, message_id, attempt, provider_message_id, provider_status, status, code, dedupe_key,
                 fields::jsonb, receipt_key, recipient_digits, call_first, call_attempt, CASE WHEN is_known THEN now() END
          FROM incoming
          -- In one order everywhere, so that two gateways that store the same receipts wait in one direction.
          ORDER BY dedupe_key
          -- A duplicate changes nothing, unless the first one is still parked and its message has appeared. A worker that has
          -- asked for it parks it without our word for it.
          ON CONFLICT ON CONSTRAINT callback_is_stored_once DO UPDATE
          SET applied_at = excluded.applied_at, message_id = excluded.message_id, attempt = excluded.attempt,
              status = excluded.status, fields = excluded.fields, recipient_digits = excluded.recipient_digits
          WHERE callback.applied_at IS NULL AND excluded.applied_at IS NOT NULL
          RETURNING dedupe_key, message_id, attempt, provider, status, applied_at
        ), furthest AS (
          -- Several receipts of one message may come in one group, and an UPDATE would apply any one of them. Good news
          -- wins whatever its attempt; else the latest attempt has the word.
          SELECT DISTINCT ON (s.message_id) s.message_id, s.attempt, s.provider, s.status, i.reason
          FROM stored s JOIN incoming i USING (dedupe_key)
          WHERE s.status IS NOT NULL AND s.applied_at IS NOT NULL
          ORDER BY s.message_id, array_position(ARRAY['delivered', 'read'], s.status) DESC NULLS LAST,
                   s.attempt DESC NULLS LAST, array_position(ARRAY['sent', 'failed', 'undelivered'], s.status) DESC
        ), moved AS (
          UPDATE message m
          SET status = f.status,
              sent_at = coalesce(m.sent_at, now()),
              settled_at = now(),
              provider = coalesce(m.provider, f.provider),
              reason = f.reason
          FROM furthest f
          WHERE m.id = f.message_id AND message_may_move(m.status, f.status)
            -- Bad news of an attempt that was given up says nothing about the one after it.
            AND (f.attempt IS NULL OR f.attempt >= m.attempt OR f.status NOT IN ('failed', 'undelivered'))
            -- After the provider's own "failed" a late "sent" is history; after our guess it is news.
            AND (f.status <> 'sent' OR m.status <> 'failed' OR m.reason = 'outcome_unknown')
          RETURNING m.id, m.status, m.channel, m.created_at, m.provider, m.account_id, m.recipient, m.sender, m.reason,
                    coalesce(m.claimed_at, m.created_at) AS sent_from
        ), kept AS (
          DELETE FROM outbox o USING moved WHERE o.message_id = moved.id
        ), opted_out AS (
          -- The locks in the order of all others; of two in one conversation, that which was sent last.
          SELECT suppress_who_told_provider(id, account_id, channel, recipient, sender, sent_from)
          FROM (SELECT id, account_id, channel, recipient, coalesce(sender, '') AS sender, sent_from
                FROM moved WHERE reason = 'recipient_opted_out'
                ORDER BY account_id, channel, recipient, coalesce(sender, ''), sent_from DESC) AS told
        )
        SELECT s.dedupe_key, s.message_id, s.applied_at IS NULL AS parked, v.status AS moved_to, v.channel, v.provider,
               extract(epoch FROM now() - v.created_at)::float8 AS seconds,
               -- What nobody reads is not run.
               (SELECT count(*) FROM opted_out) AS opted_out
        FROM stored s LEFT JOIN moved v ON v.id = s.message_id""";

    /**
     * For receipts that do not name our message: by the key of call and recipient, or by the provider's own id, which may be
     * that of a whole call and then counts for the recipient only whose digits the receipt tells. Where a worker died with the
     * keys of its calls, by the claim of the call's first message.
     */
    private static final String FIND_MESSAGES = """
        SELECT asked.dedupe_key, coalesce(k.message_id, p.message_id, l.message_id) AS message_id,
               coalesce(k.n, p.n, l.n) AS n
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::smallint[])
          AS asked(dedupe_key, receipt_key, provider_message_id, recipient_digits, call_first, call_attempt)
        LEFT JOIN LATERAL (
          SELECT a.message_id, a.n FROM attempt a WHERE a.receipt_key = asked.receipt_key ORDER BY a.n DESC LIMIT 1
        ) k ON true
        LEFT JOIN LATERAL (
          SELECT a.message_id, a.n
          FROM attempt a
          CROSS JOIN LATERAL (SELECT recipient FROM message WHERE id = a.message_id LIMIT 1) m
          WHERE k.message_id IS NULL AND a.provider_message_id = asked.provider_message_id
            AND (asked.recipient_digits IS NULL OR right(ltrim(m.recipient, '+'), 10) = asked.recipient_digits)
          LIMIT 1
        ) p ON true
        LEFT JOIN LATERAL lost_attempt_of_call(
          CASE WHEN k.message_id IS NULL AND p.message_id IS NULL THEN asked.call_first END,
          asked.call_attempt, asked.recipient_digits) l ON true
        WHERE coalesce(k.message_id, p.message_id, l.message_id) IS NOT NULL""";

    private CallbackStore() {}

    /** What became of one receipt. */
    sealed interface Stored {
        /** Stored, and its message moved. */
        record Moved(
                String status, String channel, @Nullable String provider, double secondsSinceAccepted)
                implements Stored {}

        /** Stored; its message was as far or further already, or the word is new to us. */
        record NothingToMove() implements Stored {}

        /** Stored; waits for its message. */
        record Parked() implements Stored {}

        /** Known already; nothing was stored. */
        record Duplicate() implements Stored {}
    }

    /** One answer for each receipt, in their order. Receipts that were parked may be given again. */
    static Future<List<Stored>> storeAndApply(SqlClient client, List<Receipt> receipts) {
        return findMessages(client, receipts)
                .compose(named -> client.preparedQuery(STORE_AND_APPLY).execute(parameters(named)))
                .map(rows -> outcomes(receipts, rows));
    }

    /** The receipts, each with its message as far as it can be told without its name. */
    private static Future<List<Receipt>> findMessages(SqlClient client, List<Receipt> receipts) {
        List<Receipt> nameless = receipts.stream()
                .filter(receipt -> receipt.about().messageId() == null)
                .toList();
        if (nameless.isEmpty()) {
            return Future.succeededFuture(receipts);
        }
        Tuple parameters = Tuple.tuple()
                .addArrayOfString(column(nameless, String[]::new, Receipt::dedupeKey))
                .addArrayOfString(about(nameless, String[]::new, Receipt.About::receiptKey))
                .addArrayOfString(about(nameless, String[]::new, Receipt.About::providerMessageId))
                .addArrayOfString(about(nameless, String[]::new, Receipt.About::recipientDigits))
                .addArrayOfUUID(about(nameless, UUID[]::new, CallbackStore::callFirst))
                .addArrayOfShort(about(nameless, Short[]::new, CallbackStore::callAttempt));
        return client.preparedQuery(FIND_MESSAGES).execute(parameters).map(rows -> {
            Map<String, Row> found = HashMap.newHashMap(rows.size());
            rows.forEach(row -> found.put(row.getString("dedupe_key"), row));
            return receipts.stream()
                    .map(receipt -> named(receipt, found.get(receipt.dedupeKey())))
                    .toList();
        });
    }

    private static Receipt named(Receipt receipt, @Nullable Row found) {
        return found == null || receipt.about().messageId() != null
                ? receipt
                : receipt.named(found.getUUID("message_id"), found.getShort("n"));
    }

    private static List<Stored> outcomes(List<Receipt> receipts, RowSet<Row> rows) {
        Map<String, Row> stored = HashMap.newHashMap(rows.size());
        rows.forEach(row -> stored.put(row.getString("dedupe_key"), row));
        Set<UUID> counted = new HashSet<>();
        return receipts.stream()
                // Of two with one key in a group, the second is a duplicate.
                .map(receipt -> outcome(stored.remove(receipt.dedupeKey()), counted))
                .toList();
    }

    /** One move is counted once, whichever of the group's receipts made it. */
    private static Stored outcome(@Nullable Row row, Set<UUID> counted) {
        if (row == null) {
            return new Stored.Duplicate();
        }
        if (row.getBoolean("parked")) {
            return new Stored.Parked();
        }
        String movedTo = row.getString("moved_to");
        return movedTo == null || !counted.add(row.getUUID("message_id"))
                ? new Stored.NothingToMove()
                : new Stored.Moved(
                        movedTo, row.getString("channel"), row.getString("provider"), row.getDouble("seconds"));
    }

    private static Tuple parameters(List<Receipt> receipts) {
        return Tuple.tuple()
                .addArrayOfUUID(column(receipts, UUID[]::new, Receipt::id))
                .addArrayOfString(column(receipts, String[]::new, Receipt::provider))
                .addArrayOfUUID(about(receipts, UUID[]::new, Receipt.About::messageId))
                .addArrayOfShort(about(receipts, Short[]::new, Receipt.About::attempt))
                .addArrayOfString(about(receipts, String[]::new, Receipt.About::providerMessageId))
                .addArrayOfString(column(receipts, String[]::new, Receipt::providerStatus))
                .addArrayOfString(column(receipts, String[]::new, Receipt::statusWord))
                .addArrayOfString(column(receipts, String[]::new, Receipt::code))
                .addArrayOfString(column(receipts, String[]::new, Receipt::dedupeKey))
                .addArrayOfString(column(
                        receipts, String[]::new, receipt -> receipt.fields().encode()))
                .addArrayOfString(column(receipts, String[]::new, Receipt::reasonCode))
                .addArrayOfString(about(receipts, String[]::new, Receipt.About::receiptKey))
                .addArrayOfString(about(receipts, String[]::new, Receipt.About::recipientDigits))
                .addArrayOfUUID(about(receipts, UUID[]::new, CallbackStore::callFirst))
                .addArrayOfShort(about(receipts, Short[]::new, CallbackStore::callAttempt));
    }

    private static @Nullable UUID callFirst(Receipt.About about) {
        return about.call() == null ? null : about.call().firstId();
    }

    private static @Nullable Short callAttempt(Receipt.About about) {
        return about.call() == null ? null : about.call().firstAttempt();
    }

    private static <T> T[] about(
            List<Receipt> receipts, IntFunction<T[]> array, Function<Receipt.About, @Nullable T> value) {
        return column(receipts, array, receipt -> value.apply(receipt.about()));
    }

    private static <T> T[] column(
            List<Receipt> receipts, IntFunction<T[]> array, Function<Receipt, @Nullable T> value) {
        T[] column = array.apply(receipts.size());
        IntStream.range(0, column.length).forEach(i -> column[i] = value.apply(receipts.get(i)));
        return column;
    }
}
