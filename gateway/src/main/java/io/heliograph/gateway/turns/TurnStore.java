package io.heliograph.gateway.turns;

import io.heliograph.contract.Channel;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Turns, and the transaction in which one is answered. */
final class TurnStore {
    /** What PostgreSQL says to whoever does not want to wait, or has waited for as long as a turn may. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** The first of a line only: what a line's later messages are answered with depends on it. */
    private static final String TAKE = """
        SELECT t.place, t.tries, t.dialog, t.account_id, t.channel, t.number, t.person, t.topic, t.inbound_id,
               m.received_at, m.body, m.word, m.media, m.fields, m.erased_at IS NOT NULL AS is_erased
        FROM inbound_turn t LEFT JOIN inbound_message m ON m.id = t.inbound_id
        WHERE t.due_at <= now() AND t.dialog = ANY ($1)
          AND NOT EXISTS (
            SELECT FROM inbound_turn e
            WHERE e.person = t.person AND e.number = t.number AND e.channel = t.channel AND e.account_id = t.account_id
              AND e.place < t.place)
        ORDER BY t.due_at, t.place
        LIMIT 1
        FOR UPDATE OF t SKIP LOCKED""";

    /**
     * A message that was being stored when a later one was taken becomes the first of its line while that one is answered: then they wait for
     * each other, and whatever is read from here on is new.
     */
    private static final String LOCK_LINE = """
        SELECT pg_advisory_xact_lock(hashtextextended($1::bigint || ' ' || $2 || ' ' || $3 || ' ' || $4, 47))""";

    private static final String DONE = """
        DELETE FROM inbound_turn WHERE place = $1""";

    /** Doubled each time. Answers nothing where somebody else has the turn by now. */
    private static final String POSTPONE = """
        UPDATE inbound_turn
        SET tries = tries + 1, due_at = now() + least($2::bigint * 2 ^ tries, $3) * interval '1 millisecond'
        WHERE place = $1 AND tries = $4
        RETURNING tries""";

    /** No try: nobody has failed. Answers nothing where somebody else has the turn by now, or it has been put off for too long. */
    private static final String PUT_OFF = """
        UPDATE inbound_turn SET due_at = now() + (1 + random()) * $2::bigint * interval '1 millisecond'
        WHERE place = $1 AND tries = $3 AND inbound_id >= uuid_v7_floor(now() - $4::bigint * interval '1 millisecond')
        RETURNING place""";

    private static final String GIVE_UP = """
        DELETE FROM inbound_turn WHERE place = $1 AND tries = $2""";

    private static final String WAITING = """
        SELECT count(*) AS waiting FROM inbound_turn""";

    /** One that was taken; {@code turn} is null where what the person wrote is gone. */
    record Taken(
            long place,
            int tries,
            String dialog,
            UUID inboundId,
            @Nullable Turn turn) {}

    /** Of a transaction that took a turn. */
    sealed interface Attempt {
        record None() implements Attempt {}

        record Done() implements Attempt {}

        /** Somebody else holds what it needs. */
        record Busy(Taken taken, Throwable why) implements Attempt {}

        record Failed(Taken taken, Throwable why) implements Attempt {}
    }

    private final Pool pool;

    TurnStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * Takes a turn that is due, and commits what {@code answer} has done with it. The Future fails only where nothing could be taken. What does not
     * depend on an answer is sent without waiting for one: the database does it in this order all the same.
     */
    Future<Attempt> take(String[] dialogs, BiFunction<SqlConnection, Taken, Future<Void>> answer) {
        return pool.getConnection().compose(connection -> {
            Future<Transaction> begun = connection.begin();
            Future<RowSet<Row>> found = connection.preparedQuery(TAKE).execute(Tuple.of((Object) dialogs));
            return begun.compose(transaction ->
                            found.compose(rows -> take(connection, transaction, rows.iterator(), answer)))
                    .eventually(connection::close);
        });
    }

