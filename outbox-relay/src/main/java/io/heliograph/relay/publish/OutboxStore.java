package io.heliograph.relay.publish;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The statements of publishing. The pool's connections plan for few rows of a big table: see {@code Relay}. */
final class OutboxStore {
    private static final String TAKE_DUE = """
        WITH due AS (
          SELECT found.place, found.due_at
          FROM unnest($1::text[], $2::text[], $7::bigint[], $3::timestamptz[], $4::int[])
            AS asked (lane, topic, account_id, floor_at, rows_max)
          -- For each line a walk along outbox_due_by_account, which has the order already and stops after rows_max.
          CROSS JOIN LATERAL (
            SELECT o.ctid AS place, o.due_at
            FROM outbox o
            WHERE o.lane = asked.lane AND o.topic = asked.topic AND o.account_id = asked.account_id
              AND o.due_at >= asked.floor_at AND o.due_at <= now()
            ORDER BY o.due_at
            LIMIT asked.rows_max
            FOR NO KEY UPDATE SKIP LOCKED
          ) found
        ), taken AS (
          -- By place: the row is locked, so it stays there, and no index is walked again.
          UPDATE outbox o
          SET due_at = now() + least($5::float8 * power(2, least(o.publishes, 20)), $6::float8) * interval '1 second',
              publishes = least(o.publishes + 1, 32000)
          FROM due
          WHERE o.ctid = due.place
          RETURNING o.lane, o.topic, o.account_id, o.message_id, o.publishes, o.scheduled, due.due_at AS was_due_at
        )
        SELECT lane, topic, account_id,
               array_agg(message_id ORDER BY was_due_at) AS ids,
               array_agg(publishes ORDER BY was_due_at) AS publishes,
               coalesce(array_agg(message_id) FILTER (WHERE scheduled), '{}') AS scheduled,
               max(was_due_at) AS last_due_at,
               now() AS taken_at
        FROM taken
        GROUP BY lane, topic, account_id""";

    // From one account to the next along the index, so that it costs by the account and not by the promise.
    private static final String LINES = """
        WITH RECURSIVE line AS (
          SELECT asked.lane, asked.topic,
                 (SELECT o.account_id FROM outbox o WHERE o.lane = asked.lane AND o.topic = asked.topic
                  ORDER BY o.account_id LIMIT 1) AS account_id
          FROM unnest($1::text[], $2::text[]) AS asked (lane, topic)
          UNION ALL
          SELECT l.lane, l.topic,
                 (SELECT o.account_id FROM outbox o
                  WHERE o.lane = l.lane AND o.topic = l.topic AND o.account_id > l.account_id
                  ORDER BY o.account_id LIMIT 1)
          FROM line l WHERE l.account_id IS NOT NULL
        )
        SELECT lane, topic, account_id FROM line WHERE account_id IS NOT NULL LIMIT 10000""";

    // Messages are locked before promises everywhere else; nothing here waits for a lock, so the order does not matter.
    private static final String WAKE_SCHEDULED = """
        WITH waiting AS MATERIALIZED (
          SELECT m.id
          FROM unnest($1::uuid[]) AS due (id)
          -- Id by id, and so partition by partition. A range of ids beside it would lure the planner into walking all
          -- of the range: scheduled messages lie weeks apart.
          JOIN message m ON m.id = due.id
          WHERE m.status = 'scheduled'
          FOR NO KEY UPDATE OF m SKIP LOCKED
        )
        UPDATE message m SET status = 'queued'
        FROM waiting
        WHERE m.id = waiting.id AND m.status = 'scheduled'""";

    private static final String RELEASE = """
        UPDATE outbox o
        -- It was not published after all, as far as we know: it is due, and its lease does not grow.
        SET due_at = now(), publishes = o.publishes - 1
        FROM (
          SELECT locked.message_id
          FROM unnest($1::uuid[], $2::smallint[]) AS unpublished (message_id, publishes)
          JOIN outbox locked ON locked.message_id = unpublished.message_id
                            -- Whoever published it since has the say over it now.
                            AND locked.publishes = unpublished.publishes
          -- A row that is locked is being settled or moved: then it did arrive.
          FOR NO KEY UPDATE OF locked SKIP LOCKED
        ) AS released
        WHERE o.message_id = released.message_id""";

    private static final long SECONDS_MAX = 20;

    private final Pool pool;

    OutboxStore(Pool pool) {
        this.pool = pool;
    }

    /** Moves on what is due, and answers it; a queue with nothing due is not in the answer. */
    List<TakenPromises> takeDue(List<QueueAsk> asks, PublishLimits limits) throws TimeoutException {
        Tuple parameters = Tuple.from(List.<Object>of(
                column(asks, ask -> ask.line().key().lane().word(), String[]::new),
                column(asks, ask -> ask.line().key().topic(), String[]::new),
                column(asks, QueueAsk::floor, OffsetDateTime[]::new),
                column(asks, QueueAsk::rowsMax, Integer[]::new),
                limits.lease().toMillis() / 1e3,
                limits.leaseMax().toMillis() / 1e3,
                column(asks, ask -> ask.line().account(), Long[]::new)));
        return pool.preparedQuery(TAKE_DUE)
                .mapping(OutboxStore::taken)
                .execute(parameters)
                .map(rows -> rows.stream().toList())
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** Moves scheduled messages to queued. One that is locked is left: a worker may claim it as it is. */
    int wakeScheduled(List<UUID> ids) throws TimeoutException {
        return pool.preparedQuery(WAKE_SCHEDULED)
                .execute(Tuple.of((Object) ids.toArray(UUID[]::new)))
                .await(SECONDS_MAX, TimeUnit.SECONDS)
                .rowCount();
    }

    /** Makes promises due at once whose publish is in doubt, unless someone published them since. */
    int release(List<UUID> ids, List<Short> publishes) throws TimeoutException {
        return pool.preparedQuery(RELEASE)
                .execute(Tuple.of(ids.toArray(UUID[]::new), (Object) publishes.toArray(Short[]::new)))
                .await(SECONDS_MAX, TimeUnit.SECONDS)
                .rowCount();
    }

    private static TakenPromises taken(Row row) {
        return new TakenPromises(
                line(row),
                List.of(row.getArrayOfUUIDs("ids")),
                List.of(row.getArrayOfShorts("publishes")),
                List.of(row.getArrayOfUUIDs("scheduled")),
                row.getOffsetDateTime("last_due_at"),
                row.getOffsetDateTime("taken_at"));
    }

    private static Line line(Row row) {
        return new Line(QueueKey.of(row.getString("lane"), row.getString("topic")), row.getLong("account_id"));
    }

    /** The accounts that have anything in these queues, due or not. */
    List<Line> lines(List<QueueKey> keys) throws TimeoutException {
        return pool.preparedQuery(LINES)
                .mapping(OutboxStore::line)
                .execute(Tuple.of(keys.stream().map(key -> key.lane().word()).toArray(String[]::new), (Object)
                        keys.stream().map(QueueKey::topic).toArray(String[]::new)))
                .map(rows -> rows.stream().toList())
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static <T> T[] column(List<QueueAsk> asks, Function<QueueAsk, T> value, IntFunction<T[]> array) {
        return asks.stream().map(value).toArray(array);
    }
}
