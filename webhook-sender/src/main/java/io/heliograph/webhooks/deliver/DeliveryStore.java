package io.heliograph.webhooks.deliver;

import io.heliograph.events.Event;
import io.heliograph.webhooks.deliver.Delivery.Destination;
import io.heliograph.webhooks.deliver.Delivery.Endpoint;
import io.heliograph.webhooks.deliver.Delivery.StatusCallback;
import io.heliograph.webhooks.deliver.Lines.Ask;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The statements that find and take what is due. The pool's connections plan for few rows of a big table. */
final class DeliveryStore {
    /** A line in which something is due; {@code live} when its endpoint is there and not disabled. */
    record DueLine(Line line, boolean live, Duration overdue) {}

    // From one line to the next along the index, so that it costs by the line and not by the promise.
    private static final String DUE_LINES = """
        WITH RECURSIVE endpoint AS (
          (SELECT d.endpoint_id FROM webhook_delivery d WHERE d.endpoint_id IS NOT NULL ORDER BY d.endpoint_id LIMIT 1)
          UNION ALL
          SELECT (SELECT d.endpoint_id FROM webhook_delivery d WHERE d.endpoint_id > e.endpoint_id ORDER BY d.endpoint_id LIMIT 1)
          FROM endpoint e WHERE e.endpoint_id IS NOT NULL
        ), callback AS (
          (SELECT d.account_id, d.callback_line FROM webhook_delivery d
           WHERE d.endpoint_id IS NULL ORDER BY d.account_id, d.callback_line LIMIT 1)
          UNION ALL
          SELECT next.account_id, next.callback_line
          FROM callback c
          CROSS JOIN LATERAL (
            SELECT d.account_id, d.callback_line FROM webhook_delivery d
            WHERE d.endpoint_id IS NULL AND (d.account_id, d.callback_line) > (c.account_id, c.callback_line)
            ORDER BY d.account_id, d.callback_line LIMIT 1
          ) next
        ), line AS (
          SELECT e.endpoint_id, first.account_id, 0::smallint AS callback_line, first.due_at, w.id IS NOT NULL AS live
          FROM endpoint e
          CROSS JOIN LATERAL (
            SELECT d.account_id, d.due_at FROM webhook_delivery d WHERE d.endpoint_id = e.endpoint_id ORDER BY d.due_at LIMIT 1
          ) first
          LEFT JOIN webhook_endpoint w ON w.id = e.endpoint_id AND w.deleted_at IS NULL AND w.disabled_at IS NULL
          UNION ALL
          SELECT NULL, c.account_id, c.callback_line, first.due_at, true
          FROM callback c
          CROSS JOIN LATERAL (
            SELECT d.due_at FROM webhook_delivery d
            WHERE d.endpoint_id IS NULL AND d.account_id = c.account_id AND d.callback_line = c.callback_line
            ORDER BY d.due_at LIMIT 1
          ) first
        )
        SELECT endpoint_id, account_id, callback_line, live, extract(epoch FROM now() - due_at)::float8 AS overdue_seconds
        FROM line WHERE due_at <= now()
        -- Whoever is left out has waited less, and is not for ever.
        ORDER BY due_at LIMIT 10000""";

    private static final String TAKE_FOR_ENDPOINTS = """
        WITH due AS (
          SELECT found.place
          FROM unnest($1::uuid[], $2::int[]) AS asked (endpoint_id, rows_max)
          CROSS JOIN LATERAL (
            SELECT d.ctid AS place
            FROM webhook_delivery d
            WHERE d.endpoint_id = asked.endpoint_id AND d.due_at <= now()
            ORDER BY d.due_at
            LIMIT asked.rows_max
            FOR NO KEY UPDATE SKIP LOCKED
          ) found
        ), taken AS (
          -- By place: the row is locked, so it stays there, and no index is walked again.
          UPDATE webhook_delivery d
          SET due_at = now() + $3::bigint * interval '1 millisecond', tries = least(d.tries + 1, 32000)
          FROM due WHERE d.ctid = due.place
          RETURNING d.id, d.account_id, d.endpoint_id, d.callback_line, d.event_id, d.tries, d.created_at
        )
        SELECT t.id AS delivery_id, t.account_id, t.endpoint_id, t.callback_line, t.event_id AS promised_event_id, t.tries,
               t.created_at AS promised_at,
               w.url, w.secret, CASE WHEN w.previous_until > now() THEN w.previous_secret END AS previous_secret,
               w.failing_since IS NOT NULL AS failing,
               e.id AS event_id, e.sequence, e.type, e.occurred_at, e.message_id, e.attempt, e.provider, e.reason, e.data,
               m.channel, m.recipient, m.sender, m.reference, m.metadata, m.created_at, m.send_at
        FROM taken t
        LEFT JOIN webhook_endpoint w ON w.id = t.endpoint_id AND w.deleted_at IS NULL AND w.disabled_at IS NULL
        LEFT JOIN event e ON e.id = t.event_id
        LEFT JOIN message m ON m.id = e.message_id""";

