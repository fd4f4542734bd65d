package io.heliograph.relay.care;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The statements that keep inboxes in bounds. None of them waits for anybody. */
final class InboxCareStore {
    private static final String PRUNE_ITEMS = """
        DELETE FROM inbox_item WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM inbox_item WHERE expires_at < now() ORDER BY expires_at LIMIT $1
          FOR UPDATE SKIP LOCKED))""";

    private static final String PRUNE_TOKENS = """
        DELETE FROM inbox_token WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM inbox_token WHERE expires_at < now() ORDER BY expires_at LIMIT $1
          FOR UPDATE SKIP LOCKED))""";

    // From inbox to inbox, each found by the first entry of the index behind the one before.
    private static final String TRIM = """
        WITH RECURSIVE inbox (account_id, user_id, n) AS (
          (SELECT account_id, user_id, 1 FROM inbox_item WHERE (account_id, user_id) > ($1, $2) ORDER BY account_id, user_id LIMIT 1)
          UNION ALL
          SELECT next.account_id, next.user_id, i.n + 1
          FROM inbox i, LATERAL (SELECT account_id, user_id FROM inbox_item
                                 WHERE (account_id, user_id) > (i.account_id, i.user_id) ORDER BY account_id, user_id LIMIT 1) next
          WHERE i.n < $3
        ), full_one AS (
          SELECT i.account_id, i.user_id, o.id AS oldest_kept
          FROM inbox i, LATERAL (SELECT id FROM inbox_item
                                 WHERE account_id = i.account_id AND user_id = i.user_id ORDER BY id DESC OFFSET $4 - 1 LIMIT 1) o
        ), trimmed AS (
          DELETE FROM inbox_item WHERE ctid = ANY (ARRAY(
            SELECT i.ctid FROM full_one f
            JOIN inbox_item i ON i.account_id = f.account_id AND i.user_id = f.user_id AND i.id < f.oldest_kept
            LIMIT $5
            FOR UPDATE OF i SKIP LOCKED))
          RETURNING 1
        )
        SELECT (SELECT count(*)::int FROM trimmed) AS items, last.n AS inboxes, last.account_id, last.user_id
        FROM (SELECT) AS always LEFT JOIN (SELECT * FROM inbox ORDER BY n DESC LIMIT 1) last ON true""";

    private static final long SECONDS_MAX = 25;

    /** How far the walk came. */
    record Place(long accountId, String userId) {
        static final Place START = new Place(Long.MIN_VALUE, "");
    }

    /** What was found between two places. */
    record Trimmed(int items, int inboxes, Place last) {}

    private final Pool pool;

    InboxCareStore(Pool pool) {
        this.pool = pool;
    }

    int pruneItems(int rowsMax) throws TimeoutException {
        return prune(PRUNE_ITEMS, rowsMax);
    }

    int pruneTokens(int rowsMax) throws TimeoutException {
        return prune(PRUNE_TOKENS, rowsMax);
    }

    private int prune(String statement, int rowsMax) throws TimeoutException {
        return pool.preparedQuery(statement)
                .execute(Tuple.of(rowsMax))
                .await(SECONDS_MAX, TimeUnit.SECONDS)
                .rowCount();
    }

    Trimmed trim(Place after, int inboxesMax, int itemsMax, int rowsMax) throws TimeoutException {
        return pool.preparedQuery(TRIM)
                .execute(Tuple.of(after.accountId(), after.userId(), inboxesMax, itemsMax, rowsMax))
                .map(rows -> trimmed(rows.iterator().next()))
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static Trimmed trimmed(Row row) {
        Integer inboxes = row.getInteger("inboxes");
        return inboxes == null
                ? new Trimmed(0, 0, Place.START)
                : new Trimmed(
                        row.getInteger("items"),
                        inboxes,
                        new Place(row.getLong("account_id"), row.getString("user_id")));
    }
}
