package io.heliograph.gateway.outbox;

import io.heliograph.gateway.http.Problem;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Idempotency keys of what an account makes one by one, in the transaction that makes it. */
public final class ClaimKeyStore {
    private static final String CLAIM = """
        INSERT INTO idempotency (account_id, key, request_hash, message_id, created_at) VALUES ($1, $2, $3, $4, now())
        ON CONFLICT DO NOTHING RETURNING message_id""";

    private static final String FIRST =
            "SELECT request_hash, message_id FROM idempotency WHERE account_id = $1 AND key = $2";

    private ClaimKeyStore() {}

    /** What the key stands for: this one, or the one that was made first. Fails with the problem of a key that stands for something else. */
    public static Future<UUID> claim(SqlClient client, UUID id, long accountId, AcceptIntent.@Nullable Key key) {
        if (key == null) {
            return Future.succeededFuture(id);
        }
        return client.preparedQuery(CLAIM)
                .execute(Tuple.of(accountId, key.value(), key.requestHash(), id))
                .compose(claimed -> claimed.size() > 0
                        ? Future.succeededFuture(id)
                        : client.preparedQuery(FIRST)
                                .execute(Tuple.of(accountId, key.value()))
                                .map(rows -> first(rows.iterator().next(), key)));
    }

    private static UUID first(Row row, AcceptIntent.Key key) {
        UUID id = row.getUUID("message_id");
        if (id == null || !key.requestHash().equals(row.getBuffer("request_hash"))) {
            throw Problem.keyReused().exception();
        }
        return id;
    }
}