    private static final String TAKE_FOR_CALLBACKS = """
        WITH due AS (
          SELECT found.place
          FROM unnest($1::bigint[], $2::smallint[], $3::int[]) AS asked (account_id, callback_line, rows_max)
          CROSS JOIN LATERAL (
            SELECT d.ctid AS place
            FROM webhook_delivery d
            WHERE d.endpoint_id IS NULL AND d.account_id = asked.account_id AND d.callback_line = asked.callback_line
              AND d.due_at <= now()
            ORDER BY d.due_at
            LIMIT asked.rows_max
            FOR NO KEY UPDATE SKIP LOCKED
          ) found
        ), taken AS (
          UPDATE webhook_delivery d
          SET due_at = now() + $4::bigint * interval '1 millisecond', tries = least(d.tries + 1, 32000)
          FROM due WHERE d.ctid = due.place
          RETURNING d.id, d.account_id, d.callback_line, d.event_id, d.tries, d.created_at
        )
        SELECT t.id AS delivery_id, t.account_id, NULL::uuid AS endpoint_id, t.callback_line, t.event_id AS promised_event_id,
               t.tries, t.created_at AS promised_at,
               m.status_callback AS url, m.media_urls IS NOT NULL AS has_media, m.messaging_service_sid,
               e.id AS event_id, e.sequence, e.type, e.occurred_at, e.message_id, e.attempt, e.provider, e.reason, e.data,
               m.channel, m.recipient, m.sender, m.reference, m.metadata, m.created_at, m.send_at
        FROM taken t
        LEFT JOIN event e ON e.id = t.event_id
        LEFT JOIN message m ON m.id = e.message_id""";

    private static final String DROP = """
        DELETE FROM webhook_delivery
        WHERE id IN (
          SELECT d.id FROM webhook_delivery d
          WHERE d.endpoint_id = $1
            -- It may be enabled again since it was looked at.
            AND NOT EXISTS (SELECT FROM webhook_endpoint w WHERE w.id = $1 AND w.deleted_at IS NULL AND w.disabled_at IS NULL)
          LIMIT 5000
          FOR UPDATE SKIP LOCKED)""";

    private static final long SECONDS_MAX = 20;

    private final Pool pool;

    DeliveryStore(Pool pool) {
        this.pool = pool;
    }

    List<DueLine> dueLines() throws TimeoutException {
        return rows(pool.preparedQuery(DUE_LINES).execute().await(SECONDS_MAX, TimeUnit.SECONDS))
                .map(row -> new DueLine(line(row), row.getBoolean("live"), Duration.ofMillis((long)
                        (row.getDouble("overdue_seconds") * 1_000))))
                .toList();
    }

    /** Takes what is due for a lease; whatever happens to this process, it is due again when that is over. */
    List<Delivery> take(List<Ask> asks, Duration lease) throws TimeoutException {
        List<Delivery> taken = new ArrayList<>();
        List<Ask> ofEndpoints =
                asks.stream().filter(ask -> ask.line().endpointId() != null).toList();
        List<Ask> ofCallbacks =
                asks.stream().filter(ask -> ask.line().endpointId() == null).toList();
        if (!ofEndpoints.isEmpty()) {
            UUID[] endpoints =
                    ofEndpoints.stream().map(ask -> ask.line().endpointId()).toArray(UUID[]::new);
            take(TAKE_FOR_ENDPOINTS, Tuple.of(endpoints, rowsMax(ofEndpoints), lease.toMillis()))
                    .map(row -> delivery(row, endpoint(row)))
                    .forEach(taken::add);
        }
        if (!ofCallbacks.isEmpty()) {
            Long[] accounts =
                    ofCallbacks.stream().map(ask -> ask.line().accountId()).toArray(Long[]::new);
            Short[] lines =
                    ofCallbacks.stream().map(ask -> ask.line().callbackLine()).toArray(Short[]::new);
            take(TAKE_FOR_CALLBACKS, Tuple.of(accounts, lines, rowsMax(ofCallbacks), lease.toMillis()))
                    .map(row -> delivery(row, statusCallback(row)))
                    .forEach(taken::add);
        }
        return taken;
    }

    /** Forgets some of what is promised to an endpoint that is gone; answers how many. */
    int drop(UUID endpointId) throws TimeoutException {
        return pool.preparedQuery(DROP)
                .execute(Tuple.of(endpointId))
                .await(SECONDS_MAX, TimeUnit.SECONDS)
                .rowCount();
    }

    private Stream<Row> take(String statement, Tuple parameters) throws TimeoutException {
        return rows(pool.preparedQuery(statement).execute(parameters).await(SECONDS_MAX, TimeUnit.SECONDS));
    }

    private static Delivery delivery(Row row, @Nullable Destination destination) {
        return new Delivery(
                row.getUUID("delivery_id"),
                line(row),
                row.getUUID("promised_event_id"),
                row.getShort("tries"),
                row.getOffsetDateTime("promised_at"),
                destination);
    }

    private static @Nullable Destination endpoint(Row row) {
        if (row.getString("url") == null || row.getUUID("event_id") == null) {
            return null;
        }
        List<byte[]> secrets = Stream.of("secret", "previous_secret")
                .map(row::getBuffer)
                .filter(secret -> secret != null)
                .map(Buffer::getBytes)
                .toList();
        return new Endpoint(row.getString("url"), secrets, row.getBoolean("failing"), Event.of(row));
    }

    private static @Nullable Destination statusCallback(Row row) {
        return row.getString("url") == null || row.getUUID("event_id") == null
                ? null
                : new StatusCallback(
                        row.getString("url"),
                        row.getUUID("message_id"),
                        row.getBoolean("has_media"),
                        row.getString("messaging_service_sid"),
                        Event.of(row));
    }

    private static Line line(Row row) {
        return new Line(row.getUUID("endpoint_id"), row.getLong("account_id"), row.getShort("callback_line"));
    }

    private static Integer[] rowsMax(List<Ask> asks) {
        return asks.stream().map(Ask::rowsMax).toArray(Integer[]::new);
    }

    private static Stream<Row> rows(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
