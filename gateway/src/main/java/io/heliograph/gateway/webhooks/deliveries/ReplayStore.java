package io.heliograph.gateway.webhooks.deliveries;

import io.heliograph.events.EventPosition;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.webhooks.EndpointPath;
import io.heliograph.gateway.webhooks.KeyStore;
import io.heliograph.runtime.Ids;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Promises an endpoint events that it was told before, or that try it. */
final class ReplayStore {
    /**
     * @param promised deliveries, or how many there would be
     * @param next where to go on; null at the end
     */
    record Replayed(int promised, @Nullable EventPosition next) {}

    /** @param replayed whether an earlier request with the same key has stored it */
    record Tried(UUID eventId, boolean replayed) {}

    /** Events that one request looks at. Each costs a look at its message where the endpoint wants some channels only. */
    private static final int LOOK_MAX = 20_000;

    private static final String STATE = """
        SELECT disabled_at IS NOT NULL AS disabled
        FROM webhook_endpoint WHERE id = $1 AND account_id = $2 AND deleted_at IS NULL""";

    /**
     * What is still on its way is not promised again, so that a request which is repeated does no harm. Where the time that is asked for
     * lies in the order of events is found as for lists of events.
     */
    private static final String REPLAY = """
        WITH bounds AS MATERIALIZED (
          SELECT coalesce((SELECT xid FROM event WHERE id < $13 AND type <> 'webhook_endpoint.test'
                           ORDER BY id DESC LIMIT 1), '0') AS first_xid,
                 coalesce((SELECT xid FROM event WHERE id >= $14 AND type <> 'webhook_endpoint.test'
                           ORDER BY id LIMIT 1), event_horizon()) AS end_xid
        ), look AS MATERIALIZED (
          SELECT id, xid, sequence, type, occurred_at, message_id, data FROM event
          WHERE account_id = $2
            AND (xid, sequence) > ((SELECT greatest($3::text::xid8, first_xid) FROM bounds),
                                   (SELECT CASE WHEN $3::text::xid8 >= first_xid THEN $4::bigint ELSE 0 END FROM bounds))
            AND xid < (SELECT least(event_horizon(), end_xid) FROM bounds)
            -- Not by the index of ids, whose range a plan for any parameters takes for small.
            AND (id >= $5 AND id < $6) IS TRUE
          ORDER BY xid, sequence
          LIMIT $7
        ), looked AS (
          SELECT (SELECT count(*) FROM look) AS number, xid, sequence FROM look ORDER BY xid DESC, sequence DESC LIMIT 1
        ), arrived AS MATERIALIZED (
          SELECT event_id FROM webhook_try
          WHERE $10 AND endpoint_id = $1 AND tried_at >= (SELECT min(occurred_at) - interval '1 hour' FROM look)
            AND failure IS NULL AND status_code BETWEEN 200 AND 299
        ), matching AS MATERIALIZED (
          SELECT l.id, l.xid, l.sequence
          FROM look l JOIN webhook_endpoint w ON w.id = $1
          WHERE (w.event_types IS NULL OR l.type = ANY (w.event_types)) AND l.type <> 'webhook_endpoint.test'
            AND ($8::text[] IS NULL OR l.type = ANY ($8)) AND ($9::uuid[] IS NULL OR l.message_id = ANY ($9))
            AND (w.channels IS NULL
                 OR coalesce((SELECT channel FROM message m WHERE m.id = l.message_id), l.data ->> 'channel', w.channels[1])
                    = ANY (w.channels))
            AND l.id NOT IN (SELECT event_id FROM webhook_delivery WHERE endpoint_id = $1)
            AND (NOT $10 OR l.id NOT IN (SELECT event_id FROM arrived))
          ORDER BY l.xid, l.sequence
          LIMIT $11
        ), promised AS (
          INSERT INTO webhook_delivery (id, account_id, event_id, endpoint_id, due_at, created_at)
          SELECT uuid_v7_now(), $2, id, $1, now(), now() FROM matching WHERE NOT $12
        ), last AS (
          SELECT xid, sequence FROM matching ORDER BY xid DESC, sequence DESC LIMIT 1
        )
        SELECT (SELECT count(*) FROM matching) AS promised, coalesce(k.number, 0) AS looked,
               k.xid::text AS looked_xid, k.sequence AS looked_sequence, l.xid::text AS last_xid, l.sequence AS last_sequence
        FROM (SELECT) AS always LEFT JOIN looked k ON true LEFT JOIN last l ON true""";

