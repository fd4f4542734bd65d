package io.heliograph.gateway.webhooks.deliveries;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the delivery log of an endpoint: every try, with what its event still tells of itself. */
final class TryStore {
    /** @param next null at the end */
    record Look(List<Row> found, @Nullable TryCursor next) {}

    /** Of a filter that matches little. */
    private static final int LOOK_MAX = 2_000;

    private static final String LIST = """
        WITH look AS MATERIALIZED (
          SELECT delivery_id, n, event_id, tried_at, duration_ms, status_code, failure, answer_head, next_at,
                 failure IS NULL AND coalesce(status_code BETWEEN 200 AND 299, false) AS succeeded
          FROM webhook_try
          WHERE endpoint_id = $1 AND account_id = $2
            AND ($3::timestamptz IS NULL OR tried_at >= $3) AND ($4::timestamptz IS NULL OR tried_at < $4)
            AND ($5::timestamptz IS NULL OR (tried_at, delivery_id, n) < ($5, $6::uuid, $7::smallint))
          ORDER BY tried_at DESC, delivery_id DESC, n DESC
          LIMIT $8
        ), looked AS (
          SELECT (SELECT count(*) FROM look) AS number, tried_at, delivery_id, n
          FROM look ORDER BY tried_at, delivery_id, n LIMIT 1
        ), found AS (
          SELECT l.*, e.type, e.sequence, e.occurred_at, e.message_id
          FROM look l
          LEFT JOIN LATERAL (SELECT * FROM event WHERE id = l.event_id OFFSET 0) e ON true
          WHERE ($9::boolean IS NULL OR l.succeeded = $9) AND ($10::text IS NULL OR e.type = $10)
            AND ($11::uuid IS NULL OR l.event_id = $11)
          ORDER BY l.tried_at DESC, l.delivery_id DESC, l.n DESC
          LIMIT $12
        )
        SELECT f.event_id, f.succeeded, f.duration_ms, f.status_code, f.failure, f.answer_head, f.next_at,
               f.type, f.sequence, f.occurred_at, f.message_id, f.event_id IS NOT NULL AS is_found, k.number,
               coalesce(f.tried_at, k.tried_at) AS tried_at, coalesce(f.delivery_id, k.delivery_id) AS delivery_id,
               coalesce(f.n, k.n) AS n, k.tried_at AS last_tried_at, k.delivery_id AS last_delivery_id, k.n AS last_n
        FROM looked k LEFT JOIN found f ON true
        ORDER BY tried_at DESC, delivery_id DESC, n DESC""";

    private final Pool pool;

    TryStore(Pool pool) {
        this.pool = pool;
    }

    /** Newest first. */
    Future<Look> list(UUID endpointId, long accountId, TryFilter filter) {
        int lookMax = filter.isSelective() ? LOOK_MAX : filter.limit();
        TryCursor cursor = filter.cursor();
        Tuple parameters = Tuple.of(endpointId, accountId, filter.since(), filter.until())
                .addOffsetDateTime(cursor == null ? null : cursor.triedAt())
                .addUUID(cursor == null ? null : cursor.deliveryId())
                .addShort(cursor == null ? null : cursor.n())
                .addInteger(lookMax)
                .addBoolean(filter.succeeded())
                .addString(filter.type())
                .addUUID(filter.eventId())
                .addInteger(filter.limit());
        return pool.preparedQuery(LIST).execute(parameters).map(rows -> look(rows, filter.limit(), lookMax));
    }

    private static Look look(RowSet<Row> rows, int limit, int lookMax) {
        if (rows.size() == 0) {
            return new Look(List.of(), null);
        }
        Row first = rows.iterator().next();
        List<Row> found = StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.getBoolean("is_found"))
                .toList();
        if (found.size() == limit) {
            return new Look(found, TryCursor.of(found.getLast()));
        }
        TryCursor last = new TryCursor(
                first.getOffsetDateTime("last_tried_at"), first.getUUID("last_delivery_id"), first.getShort("last_n"));
        return new Look(found, first.getLong("number") == lookMax ? last : null);
    }
}
