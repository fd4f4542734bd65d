package io.heliograph.gateway.booking.symptoms;

import io.heliograph.gateway.booking.hearing.SymptomTable.Symptom;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Symptoms of one account, and those of everybody, which are account 0's. */
final class SymptomStore {
    private static final String LIST = """
        SELECT DISTINCT ON (word) word, specialisation, urgent, account_id <> 0 AS is_own
        FROM symptom WHERE account_id IN (0, $1)
        ORDER BY word, account_id DESC
        LIMIT 3000""";

    /** Nothing comes back when the account has as many as it may. */
    private static final String PUT = """
        INSERT INTO symptom AS s (account_id, word, specialisation, urgent)
        SELECT $1::bigint, $2::text, $3::text, $4::boolean
        WHERE (SELECT count(*) FROM symptom WHERE account_id = $1) < $5
           OR EXISTS (SELECT FROM symptom WHERE account_id = $1 AND word = $2)
        ON CONFLICT (account_id, word) DO UPDATE SET specialisation = excluded.specialisation, urgent = excluded.urgent
        RETURNING word, specialisation, urgent, true AS is_own""";

    private static final String REMOVE = "DELETE FROM symptom WHERE account_id = $1 AND word = $2";

    static final int OWN_MAX = 1_000;

    private final Pool pool;

    SymptomStore(Pool pool) {
        this.pool = pool;
    }

    Future<List<Row>> list(long accountId) {
        return pool.preparedQuery(LIST).execute(Tuple.of(accountId)).map(rows -> {
            List<Row> list = new ArrayList<>(rows.size());
            rows.forEach(list::add);
            return list;
        });
    }

    Future<List<Symptom>> symptoms(long accountId) {
        return list(accountId)
                .map(rows -> rows.stream()
                        .map(row -> Symptom.of(
                                row.getString("word"), row.getString("specialisation"), row.getBoolean("urgent")))
                        .toList());
    }

    /** Null when it may not be. */
    Future<@Nullable Row> put(long accountId, String word, @Nullable String specialisation, boolean urgent) {
        return pool.preparedQuery(PUT)
                .execute(Tuple.of(accountId, word, specialisation, urgent, OWN_MAX))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next());
    }

    /** Answers whether the account had it. */
    Future<Boolean> remove(long accountId, String word) {
        return pool.preparedQuery(REMOVE).execute(Tuple.of(accountId, word)).map(rows -> rows.rowCount() > 0);
    }
}
