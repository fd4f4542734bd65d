package io.heliograph.gateway.notifications.erasure;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Erases persons, and keeps what proves it. */
final class EraseStore {
    private static final String LOCK_USER = """
        SELECT phone, email FROM app_user WHERE account_id = $1 AND id = $2 FOR UPDATE""";

    // From this commit on nothing is accepted for the person any more.
    private static final String BEGIN = """
        WITH begun AS (
          INSERT INTO erasure (id, account_id, requested_by, user_id, addresses, user_hash, address_hashes)
          VALUES ($1, $2, $3, $4, $5, $6, $7)
          RETURNING id, account_id, address_hashes
        )
        INSERT INTO erased_person (hash, account_id, erasure_id)
        SELECT unnest(address_hashes), account_id, id FROM begun
        ON CONFLICT (hash) DO UPDATE SET erasure_id = excluded.erasure_id, erased_at = now()""";

    // What a gateway accepts that does not know of the erasure yet is committed within these ten seconds: it learns of
    // it within one (ErasedPersons), and its statements are ended after four (HttpApi).
    private static final String END_ROUND = """
        UPDATE erasure SET counts = $2, looked_at = CASE WHEN $4 THEN '-infinity' ELSE now() END,
          finished_at = CASE WHEN done THEN now() END,
          user_id = CASE WHEN NOT done THEN user_id END,
          addresses = CASE WHEN NOT done THEN addresses END
        FROM (SELECT $3::bigint = 0 AND NOT $4::boolean AND requested_at < now() - interval '10 seconds' AS done
              FROM erasure WHERE id = $1) d
        WHERE id = $1
        RETURNING erasure.*""";

    private static final String TAKE_UNFINISHED = """
        SELECT id, counts FROM erasure
        WHERE finished_at IS NULL AND looked_at < now() - interval '1 second'
        ORDER BY looked_at LIMIT 1 FOR UPDATE SKIP LOCKED""";

    private static final String FIND = "SELECT * FROM erasure WHERE id = $1 AND account_id = $2";

    /** Who is to be erased, and who asks for it. */
    record Wish(UUID id, long accountId, String userId, Buffer keyHash) {}

    /** So far: rows by table, what is still being sent, and whether there may be more. */
    private record Tally(JsonObject counts, long waiting, boolean isMore) {
        Tally with(ErasePart part, Row row) {
            long rows = row.getLong("rows");
            JsonObject more = counts.copy().put(part.table(), counts.getLong(part.table(), 0L) + rows);
            return new Tally(more, waiting + row.getLong("waiting"), isMore || rows >= ErasePart.ROWS_MAX);
        }
    }

    private final Pool pool;

    EraseStore(Pool pool) {
        this.pool = pool;
    }

    /** The proof as it stands; null when there is no such user. {@code hash} is the keyed one. */
    Future<@Nullable Row> erase(Wish wish, Function<String, String> hash) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(LOCK_USER)
                .execute(Tuple.of(wish.accountId(), wish.userId()))
                .compose(users -> users.size() == 0
                        ? Future.succeededFuture(null)
                        : begin(connection, wish, hash, users.iterator().next())
                                .compose(_ -> round(
                                        connection,
                                        wish.id(),
                                        new JsonObject(),
                                        Stream.concat(ErasePart.REPEATED.stream(), ErasePart.ONCE.stream())
                                                .toList()))));
    }

    private static Future<Void> begin(SqlClient client, Wish wish, Function<String, String> hash, Row user) {
        String[] addresses = Stream.of("phone", "email")
                .map(user::getString)
                .filter(address -> address != null)
                .toArray(String[]::new);
        Tuple parameters = Tuple.tuple()
                .addUUID(wish.id())
                .addLong(wish.accountId())
                .addBuffer(wish.keyHash())
                .addString(wish.userId())
                .addArrayOfString(addresses)
                .addString(hash.apply(wish.userId()))
                .addArrayOfString(Stream.of(addresses).map(hash).toArray(String[]::new));
        return client.preparedQuery(BEGIN).execute(parameters).mapEmpty();
    }

    /** Goes on with one that is not finished. False when there is none to look at. */
    Future<Boolean> goOn() {
        return pool.withTransaction(connection -> connection
                .query(TAKE_UNFINISHED)
                .execute()
                .compose(rows -> {
                    if (rows.size() == 0) {
                        return Future.succeededFuture(false);
                    }
                    Row row = rows.iterator().next();
                    return round(connection, row.getUUID("id"), row.getJsonObject("counts"), ErasePart.REPEATED)
                            .map(true);
                }));
    }

    private static Future<Row> round(SqlClient client, UUID id, JsonObject counts, List<ErasePart> parts) {
        Future<Tally> tally = Future.succeededFuture(new Tally(counts, 0, false));
        for (ErasePart part : parts) {
            tally = tally.compose(sofar -> client.preparedQuery(part.sql())
                    .execute(Tuple.of(id))
                    .map(rows -> sofar.with(part, rows.iterator().next())));
        }
        return tally.compose(all -> client.preparedQuery(END_ROUND)
                .execute(Tuple.of(id, all.counts(), all.waiting(), all.isMore()))
                .map(rows -> rows.iterator().next()));
    }

    Future<@Nullable Row> find(UUID id, long accountId) {
        Future<RowSet<Row>> rows = pool.preparedQuery(FIND).execute(Tuple.of(id, accountId));
        return rows.map(found -> found.size() == 0 ? null : found.iterator().next());
    }
}
