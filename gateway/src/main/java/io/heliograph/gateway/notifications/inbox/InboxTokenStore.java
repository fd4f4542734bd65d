package io.heliograph.gateway.notifications.inbox;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** The tokens of inboxes, by their hashes. */
final class InboxTokenStore {
    // Of those of a user the oldest beyond a hundred goes when a new one is made. What has expired, a relay takes away.
    private static final String ADD = """
        WITH old AS (
          DELETE FROM inbox_token WHERE token_hash = ANY (ARRAY(
            SELECT token_hash FROM inbox_token WHERE account_id = $1 AND user_id = $2 ORDER BY created_at DESC OFFSET 99))
        )
        INSERT INTO inbox_token (token_hash, account_id, user_id, expires_at)
        SELECT $3, account_id, id, now() + $4 * interval '1 millisecond' FROM app_user WHERE account_id = $1 AND id = $2
        RETURNING expires_at""";

    private static final String REVOKE = "DELETE FROM inbox_token WHERE account_id = $1 AND user_id = $2";

    private static final String FIND = """
        SELECT account_id, user_id FROM inbox_token WHERE token_hash = $1 AND expires_at > now()""";

    private final Pool pool;

    InboxTokenStore(Pool pool) {
        this.pool = pool;
    }

    /** When it expires; null when there is no such user. */
    Future<@Nullable OffsetDateTime> add(InboxOwner owner, Buffer tokenHash, Duration validFor) {
        Future<RowSet<Row>> rows = pool.preparedQuery(ADD)
                .execute(Tuple.of(owner.accountId(), owner.userId(), tokenHash, validFor.toMillis()));
        return rows.map(
                found -> found.size() == 0 ? null : found.iterator().next().getOffsetDateTime("expires_at"));
    }

    Future<Void> revokeAll(InboxOwner owner) {
        return pool.preparedQuery(REVOKE)
                .execute(Tuple.of(owner.accountId(), owner.userId()))
                .mapEmpty();
    }

    /** Null when there is none that is good. */
    Future<@Nullable InboxOwner> find(Buffer tokenHash) {
        Future<RowSet<Row>> rows = pool.preparedQuery(FIND).execute(Tuple.of(tokenHash));
        return rows.map(found -> {
            if (found.size() == 0) {
                return null;
            }
            Row row = found.iterator().next();
            return new InboxOwner(row.getLong("account_id"), row.getString("user_id"));
        });
    }
}
