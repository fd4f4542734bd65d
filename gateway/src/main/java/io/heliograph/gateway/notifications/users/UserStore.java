package io.heliograph.gateway.notifications.users;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The users of accounts. */
public final class UserStore {
    /** {@code xmax} is 0 for a row that was inserted. */
    private static final String PUT = """
        INSERT INTO app_user (account_id, id, phone, email, locale, time_zone, attributes, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, now(), now())
        ON CONFLICT (account_id, id) DO UPDATE
        SET phone = excluded.phone, email = excluded.email, locale = excluded.locale, time_zone = excluded.time_zone,
            attributes = excluded.attributes, updated_at = now()
        RETURNING *, xmax = 0 AS is_new""";

    private static final String GET = "SELECT * FROM app_user WHERE account_id = $1 AND id = $2";

    private static final String GET_TO_CHANGE = "SELECT * FROM app_user WHERE account_id = $1 AND id = $2 FOR UPDATE";

    private static final String LIST = """
        SELECT * FROM app_user
        WHERE account_id = $1 AND id > $2 AND ($3::text IS NULL OR phone = $3) AND ($4::text IS NULL OR email = $4)
        ORDER BY id LIMIT $5""";

    private final Pool pool;

    public UserStore(Pool pool) {
        this.pool = pool;
    }

    /** What was there before is replaced as a whole. */
    Future<Row> put(long accountId, User user) {
        return put(pool, accountId, user);
    }

    private static Future<Row> put(SqlClient client, long accountId, User user) {
        return client.preparedQuery(PUT)
                .execute(Tuple.of(
                        accountId,
                        user.id(),
                        user.phone(),
                        user.email(),
                        user.locale(),
                        user.timeZone(),
                        user.attributes()))
                .map(rows -> rows.iterator().next());
    }

    /** Fails with the problem that there is no such user. */
    public Future<Row> require(long accountId, String id) {
        return get(accountId, id).map(row -> {
            if (row == null) {
                throw UserFields.noSuchUser().exception();
            }
            return row;
        });
    }

    Future<@Nullable Row> get(long accountId, String id) {
        return get(pool, GET, accountId, id);
    }

    /** Two changes at once come one after the other. Null when there is no such user. */
    Future<@Nullable Row> change(long accountId, String id, UnaryOperator<User> change) {
        return pool.withTransaction(connection -> get(connection, GET_TO_CHANGE, accountId, id)
                .compose(row -> row == null
                        ? Future.succeededFuture(null)
                        : put(connection, accountId, change.apply(user(row)))));
    }

    Future<List<Row>> list(long accountId, UserFilter filter) {
        Tuple parameters = Tuple.of(accountId, filter.after(), filter.phone(), filter.email(), filter.limit());
        Future<RowSet<Row>> rows = pool.preparedQuery(LIST).execute(parameters);
        return rows.map(
                found -> StreamSupport.stream(found.spliterator(), false).toList());
    }

    private static Future<@Nullable Row> get(SqlClient client, String statement, long accountId, String id) {
        Future<RowSet<Row>> rows = client.preparedQuery(statement).execute(Tuple.of(accountId, id));
        return rows.map(found -> found.size() == 0 ? null : found.iterator().next());
    }

    private static User user(Row row) {
        return new User(
                row.getString("id"),
                row.getString("phone"),
                row.getString("email"),
                row.getString("locale"),
                row.getString("time_zone"),
                row.getJsonObject("attributes"));
    }
}
