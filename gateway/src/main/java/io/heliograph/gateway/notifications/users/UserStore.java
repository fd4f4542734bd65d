package io.heliograph.gateway.notifications.users;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/** The users of accounts. */
final class UserStore {
    /** {@code xmax} is 0 for a row that was inserted. */
    private static final String PUT = """
        INSERT INTO app_user (account_id, id, phone, email, locale, time_zone, attributes, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, now(), now())
        ON CONFLICT (account_id, id) DO UPDATE
        SET phone = excluded.phone, email = excluded.email, locale = excluded.locale, time_zone = excluded.time_zone,
            attributes = excluded.attributes, updated_at = now()
        RETURNING *, xmax = 0 AS is_new""";

    private static final String GET = "SELECT * FROM app_user WHERE account_id = $1 AND id = $2";

    private final Pool pool;

    UserStore(Pool pool) {
        this.pool = pool;
    }

    /** What was there before is replaced as a whole. */
    Future<Row> put(long accountId, User user) {
        return pool.preparedQuery(PUT)
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

    Future<@Nullable Row> get(long accountId, String id) {
        Future<RowSet<Row>> rows = pool.preparedQuery(GET).execute(Tuple.of(accountId, id));
        return rows.map(found -> found.size() == 0 ? null : found.iterator().next());
    }
}
