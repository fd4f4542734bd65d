package io.heliograph.relay.retention;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Days of messages that nobody wants kept any more. */
final class DayStore {
    /** What became of a day: somebody reads it for long, or something of it is still promised, or another relay was faster. */
    enum Dropped {
        DROPPED,
        KEPT,
        GONE,
        LOCKED
    }

    /** Past everybody's retention. */
    record Due(LocalDate day, boolean isPromised) {}

    private static final String DUE = """
        WITH days AS MATERIALIZED (
          SELECT CASE WHEN c.relname ~ '^message_[0-9]{8}$' THEN to_date(right(c.relname, 8), 'YYYYMMDD') END AS day
          FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
          WHERE i.inhparent = 'message'::regclass
        )
        SELECT d.day, EXISTS (SELECT FROM outbox o
                              WHERE o.message_id >= uuid_v7_floor(d.day::timestamp AT TIME ZONE 'UTC')
                                AND o.message_id < uuid_v7_floor((d.day + 1)::timestamp AT TIME ZONE 'UTC'))
                      -- Analytics want it first: nothing is gained by looking at it now.
                      OR analytics_as_of() < (d.day + 1)::timestamp AT TIME ZONE 'UTC' AS promised
        FROM days d CROSS JOIN retention_longest l
        WHERE (d.day + 1)::timestamp AT TIME ZONE 'UTC' <= now() - l.messages
        ORDER BY d.day""";

    private static final String LOOK = """
        SELECT count(*)::int AS messages, (count(*) FILTER (WHERE NOT message_is_settled(status)))::int AS unsettled,
               (array_agg(id ORDER BY id DESC))[1] AS last
        FROM (SELECT id, status FROM message_{day} WHERE id > $1 ORDER BY id LIMIT $2) m""";

    private static final String DROP = "SELECT drop_message_day($1) AS dropped";

    // What lies outside all days, because nobody had made theirs in time.
    private static final String FORGET_STRAYS = """
        WITH old AS MATERIALIZED (
          SELECT m.id FROM message_default m
          WHERE m.id < least((SELECT uuid_v7_floor(date_trunc('day', now() - messages, 'UTC')) FROM retention_longest),
                             (SELECT counted FROM analytics_position))
            AND message_is_settled(m.status) AND NOT EXISTS (SELECT FROM outbox o WHERE o.message_id = m.id OFFSET 0)
          ORDER BY m.id LIMIT $1 FOR UPDATE SKIP LOCKED
        ), tries AS (
          DELETE FROM attempt a USING old WHERE a.message_id = old.id
        )
        DELETE FROM message_default m USING old WHERE m.id = old.id""";

    // Receipts of messages that were here before the first day that still is.
    private static final String FORGET_RECEIPTS = """
        WITH first AS MATERIALIZED (
          SELECT least((SELECT uuid_v7_floor(min(CASE WHEN c.relname ~ '^message_[0-9]{8}$'
                                                      THEN to_date(right(c.relname, 8), 'YYYYMMDD') END)::timestamp AT TIME ZONE 'UTC')
                        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                        WHERE i.inhparent = 'message'::regclass),
                       (SELECT id FROM message_default ORDER BY id LIMIT 1)) AS id
        )
        DELETE FROM callback WHERE id = ANY (ARRAY(
          SELECT c.id FROM callback c
          WHERE c.message_id < (SELECT id FROM first) ORDER BY c.message_id LIMIT $1
          FOR UPDATE SKIP LOCKED))""";

    private static final DateTimeFormatter NAME = DateTimeFormatter.BASIC_ISO_DATE;
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String UNDEFINED_TABLE = "42P01";
    private static final long SECONDS_MAX = 25;

    private final Pool pool;

    DayStore(Pool pool) {
        this.pool = pool;
    }

    /** The oldest first. */
    List<Due> due() throws TimeoutException {
        return pool.preparedQuery(DUE)
                .mapping(row -> new Due(row.getLocalDate("day"), row.getBoolean("promised")))
                .execute()
                .map(rows -> rows.stream().toList())
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** None where another relay has dropped the day meanwhile. */
    DaySlice look(LocalDate day, UUID after, int messagesMax) throws TimeoutException {
        return pool.preparedQuery(LOOK.replace("{day}", NAME.format(day)))
                .mapping(row ->
                        new DaySlice(row.getInteger("messages"), row.getUUID("last"), row.getInteger("unsettled")))
                .execute(Tuple.of(after, messagesMax))
                .map(rows -> rows.iterator().next())
                .recover(failure -> isState(failure, UNDEFINED_TABLE)
                        ? Future.succeededFuture(new DaySlice(0, null, 0))
                        : Future.failedFuture(failure))
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    Dropped drop(LocalDate day) throws TimeoutException {
        return pool.preparedQuery(DROP)
                .execute(Tuple.of(day))
                .map(rows -> switch (rows.iterator().next().getString("dropped")) {
                    case "dropped" -> Dropped.DROPPED;
                    case "kept" -> Dropped.KEPT;
                    default -> Dropped.GONE;
                })
                .recover(failure -> isState(failure, LOCK_NOT_AVAILABLE)
                        ? Future.succeededFuture(Dropped.LOCKED)
                        : Future.failedFuture(failure))
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    int forgetStrays(int messagesMax) throws TimeoutException {
        return change(FORGET_STRAYS, messagesMax);
    }

    int forgetReceipts(int receiptsMax) throws TimeoutException {
        return change(FORGET_RECEIPTS, receiptsMax);
    }

    private int change(String sql, int rowsMax) throws TimeoutException {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(rowsMax))
                .await(SECONDS_MAX, TimeUnit.SECONDS)
                .rowCount();
    }

    private static boolean isState(Throwable failure, String state) {
        return failure instanceof PgException problem && state.equals(problem.getSqlState());
    }
}
