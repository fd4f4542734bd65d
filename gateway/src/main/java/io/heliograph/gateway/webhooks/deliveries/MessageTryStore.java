package io.heliograph.gateway.webhooks.deliveries;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.webhooks.deliveries.TryStore.Look;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the delivery log of one message's own callback. */
final class MessageTryStore {
    /** One row without a try where the message is there and nothing was tried. */
    private static final String LIST = """
        SELECT t.delivery_id, t.n, t.event_id, t.message_id, t.tried_at, t.duration_ms, t.status_code, t.failure, t.answer_head, t.next_at,
               t.failure IS NULL AND coalesce(t.status_code BETWEEN 200 AND 299, false) AS succeeded,
               e.type, e.sequence, e.occurred_at
        FROM message m
        LEFT JOIN LATERAL (
          SELECT * FROM webhook_try
          WHERE message_id = m.id AND account_id = m.account_id
            AND ($3::timestamptz IS NULL OR (tried_at, delivery_id, n) < ($3, $4::uuid, $5::smallint))
          ORDER BY tried_at DESC, delivery_id DESC, n DESC
          LIMIT $6
        ) t ON true
        LEFT JOIN LATERAL (SELECT * FROM event WHERE id = t.event_id OFFSET 0) e ON true
        WHERE m.id = $1 AND m.account_id = $2 AND m.deleted_at IS NULL
        ORDER BY t.tried_at DESC, t.delivery_id DESC, t.n DESC""";

    private final Pool pool;

    MessageTryStore(Pool pool) {
        this.pool = pool;
    }

    /** Newest first. Fails with the problem that there is no such message. */
    Future<Look> list(UUID messageId, long accountId, @Nullable TryCursor cursor, int limit) {
        Tuple parameters = Tuple.of(messageId, accountId)
                .addOffsetDateTime(cursor == null ? null : cursor.triedAt())
                .addUUID(cursor == null ? null : cursor.deliveryId())
                .addShort(cursor == null ? null : cursor.n())
                .addInteger(limit);
        return pool.preparedQuery(LIST).execute(parameters).map(rows -> look(rows, limit));
    }

    private static Look look(RowSet<Row> rows, int limit) {
        if (rows.size() == 0) {
            throw Problem.noSuchMessage().exception();
        }
        List<Row> found = StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.getUUID("delivery_id") != null)
                .toList();
        return new Look(found, found.size() == limit ? TryCursor.of(found.getLast()) : null);
    }
}
