package io.heliograph.relay.retention;

import io.heliograph.runtime.Ids;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;

/** Walks over the messages of accounts that keep them, or what is in them, for less long than others; each account by one relay at a time. */
final class AccountWalkStore {
    /** What a step looked at, and how much of it was forgotten. */
    record Step(int lookedAt, int forgotten) {
        static final Step NONE = new Step(0, 0);
    }

    private static final String BEGIN = """
        INSERT INTO retention_walk (kind, account_id)
        SELECT 'content', account_id FROM retention WHERE message_content < messages
        UNION ALL
        SELECT 'row', r.account_id FROM retention r CROSS JOIN retention_longest l WHERE r.messages < l.messages
        UNION ALL
        SELECT 'event', r.account_id FROM retention r CROSS JOIN retention_longest l WHERE r.events < l.events
        ON CONFLICT DO NOTHING""";

    private static final String LOOK = """
        SELECT id FROM message WHERE account_id = $1 AND id > $2 AND id < $3 ORDER BY id LIMIT $4""";

    private static final String NOTE_LATE = """
        INSERT INTO retention_late (kind, message_id, account_id, due_at)
        SELECT $1::text, unnest($2::uuid[]), $3::bigint, now() + interval '1 day'
        ON CONFLICT DO NOTHING""";

    private static final String MOVE = """
        UPDATE retention_walk SET position = $3, due_at = CASE WHEN $4 THEN now() ELSE now() + interval '1 hour' END
        WHERE kind = $1 AND account_id = $2""";

    // Those that are gone by themselves are settled, too.
    private static final String SETTLE_LATE = """
        WITH settled AS (
          DELETE FROM retention_late t
          WHERE t.kind = $1 AND t.message_id = ANY ($2)
            AND (t.message_id = ANY ($3) OR NOT EXISTS (SELECT FROM message m WHERE m.id = t.message_id))
          RETURNING t.message_id
        )
        UPDATE retention_late SET due_at = now() + interval '1 day'
        WHERE kind = $1 AND message_id = ANY ($2) AND message_id NOT IN (SELECT message_id FROM settled)""";

    private static final String EVENTS_DUE = """
        SELECT w.account_id, uuid_v7_floor(now() - r.events) AS beyond
        FROM retention_walk w JOIN retention r ON r.account_id = w.account_id CROSS JOIN retention_longest l
        WHERE w.kind = 'event' AND w.due_at <= now() AND r.events < l.events
        ORDER BY w.due_at LIMIT 1
        FOR UPDATE OF w SKIP LOCKED""";

    // The oldest stand first, so that no position is needed. Readers that have not come so far are told of a gap.
    private static final String FORGET_EVENTS = """
        WITH front AS MATERIALIZED (
          SELECT id, xid FROM event WHERE account_id = $1 AND xid < event_horizon() ORDER BY xid, sequence LIMIT $3
        ), gone AS (
          DELETE FROM event e USING front f WHERE e.id = f.id AND f.id < $2 RETURNING f.xid
        ), told AS (
          UPDATE event_listening l
          SET since = greatest(l.since, ((SELECT (xid::text::bigint + 1)::text::xid8 FROM gone ORDER BY xid DESC LIMIT 1)))
          WHERE l.account_id = $1 AND EXISTS (SELECT FROM gone)
        )
        SELECT count(*)::int AS forgotten FROM gone""";

    private static final UUID NOWHERE = new UUID(0, 0);
    private static final long SECONDS_MAX = 25;

    private final Pool pool;

    AccountWalkStore(Pool pool) {
        this.pool = pool;
    }

    /** Accounts that have shortened something since the last time. */
    int begin() throws TimeoutException {
        return pool.preparedQuery(BEGIN)
                .execute()
                .await(SECONDS_MAX, TimeUnit.SECONDS)
                .rowCount();
    }

