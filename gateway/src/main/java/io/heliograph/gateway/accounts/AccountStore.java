package io.heliograph.gateway.accounts;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Accounts and the hashes of their API keys. */
final class AccountStore {
    /** More keys than this are a mistake somewhere; the newest win. */
    private static final int KEYS_MAX = 100_000;

    private static final String ALL_KEYS = """
        SELECT key_hash, account_id, scopes FROM api_key WHERE revoked_at IS NULL ORDER BY created_at DESC LIMIT $1""";

    private static final String ADD_ACCOUNT = """
        INSERT INTO account (name) VALUES ($1) ON CONFLICT ON CONSTRAINT account_name_is_unique DO NOTHING""";

    private static final String ADD_KEY = """
        INSERT INTO api_key (key_hash, account_id, scopes)
        SELECT $1, id, $2 FROM account WHERE name = $3
        ON CONFLICT (key_hash) DO UPDATE SET scopes = excluded.scopes, revoked_at = NULL""";

    private AccountStore() {}

    static Future<Map<Buffer, Caller>> allKeys(SqlClient client) {
        return client.preparedQuery(ALL_KEYS).execute(Tuple.of(KEYS_MAX)).map(rows -> {
            Map<Buffer, Caller> keys = HashMap.newHashMap(rows.size());
            rows.forEach(row -> keys.put(row.getBuffer("key_hash"), caller(row)));
            return Map.copyOf(keys);
        });
    }

    /** Makes the account if it is not there yet; a key that is there already gets these scopes. */
    static Future<Void> addKey(Pool pool, Buffer keyHash, String accountName, Set<Scope> scopes) {
        String[] words = scopes.stream().map(Scope::word).sorted().toArray(String[]::new);
        return pool.withTransaction(connection -> connection
                .preparedQuery(ADD_ACCOUNT)
                .execute(Tuple.of(accountName))
                .compose(added -> connection.preparedQuery(ADD_KEY).execute(Tuple.of(keyHash, words, accountName)))
                .mapEmpty());
    }

    private static Caller caller(Row row) {
        Set<Scope> scopes = Arrays.stream(row.getArrayOfStrings("scopes"))
                // What a newer program has granted is nothing here.
                .filter(Scope.WORDS::contains)
                .map(Scope::of)
                .collect(Collectors.toUnmodifiableSet());
        return new Caller(row.getLong("account_id"), scopes);
    }
}
