package io.heliograph.gateway.webhooks;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes idempotency keys for what is made here, in its transaction: with what was not made, the key is free again. */
public final class KeyStore {
    private static final String TAKE = """
        INSERT INTO idempotency (account_id, key, request_hash, message_id, created_at) VALUES ($1, $2, $3, $4, now())
        ON CONFLICT DO NOTHING
        RETURNING key""";

    private static final String FIND = """
        SELECT request_hash, message_id FROM idempotency WHERE account_id = $1 AND key = $2""";

    private KeyStore() {}

    /**
     * Null when the key is taken now, or there is none; otherwise what the same request made first. Waits for a request with the same key
     * that is under way. Fails with the problem of a key that stands for another request.
     */
    public static Future<@Nullable UUID> take(
            SqlClient transaction, long accountId, AcceptIntent.@Nullable Key key, UUID made) {
        if (key == null) {
            return Future.succeededFuture();
        }
        return transaction
                .preparedQuery(TAKE)
                .execute(Tuple.of(accountId, key.value(), key.requestHash(), made))
                .compose(taken -> taken.rowCount() == 1
                        ? Future.succeededFuture()
                        : transaction
                                .preparedQuery(FIND)
                                .execute(Tuple.of(accountId, key.value()))
                                .map(rows -> first(rows.iterator().next(), key)));
    }

    private static UUID first(Row row, AcceptIntent.Key key) {
        UUID first = row.getUUID("message_id");
        if (first == null || !row.getBuffer("request_hash").equals(key.requestHash())) {
            throw Problem.keyReused().exception();
        }
        return first;
    }
}
