package io.heliograph.gateway.booking.lines;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On which numbers visits are booked, and how. The account's numbers that talk something else are none of its business. Its row is locked first, then its
 * numbers, by whoever changes anything.
 */
final class BookingSettingsStore {
    private static final String GET = """
        SELECT b.days_ahead, b.contents,
               ARRAY(SELECT l.number FROM dialog_line l
                     WHERE l.account_id = b.account_id AND l.channel = 'whatsapp' AND l.dialog = 'booking' ORDER BY l.number) AS numbers
        FROM booking_conversation b WHERE b.account_id = $1""";

    private static final String PUT = """
        INSERT INTO booking_conversation (account_id, days_ahead, contents, updated_at) VALUES ($1, $2, $3, now())
        ON CONFLICT (account_id) DO UPDATE SET days_ahead = excluded.days_ahead, contents = excluded.contents, updated_at = now()""";

    private static final String LET_GO = """
        DELETE FROM dialog_line
        WHERE account_id = $1 AND channel = 'whatsapp' AND dialog = 'booking' AND number <> ALL ($2)""";

    /** Answers those that talk by it now. */
    private static final String TAKE = """
        INSERT INTO dialog_line AS l (channel, number, account_id, dialog)
        SELECT 'whatsapp', number, $1::bigint, 'booking' FROM unnest($2::text[]) AS wanted (number) ORDER BY number
        -- That it is one already is no change, and has to be answered all the same.
        ON CONFLICT (channel, number, account_id) DO UPDATE SET dialog = 'booking' WHERE l.dialog = 'booking'
        RETURNING number""";

    private static final String REMOVE = "DELETE FROM booking_conversation WHERE account_id = $1";

    /** As it is stored. */
    record Stored(BookingSettings settings, List<String> numbers) {}

    private final Pool pool;

    BookingSettingsStore(Pool pool) {
        this.pool = pool;
    }

    Future<@Nullable Stored> get(long accountId) {
        return pool.preparedQuery(GET).execute(Tuple.of(accountId)).map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            Row row = rows.iterator().next();
            JsonObject contents = row.getJsonObject("contents");
            return new Stored(
                    new BookingSettings(row.getInteger("days_ahead"), contents),
                    List.of(row.getArrayOfStrings("numbers")));
        });
    }

    /** False, and nothing is stored, where one of the numbers talks something else. */
    Future<Boolean> put(long accountId, Stored wanted) {
        String[] numbers = wanted.numbers().toArray(String[]::new);
        return pool.withTransaction(connection -> store(connection, accountId, wanted.settings())
                        .compose(_ -> connection
                                .preparedQuery(LET_GO)
                                .execute(Tuple.of(accountId).addArrayOfString(numbers)))
                        .compose(_ -> connection
                                .preparedQuery(TAKE)
                                .execute(Tuple.of(accountId).addArrayOfString(numbers)))
                        .compose(rows -> rows.size() == numbers.length
                                ? Future.succeededFuture(true)
                                : Future.failedFuture(new TalksAlreadyException())))
                .recover(failure -> failure instanceof TalksAlreadyException
                        ? Future.succeededFuture(false)
                        : Future.failedFuture(failure));
    }

    private static Future<Void> store(SqlClient client, long accountId, BookingSettings settings) {
        return client.preparedQuery(PUT)
                .execute(Tuple.of(accountId, settings.daysAhead(), settings.contents()))
                .mapEmpty();
    }

    /** Answers whether there was one. Conversations that are open end where they stand. */
    Future<Boolean> remove(long accountId) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(REMOVE)
                .execute(Tuple.of(accountId))
                .compose(removed -> connection
                        .preparedQuery(LET_GO)
                        .execute(Tuple.of(accountId).addArrayOfString(new String[0]))
                        .map(removed.rowCount() > 0)));
    }

    /** Takes the transaction back. */
    private static final class TalksAlreadyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TalksAlreadyException() {
            super("A number talks something else", null, false, false);
        }
    }
}
