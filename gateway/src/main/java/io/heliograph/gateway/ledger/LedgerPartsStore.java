package io.heliograph.gateway.ledger;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Counts the messages of single days and batches, each with its promise, in one snapshot. */
final class LedgerPartsStore {
    // A day is a range of ids, as they begin with their time.
    private static final String DAYS = """
        SELECT d.day, counted.*
        FROM unnest($2::date[]) AS d(day)
        CROSS JOIN LATERAL (
          SELECT coalesce(jsonb_object_agg(status, messages), '{}'::jsonb) AS by_status,
                 coalesce(sum(messages), 0)::bigint AS accepted, coalesce(sum(promised), 0)::bigint AS outstanding,
                 coalesce(sum(violations), 0)::bigint AS violations
          FROM (
            SELECT m.status, count(*) AS messages, count(o.message_id) AS promised,
                   count(*) FILTER (WHERE message_is_settled(m.status) = (o.message_id IS NOT NULL)) AS violations
            FROM message m LEFT JOIN outbox o ON o.message_id = m.id
            WHERE m.account_id = $1 AND m.id >= uuid_v7_floor(d.day::timestamp AT TIME ZONE 'UTC')
              AND m.id < uuid_v7_floor((d.day + 1)::timestamp AT TIME ZONE 'UTC')
            GROUP BY m.status) AS one
        ) AS counted
        ORDER BY d.day DESC""";

    // From batch to batch by the index, rather than over all messages of all batches.
    private static final String BATCHES = """
        WITH RECURSIVE page AS (
          (SELECT batch_id, 1 AS place FROM message
           WHERE account_id = $1 AND batch_id < $2 AND batch_id >= $3
           ORDER BY batch_id DESC LIMIT 1)
          UNION ALL
          SELECT (SELECT m.batch_id FROM message m
                  WHERE m.account_id = $1 AND m.batch_id < page.batch_id AND m.batch_id >= $3
                  ORDER BY m.batch_id DESC LIMIT 1), page.place + 1
          FROM page WHERE page.batch_id IS NOT NULL AND page.place < $4
        )
        SELECT p.batch_id, counted.*
        FROM page p
        CROSS JOIN LATERAL (
          SELECT coalesce(jsonb_object_agg(status, messages), '{}'::jsonb) AS by_status,
                 coalesce(sum(messages), 0)::bigint AS accepted, coalesce(sum(promised), 0)::bigint AS outstanding,
                 coalesce(sum(violations), 0)::bigint AS violations
          FROM (
            SELECT m.status, count(*) AS messages, count(o.message_id) AS promised,
                   count(*) FILTER (WHERE message_is_settled(m.status) = (o.message_id IS NOT NULL)) AS violations
            FROM message m LEFT JOIN outbox o ON o.message_id = m.id
            WHERE m.account_id = $1 AND m.batch_id = p.batch_id
            GROUP BY m.status) AS one
        ) AS counted
        WHERE p.batch_id IS NOT NULL
        ORDER BY p.batch_id DESC""";

    private final Pool pool;

    LedgerPartsStore(Pool pool) {
        this.pool = pool;
    }

    Future<List<LedgerPart>> ofDays(long accountId, List<LocalDate> days) {
        Tuple parameters = Tuple.of(accountId).addArrayOfLocalDate(days.toArray(LocalDate[]::new));
        return parts(
                DAYS, parameters, row -> part("day", row.getLocalDate("day").toString(), row));
    }

    Future<List<LedgerPart>> ofBatches(long accountId, LedgerAsked.Batches asked) {
        Tuple parameters = Tuple.of(accountId, asked.before(), asked.from(), asked.limit());
        return parts(
                BATCHES,
                parameters,
                row -> part("batch_id", row.getUUID("batch_id").toString(), row));
    }

    private Future<List<LedgerPart>> parts(String sql, Tuple parameters, Function<Row, LedgerPart> part) {
        return pool.preparedQuery(sql)
                .execute(parameters)
                .map((RowSet<Row> rows) -> StreamSupport.stream(rows.spliterator(), false)
                        .map(part)
                        .toList());
    }

    private static LedgerPart part(String name, String value, Row row) {
        JsonObject byStatus = row.getJsonObject("by_status");
        return new LedgerPart(
                name,
                value,
                new LedgerCounts(
                        row.getLong("accepted"),
                        byStatus,
                        row.getLong("outstanding"),
                        null,
                        row.getLong("violations")));
    }
}