    /** Of the account that has waited longest. */
    Step walk(AccountKind kind, int messagesMax) throws TimeoutException {
        return pool.withTransaction(connection -> rows(connection, kind.due(), Tuple.tuple())
                        .compose(due -> due.isEmpty()
                                ? Future.succeededFuture(Step.NONE)
                                : walk(connection, kind, due.getFirst(), messagesMax)))
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** What the walks came by too early. */
    Step late(AccountKind kind, int messagesMax) throws TimeoutException {
        return pool.withTransaction(connection -> ids(connection, kind.late(), Tuple.of(messagesMax), "message_id")
                        .compose(late -> forget(connection, kind, late)
                                .compose(forgotten -> connection
                                        .preparedQuery(SETTLE_LATE)
                                        .execute(Tuple.of(kind.word(), late, forgotten))
                                        .map(new Step(late.length, forgotten.length)))))
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** Of the account that has waited longest. */
    Step forgetEvents(int eventsMax) throws TimeoutException {
        return pool.withTransaction(connection -> rows(connection, EVENTS_DUE, Tuple.tuple())
                        .compose(due -> due.isEmpty()
                                ? Future.succeededFuture(Step.NONE)
                                : forgetEvents(connection, due.getFirst(), eventsMax)))
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static Future<Step> walk(SqlConnection connection, AccountKind kind, Row due, int messagesMax) {
        long account = due.getLong("account_id");
        UUID position = due.getUUID("position");
        return ids(connection, LOOK, Tuple.of(account, position, due.getUUID("beyond"), messagesMax), "id")
                .compose(seen -> forget(connection, kind, seen)
                        .compose(forgotten -> noteLate(connection, kind, account, without(seen, forgotten))
                                .compose(_ -> move(
                                        connection,
                                        Tuple.of(
                                                kind.word(),
                                                account,
                                                seen.length == 0 ? position : seen[seen.length - 1],
                                                seen.length == messagesMax)))
                                // An account without any is a step, too: the next one has its turn at once.
                                .map(new Step(Math.max(1, seen.length), forgotten.length))));
    }

    private static Future<UUID[]> forget(SqlConnection connection, AccountKind kind, UUID[] ids) {
        UUID[] sorted = Arrays.stream(ids).sorted(Ids.ORDER).toArray(UUID[]::new);
        return sorted.length == 0
                ? Future.succeededFuture(sorted)
                : ids(connection, kind.forget(), Tuple.of(sorted, sorted[0], sorted[sorted.length - 1]), "id");
    }

    private static Future<Void> noteLate(SqlConnection connection, AccountKind kind, long account, UUID[] late) {
        return late.length == 0
                ? Future.succeededFuture()
                : connection
                        .preparedQuery(NOTE_LATE)
                        .execute(Tuple.of(kind.word(), late, account))
                        .mapEmpty();
    }

    private static Future<Void> move(SqlConnection connection, Tuple where) {
        return connection.preparedQuery(MOVE).execute(where).mapEmpty();
    }

    private static Future<Step> forgetEvents(SqlConnection connection, Row due, int eventsMax) {
        long account = due.getLong("account_id");
        return connection
                .preparedQuery(FORGET_EVENTS)
                .execute(Tuple.of(account, due.getUUID("beyond"), eventsMax))
                .map(rows -> rows.iterator().next().getInteger("forgotten"))
                .compose(forgotten -> move(connection, Tuple.of("event", account, NOWHERE, forgotten == eventsMax))
                        .map(new Step(Math.max(1, forgotten), forgotten)));
    }

    private static UUID[] without(UUID[] all, UUID[] some) {
        Set<UUID> taken = new HashSet<>(Arrays.asList(some));
        return Arrays.stream(all).filter(id -> !taken.contains(id)).toArray(UUID[]::new);
    }

    private static Future<UUID[]> ids(SqlConnection connection, String sql, Tuple parameters, String column) {
        return rows(connection, sql, parameters)
                .map(rows -> rows.stream().map(row -> row.getUUID(column)).toArray(UUID[]::new));
    }

    private static Future<List<Row>> rows(SqlConnection connection, String sql, Tuple parameters) {
        Future<RowSet<Row>> rows = connection.preparedQuery(sql).execute(parameters);
        return rows.map(
                found -> StreamSupport.stream(found.spliterator(), false).toList());
    }
}
