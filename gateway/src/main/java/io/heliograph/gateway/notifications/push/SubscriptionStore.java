package io.heliograph.gateway.notifications.push;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The browsers of users. */
final class SubscriptionStore {
    /** Browsers of one user; one more ends the one that was heard of the longest ago. */
    static final int BROWSERS_MAX = 20;

    // Two changes of one user come one after the other, and none comes after the user's erasure.
    private static final String LOCK_USER = """
        SELECT FROM app_user WHERE account_id = $1 AND id = $2 FOR NO KEY UPDATE""";

    // A browser in which somebody else signs in gets another id, so that nothing that waits for the one before is shown
    // to them.
    private static final String PUT = """
        INSERT INTO push_subscription AS s (account_id, user_id, endpoint, p256dh, auth, user_agent, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (account_id, endpoint) DO UPDATE
        SET id = CASE WHEN s.user_id = excluded.user_id THEN s.id ELSE excluded.id END,
            created_at = CASE WHEN s.user_id = excluded.user_id THEN s.created_at ELSE now() END,
            user_agent = CASE WHEN s.user_id = excluded.user_id THEN coalesce(excluded.user_agent, s.user_agent)
                              ELSE excluded.user_agent END,
            user_id = excluded.user_id, p256dh = excluded.p256dh, auth = excluded.auth,
            expires_at = excluded.expires_at, seen_at = now()
        RETURNING *, created_at = now() AS is_new""";

    private static final String DROP_OLDEST = """
        DELETE FROM push_subscription
        WHERE account_id = $1 AND user_id = $2
          AND id NOT IN (SELECT id FROM push_subscription WHERE account_id = $1 AND user_id = $2
                         ORDER BY seen_at DESC, id DESC LIMIT $3)""";

    private static final String LIST = """
        SELECT * FROM push_subscription WHERE account_id = $1 AND user_id = $2 ORDER BY id""";

    private static final String REMOVE = """
        DELETE FROM push_subscription WHERE account_id = $1 AND user_id = $2 AND id = $3""";

    private final Pool pool;

    SubscriptionStore(Pool pool) {
        this.pool = pool;
    }

    /** Null when there is no such user. */
    Future<@Nullable Row> put(long accountId, String userId, NewSubscription subscription) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(LOCK_USER)
                .execute(Tuple.of(accountId, userId))
                .compose(user -> user.size() == 0
                        ? Future.succeededFuture(null)
                        : put(connection, accountId, userId, subscription)));
    }

    private static Future<@Nullable Row> put(
            SqlClient connection, long accountId, String userId, NewSubscription subscription) {
        Tuple parameters = Tuple.of(
                accountId,
                userId,
                subscription.endpoint(),
                subscription.p256dh(),
                subscription.auth(),
                subscription.userAgent(),
                subscription.expiresAt());
        return connection
                .preparedQuery(PUT)
                .execute(parameters)
                .compose(rows -> connection
                        .preparedQuery(DROP_OLDEST)
                        .execute(Tuple.of(accountId, userId, BROWSERS_MAX))
                        .map(dropped -> rows.iterator().next()));
    }

    Future<List<Row>> list(long accountId, String userId) {
        return pool.preparedQuery(LIST)
                .execute(Tuple.of(accountId, userId))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList());
    }

    /** False when there is none of that id. */
    Future<Boolean> remove(long accountId, String userId, String id) {
        return pool.preparedQuery(REMOVE)
                .execute(Tuple.of(accountId, userId, id))
                .map(rows -> rows.rowCount() > 0);
    }
}
