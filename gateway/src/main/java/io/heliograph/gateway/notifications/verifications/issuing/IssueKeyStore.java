package io.heliograph.gateway.notifications.verifications.issuing;

import io.heliograph.gateway.notifications.verifications.codes.Verification;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The idempotency keys of codes: many in one statement, in whatever transaction the client is in. */
final class IssueKeyStore {
    // Sorted, so that two gateways wait for each other in one direction. Of several in this statement under one key
    // the first gets it.
    private static final String CLAIM = """
        INSERT INTO idempotency (account_id, key, request_hash, message_id, created_at)
        SELECT account_id, key, request_hash, id, now()
        FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::uuid[]) WITH ORDINALITY AS k (account_id, key, request_hash, id, place)
        ORDER BY account_id, key, place
        ON CONFLICT DO NOTHING
        RETURNING message_id""";

    private static final String MOVE = """
        UPDATE idempotency i SET message_id = k.verification_id
        FROM unnest($1::bigint[], $2::text[], $3::uuid[]) AS k (account_id, key, verification_id)
        WHERE i.account_id = ANY ($1) AND i.key = ANY ($2) AND i.account_id = k.account_id AND i.key = k.key""";

    private static final String FREE = """
        DELETE FROM idempotency i USING unnest($1::bigint[], $2::text[]) AS k (account_id, key)
        WHERE i.account_id = ANY ($1) AND i.key = ANY ($2) AND i.account_id = k.account_id AND i.key = k.key""";

    private static final String FIRST = """
        SELECT i.request_hash, now() AS now, v.*
        FROM unnest($1::bigint[], $2::text[]) WITH ORDINALITY AS k (account_id, key, place)
        LEFT JOIN LATERAL (
          SELECT * FROM idempotency WHERE account_id = k.account_id AND key = k.key OFFSET 0
        ) i ON true
        LEFT JOIN LATERAL (
          SELECT * FROM verification WHERE id = i.message_id AND account_id = k.account_id OFFSET 0
        ) v ON true
        ORDER BY k.place""";

    /** A key, and the pending verification that it has come to stand for. */
    record Moved(Issue issue, UUID verification) {}

    private IssueKeyStore() {}

    /** Which of these got their keys, by the ids that they would have. */
    static Future<Set<UUID>> claim(SqlClient client, List<Issue> keyed) {
        if (keyed.isEmpty()) {
            return Future.succeededFuture(Set.of());
        }
        Tuple parameters = keys(keyed)
                .addArrayOfBuffer(
                        keyed.stream().map(issue -> key(issue).requestHash()).toArray(Buffer[]::new))
                .addArrayOfUUID(keyed.stream().map(Issue::id).toArray(UUID[]::new));
        return client.preparedQuery(CLAIM).execute(parameters).map(rows -> {
            Set<UUID> claimed = HashSet.newHashSet(rows.size());
            rows.forEach(row -> claimed.add(row.getUUID("message_id")));
            return claimed;
        });
    }

    static Future<Void> move(SqlClient client, List<Moved> moved) {
        return moved.isEmpty()
                ? Future.succeededFuture()
                : client.preparedQuery(MOVE)
                        .execute(keys(moved.stream().map(Moved::issue).toList())
                                .addArrayOfUUID(
                                        moved.stream().map(Moved::verification).toArray(UUID[]::new)))
                        .mapEmpty();
    }

    /** What is refused leaves its key free. */
    static Future<Void> free(SqlClient client, List<Issue> refused) {
        return refused.isEmpty()
                ? Future.succeededFuture()
                : client.preparedQuery(FREE).execute(keys(refused)).mapEmpty();
    }

    /** What stands behind keys that were taken, in the order of the issues. */
    static Future<List<Issued>> first(SqlClient client, List<Issue> taken) {
        if (taken.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return client.preparedQuery(FIRST).execute(keys(taken)).map(rows -> {
            List<Issued> first = new ArrayList<>(taken.size());
            rows.forEach(row -> first.add(first(row, taken.get(first.size()))));
            return first;
        });
    }

    private static Issued first(Row row, Issue issue) {
        Buffer hash = row.getBuffer("request_hash");
        if (hash == null) {
            return new Issued.KeyUnknown();
        }
        if (!hash.equals(key(issue).requestHash())) {
            return new Issued.KeyReused();
        }
        OffsetDateTime now = row.getOffsetDateTime("now");
        return row.getUUID("id") == null ? new Issued.KeyUnknown() : new Issued.Replayed(Verification.of(row), now);
    }

    private static Tuple keys(List<Issue> issues) {
        return Tuple.tuple()
                .addArrayOfLong(issues.stream().map(Issue::accountId).toArray(Long[]::new))
                .addArrayOfString(
                        issues.stream().map(issue -> key(issue).value()).toArray(String[]::new));
    }

    private static AcceptIntent.Key key(Issue issue) {
        return Objects.requireNonNull(issue.key());
    }
}
