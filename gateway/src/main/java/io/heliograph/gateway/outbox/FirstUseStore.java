package io.heliograph.gateway.outbox;

import io.heliograph.gateway.outbox.FirstUses.FirstUse;
import io.heliograph.gateway.outbox.FirstUses.KeyId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Looks up what taken keys stand for, after the statement that found them taken has committed. */
final class FirstUseStore {
    private static final String FIND_KEYS = """
        SELECT i.account_id, i.key, i.request_hash, i.message_id
        FROM unnest($1::bigint[], $2::text[]) AS asked(account_id, key)
        JOIN idempotency i ON i.account_id = asked.account_id AND i.key = asked.key""";

    /** With the server's limit on the statement before, less than a group may take: its other requests wait for this. */
    private static final int FIND_MILLIS_MAX = 900;

    private FirstUseStore() {}

    /** Never fails: the keys' requests share a group with others, which are stored. */
    static Future<FirstUses> find(SqlClient client, List<KeyId> keys) {
        if (keys.isEmpty()) {
            return Future.succeededFuture(new FirstUses(Map.of(), null));
        }
        Tuple parameters = Tuple.tuple()
                .addArrayOfLong(keys.stream().map(KeyId::accountId).toArray(Long[]::new))
                .addArrayOfString(keys.stream().map(KeyId::key).toArray(String[]::new));
        return client.preparedQuery(FIND_KEYS)
                .execute(parameters)
                .timeout(FIND_MILLIS_MAX, TimeUnit.MILLISECONDS)
                .map(FirstUseStore::firstUses)
                .otherwise(failure -> new FirstUses(Map.of(), failure));
    }

    private static FirstUses firstUses(RowSet<Row> rows) {
        Map<KeyId, FirstUse> found = HashMap.newHashMap(rows.size());
        rows.forEach(row -> found.put(
                new KeyId(row.getLong("account_id"), row.getString("key")),
                new FirstUse(row.getBuffer("request_hash"), row.getUUID("message_id"))));
        return new FirstUses(found, null);
    }
}