    private static Future<Attempt> take(
            SqlConnection connection,
            Transaction transaction,
            RowIterator<Row> rows,
            BiFunction<SqlConnection, Taken, Future<Void>> answer) {
        if (!rows.hasNext()) {
            return transaction.rollback().map(new Attempt.None());
        }
        Row row = rows.next();
        Taken taken = taken(row, null);
        // What cannot be read fails like what cannot be answered: it keeps nobody else waiting.
        return Future.succeededFuture(row)
                .map(TurnStore::taken)
                .compose(read -> answered(connection, read, answer))
                .compose(done -> transaction.commit())
                .<Attempt>map(done -> new Attempt.Done())
                .recover(failure -> transaction
                        .rollback()
                        .otherwiseEmpty()
                        .map(isBusy(failure) ? new Attempt.Busy(taken, failure) : new Attempt.Failed(taken, failure)));
    }

    /** Whatever fails, nothing of it goes on when this has ended. Of several failures the first is the cause of the others. */
    private static Future<Void> answered(
            SqlConnection connection, Taken taken, BiFunction<SqlConnection, Taken, Future<Void>> answer) {
        Future<Void> locked = lock(connection, taken.turn());
        Future<RowSet<Row>> done = connection.preparedQuery(DONE).execute(Tuple.of(taken.place()));
        Future<Void> answered = answer.apply(connection, taken);
        return Future.join(locked, done, answered)
                .transform(all -> locked.compose(_ -> done).compose(_ -> answered));
    }

    private static Future<Void> lock(SqlConnection connection, @Nullable Turn turn) {
        return turn == null
                ? Future.succeededFuture()
                : connection
                        .preparedQuery(LOCK_LINE)
                        .execute(Tuple.of(turn.accountId(), turn.channel().word(), turn.number(), turn.person()))
                        .mapEmpty();
    }

    private static boolean isBusy(Throwable failure) {
        return failure instanceof PgException said && LOCK_NOT_AVAILABLE.equals(said.getSqlState());
    }

    /** Answers whether it was. */
    Future<Boolean> putOff(Taken taken, Duration pauseMin, Duration since) {
        return pool.preparedQuery(PUT_OFF)
                .execute(Tuple.of(taken.place(), pauseMin.toMillis(), taken.tries(), since.toMillis()))
                .map(rows -> rows.size() > 0);
    }

    Future<Void> postpone(Taken taken, long pauseMillis, long pauseMillisMax) {
        return pool.preparedQuery(POSTPONE)
                .execute(Tuple.of(taken.place(), pauseMillis, pauseMillisMax, taken.tries()))
                .mapEmpty();
    }

    Future<Void> giveUp(Taken taken) {
        return pool.preparedQuery(GIVE_UP)
                .execute(Tuple.of(taken.place(), taken.tries()))
                .mapEmpty();
    }

    Future<Long> waiting() {
        return pool.query(WAITING).execute().map(rows -> rows.iterator().next().getLong("waiting"));
    }

    private static Taken taken(Row row) {
        String body = row.getString("body");
        boolean isGone = body == null || row.getBoolean("is_erased");
        return taken(row, isGone ? null : turn(row, body));
    }

    private static Taken taken(Row row, @Nullable Turn turn) {
        return new Taken(
                row.getLong("place"),
                row.getInteger("tries"),
                row.getString("dialog"),
                row.getUUID("inbound_id"),
                turn);
    }

    private static Turn turn(Row row, String body) {
        return new Turn(
                row.getUUID("inbound_id"),
                row.getLong("account_id"),
                Channel.of(row.getString("channel")),
                row.getString("person"),
                row.getString("number"),
                row.getString("topic"),
                body,
                row.getString("word"),
                row.get(JsonArray.class, "media"),
                row.get(JsonObject.class, "fields"),
                row.getOffsetDateTime("received_at"));
    }
}