    private static final String TRY_OUT = """
        WITH told AS (
          INSERT INTO event (id, account_id, type, occurred_at, data)
          VALUES ($3, $2, 'webhook_endpoint.test', now(), jsonb_build_object('endpoint_id', $1::uuid))
        )
        INSERT INTO webhook_delivery (id, account_id, event_id, endpoint_id, due_at, created_at)
        VALUES (uuid_v7_now(), $2, $3, $1, now(), now())""";

    private final Pool pool;

    ReplayStore(Pool pool) {
        this.pool = pool;
    }

    /** Fails with the problem that there is no such endpoint. */
    Future<Void> requireEndpoint(UUID endpointId, long accountId) {
        return state(pool, endpointId, accountId).mapEmpty();
    }

    /** Likewise, or that it is disabled. */
    Future<Replayed> replay(UUID endpointId, long accountId, ReplayRequest request) {
        Tuple parameters = Tuple.of(
                        endpointId,
                        accountId,
                        Long.toString(request.after().xid()),
                        request.after().sequence())
                .addUUID(request.from())
                .addUUID(request.until())
                .addInteger(LOOK_MAX)
                .addArrayOfString(
                        request.types() == null ? null : request.types().toArray(String[]::new))
                .addArrayOfUUID(
                        request.messageIds() == null
                                ? null
                                : request.messageIds().toArray(UUID[]::new))
                .addBoolean(request.onlyFailed())
                .addInteger(request.limit())
                .addBoolean(request.dryRun())
                .addUUID(Ids.floor(request.from(), EventPosition.TRANSACTION_MAX.negated()))
                .addUUID(Ids.floor(request.until(), EventPosition.TRANSACTION_MAX));
        return requireEnabled(pool, endpointId, accountId)
                .compose(enabled -> pool.preparedQuery(REPLAY).execute(parameters))
                .map(rows -> replayed(rows.iterator().next(), request.limit()));
    }

    Future<Tried> tryOut(UUID endpointId, long accountId, UUID eventId, AcceptIntent.@Nullable Key key) {
        return pool.withTransaction(transaction -> requireEnabled(transaction, endpointId, accountId)
                .compose(enabled -> KeyStore.take(transaction, accountId, key, eventId))
                .compose(first -> first != null
                        ? Future.succeededFuture(new Tried(first, true))
                        : transaction
                                .preparedQuery(TRY_OUT)
                                .execute(Tuple.of(endpointId, accountId, eventId))
                                .map(new Tried(eventId, false))));
    }

    private static Future<Void> requireEnabled(SqlClient client, UUID endpointId, long accountId) {
        return state(client, endpointId, accountId).map(disabled -> {
            if (disabled) {
                throw Problem.of(ProblemCode.ENDPOINT_DISABLED, "The endpoint is disabled. Enable it first.")
                        .exception();
            }
            return null;
        });
    }

    /** Whether it is disabled. */
    private static Future<Boolean> state(SqlClient client, UUID endpointId, long accountId) {
        return client.preparedQuery(STATE)
                .execute(Tuple.of(endpointId, accountId))
                .map(ReplayStore::disabled);
    }

    private static boolean disabled(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw EndpointPath.none().exception();
        }
        return rows.iterator().next().getBoolean("disabled");
    }

    private static Replayed replayed(Row row, int limit) {
        int promised = row.getInteger("promised");
        EventPosition next = promised == limit
                ? position(row, "last_xid", "last_sequence")
                : row.getLong("looked") == LOOK_MAX ? position(row, "looked_xid", "looked_sequence") : null;
        return new Replayed(promised, next);
    }

    private static EventPosition position(Row row, String xid, String sequence) {
        return new EventPosition(Long.parseLong(row.getString(xid)), row.getLong(sequence));
    }
}
