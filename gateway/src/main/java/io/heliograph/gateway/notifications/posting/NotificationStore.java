package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Notifications and their idempotency keys: many in one statement, in whatever transaction the client is in. */
final class NotificationStore {
    // In the order of the keys, so that two gateways that store the same keys wait for each other in one direction. Of
    // several in this statement under one key the first gets it.
    private static final String CLAIM_KEYS = """
        INSERT INTO idempotency (account_id, key, request_hash, message_id, created_at)
        SELECT account_id, key, request_hash, id, now()
        FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::uuid[]) WITH ORDINALITY AS k (account_id, key, request_hash, id, place)
        ORDER BY account_id, key, place
        ON CONFLICT DO NOTHING
        RETURNING message_id""";

    // What a key stands for that was taken: by an event, or by something else, which has no notification.
    private static final String FIRST = """
        SELECT k.account_id, k.key, i.request_hash, n.*
        FROM unnest($1::bigint[], $2::text[]) AS k (account_id, key)
        JOIN idempotency i ON i.account_id = k.account_id AND i.key = k.key
        LEFT JOIN notification n ON n.id = i.message_id""";

    /** What stands behind a key; {@code view} is empty where it is no event. */
    record First(Buffer requestHash, JsonObject view) {}

    /** Whose key. */
    record KeyId(long accountId, String key) {}

    private NotificationStore() {}

    /** Answers which of these events got their keys. */
    static Future<Set<UUID>> claimKeys(SqlClient client, List<PostedEvent> keyed) {
        if (keyed.isEmpty()) {
            return Future.succeededFuture(Set.of());
        }
        Tuple parameters = Tuple.of(
                accounts(keyed),
                keys(keyed),
                keyed.stream()
                        .map(event -> Objects.requireNonNull(event.key()).requestHash())
                        .toArray(Buffer[]::new),
                (Object) keyed.stream().map(PostedEvent::id).toArray(UUID[]::new));
        return client.preparedQuery(CLAIM_KEYS).execute(parameters).map(rows -> {
            Set<UUID> claimed = HashSet.newHashSet(rows.size());
            rows.forEach(row -> claimed.add(row.getUUID("message_id")));
            return claimed;
        });
    }

    static Future<Map<KeyId, First>> first(SqlClient client, List<PostedEvent> keyed) {
        if (keyed.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return client.preparedQuery(FIRST)
                .execute(Tuple.of(accounts(keyed), (Object) keys(keyed)))
                .map(rows -> {
                    Map<KeyId, First> first = HashMap.newHashMap(rows.size());
                    for (Row row : rows) {
                        first.put(
                                new KeyId(row.getLong(0), row.getString("key")),
                                new First(
                                        row.getBuffer("request_hash"),
                                        row.getUUID("id") == null ? new JsonObject() : NotificationView.of(row)));
                    }
                    return first;
                });
    }

    private static Long[] accounts(List<PostedEvent> events) {
        return events.stream().map(PostedEvent::accountId).toArray(Long[]::new);
    }

    private static String[] keys(List<PostedEvent> events) {
        return events.stream()
                .map(event -> Objects.requireNonNull(event.key()).value())
                .toArray(String[]::new);
    }
}
