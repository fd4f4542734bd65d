package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.notifications.posting.NotificationStore.KeyId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The keys of whole batches, in whatever transaction the client is in. */
final class BatchKeyStore {
    private static final String OPEN = """
        INSERT INTO idempotency (account_id, key, request_hash, created_at)
        SELECT account_id, key, request_hash, now()
        FROM unnest($1::bigint[], $2::text[], $3::bytea[]) AS b (account_id, key, request_hash)
        ORDER BY account_id, key
        ON CONFLICT DO NOTHING""";

    private static final String READ = """
        SELECT i.account_id, i.key, i.request_hash
        FROM unnest($1::bigint[], $2::text[]) AS b (account_id, key)
        JOIN idempotency i ON i.account_id = b.account_id AND i.key = b.key""";

    private BatchKeyStore() {}

    /** Takes the keys, and answers the events of those batches whose key stands for another request. */
    static Future<Set<UUID>> reused(SqlClient client, List<PostedEvents> batches) {
        List<PostedEvents> keyed =
                batches.stream().filter(batch -> batch.batchKey() != null).toList();
        if (keyed.isEmpty()) {
            return Future.succeededFuture(Set.of());
        }
        Long[] accounts = keyed.stream().map(PostedEvents::accountId).toArray(Long[]::new);
        String[] keys = keyed.stream().map(batch -> keyId(batch).key()).toArray(String[]::new);
        Buffer[] hashes = keyed.stream().map(BatchKeyStore::hash).toArray(Buffer[]::new);
        return client.preparedQuery(OPEN)
                .execute(Tuple.of(accounts, keys, (Object) hashes))
                .compose(done -> client.preparedQuery(READ).execute(Tuple.of(accounts, (Object) keys)))
                .map(rows -> {
                    Map<KeyId, Buffer> stored = HashMap.newHashMap(rows.size());
                    rows.forEach(row ->
                            stored.put(new KeyId(row.getLong(0), row.getString("key")), row.getBuffer("request_hash")));
                    Set<UUID> reused = new HashSet<>();
                    keyed.stream()
                            .filter(batch -> !hash(batch).equals(stored.get(keyId(batch))))
                            .forEach(batch -> batch.events().forEach(event -> reused.add(event.id())));
                    return reused;
                });
    }

    private static KeyId keyId(PostedEvents batch) {
        return new KeyId(
                batch.accountId(), Objects.requireNonNull(batch.batchKey()).value());
    }

    private static Buffer hash(PostedEvents batch) {
        return Objects.requireNonNull(batch.batchKey()).requestHash();
    }
}
