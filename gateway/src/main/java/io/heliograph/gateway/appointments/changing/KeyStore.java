package io.heliograph.gateway.appointments.changing;

import io.heliograph.gateway.outbox.AcceptIntent;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The idempotency keys of bookings and changes: many in one statement, in whatever transaction the client is in. */
final class KeyStore {
    // Sorted, so that two gateways wait for each other in one direction. Of several in this statement under one key
    // the first gets it.
    private static final String CLAIM = """
        INSERT INTO idempotency (account_id, key, request_hash, message_id, created_at)
        SELECT account_id, key, request_hash, id, now()
        FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::uuid[]) WITH ORDINALITY AS k (account_id, key, request_hash, id, place)
        ORDER BY account_id, key, place
        ON CONFLICT DO NOTHING
        RETURNING message_id""";

    private static final String FREE = """
        DELETE FROM idempotency i USING unnest($1::bigint[], $2::text[]) AS k (account_id, key)
        WHERE i.account_id = ANY ($1) AND i.key = ANY ($2) AND i.account_id = k.account_id AND i.key = k.key""";

    private static final String FIRST = """
        SELECT k.place, i.request_hash, i.message_id
        FROM unnest($1::bigint[], $2::text[]) WITH ORDINALITY AS k (account_id, key, place)
        JOIN idempotency i ON i.account_id = k.account_id AND i.key = k.key""";

    /** A key, and what it would stand for. */
    record Keyed(long accountId, AcceptIntent.Key key, UUID id) {}

    /** What a key stands for that was taken. */
    record First(Buffer requestHash, UUID id) {}

    private KeyStore() {}

    /** Which of these got their keys, by their ids. */
    static Future<Set<UUID>> claim(SqlClient client, List<Keyed> keyed) {
        if (keyed.isEmpty()) {
            return Future.succeededFuture(Set.of());
        }
        Tuple parameters = keys(keyed)
                .addArrayOfBuffer(
                        keyed.stream().map(one -> one.key().requestHash()).toArray(Buffer[]::new))
                .addArrayOfUUID(keyed.stream().map(Keyed::id).toArray(UUID[]::new));
        return client.preparedQuery(CLAIM).execute(parameters).map(rows -> {
            Set<UUID> claimed = HashSet.newHashSet(rows.size());
            rows.forEach(row -> claimed.add(row.getUUID("message_id")));
            return claimed;
        });
    }

    /** What is refused leaves its key free. */
    static Future<Void> free(SqlClient client, List<Keyed> refused) {
        return refused.isEmpty()
                ? Future.succeededFuture()
                : client.preparedQuery(FREE).execute(keys(refused)).mapEmpty();
    }

    /** What stands behind keys that were taken, by the ids that wanted them. */
    static Future<Map<UUID, First>> first(SqlClient client, List<Keyed> taken) {
        if (taken.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return client.preparedQuery(FIRST).execute(keys(taken)).map(rows -> {
            Map<UUID, First> first = HashMap.newHashMap(rows.size());
            for (Row row : rows) {
                UUID id = row.getUUID("message_id");
                Buffer hash = row.getBuffer("request_hash");
                // Of a batch, which no visit is.
                UUID standsFor = id == null ? new UUID(0, 0) : id;
                first.put(taken.get(row.getLong("place").intValue() - 1).id(), new First(hash, standsFor));
            }
            return first;
        });
    }

    private static Tuple keys(List<Keyed> keyed) {
        List<Long> accounts = new ArrayList<>(keyed.size());
        List<String> values = new ArrayList<>(keyed.size());
        keyed.forEach(one -> {
            accounts.add(one.accountId());
            values.add(one.key().value());
        });
        return Tuple.tuple()
                .addArrayOfLong(accounts.toArray(Long[]::new))
                .addArrayOfString(values.toArray(String[]::new));
    }
}
