package io.heliograph.gateway.notifications.preferences;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** The links to preference pages, by the hashes of their tokens. */
final class LinkStore {
    // What has passed goes when a new one is made, and of those that are good the oldest beyond a hundred.
    private static final String ADD = """
        WITH old AS (
          DELETE FROM preference_link WHERE token_hash IN (
            SELECT token_hash FROM (
              SELECT token_hash, expires_at, row_number() OVER (ORDER BY created_at DESC) AS place
              FROM preference_link WHERE account_id = $1 AND user_id = $2) l
            WHERE expires_at <= now() OR place >= 100)
        )
        INSERT INTO preference_link (token_hash, account_id, user_id, expires_at)
        SELECT $3, account_id, id, now() + $4 * interval '1 millisecond' FROM app_user WHERE account_id = $1 AND id = $2
        RETURNING expires_at""";

    private static final String REVOKE = "DELETE FROM preference_link WHERE account_id = $1 AND user_id = $2";

    private static final String FIND = """
        SELECT account_id, user_id FROM preference_link WHERE token_hash = $1 AND expires_at > now()""";

    /** Whose page a link opens. */
    record Owner(long accountId, String userId) {}

    private final Pool pool;

    LinkStore(Pool pool) {
        this.pool = pool;
    }

    /** When it expires; null when there is no such user. */
    Future<@Nullable OffsetDateTime> add(long accountId, String userId, Buffer tokenHash, Duration validFor) {
        Future<RowSet<Row>> rows =
                pool.preparedQuery(ADD).execute(Tuple.of(accountId, userId, tokenHash, validFor.toMillis()));
        return rows.map(
                found -> found.size() == 0 ? null : found.iterator().next().getOffsetDateTime("expires_at"));
    }

    Future<Void> revokeAll(long accountId, String userId) {
        return pool.preparedQuery(REVOKE).execute(Tuple.of(accountId, userId)).mapEmpty();
    }

    /** Null when there is none that is good. */
    Future<@Nullable Owner> find(Buffer tokenHash) {
        Future<RowSet<Row>> rows = pool.preparedQuery(FIND).execute(Tuple.of(tokenHash));
        return rows.map(found -> {
            if (found.size() == 0) {
                return null;
            }
            Row row = found.iterator().next();
            return new Owner(row.getLong("account_id"), row.getString("user_id"));
        });
    }
}
