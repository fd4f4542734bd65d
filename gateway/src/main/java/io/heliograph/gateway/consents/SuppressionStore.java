package io.heliograph.gateway.consents;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Suppressions of one account. The trail and the events are written by the table's triggers, for each change that is one. */
final class SuppressionStore {
    /** One that is in force already stays as it is. */
    private static final String ADD = """
        WITH added AS (
          INSERT INTO suppression AS s (account_id, channel, person, sender, changed_by, source, proof)
          VALUES ($1, $2, $3, $4, 'account', $5, $6)
          ON CONFLICT (account_id, channel, person, sender) DO UPDATE
          SET since = now(), lifted_at = NULL, changed_by = 'account', source = excluded.source, proof = excluded.proof,
              word = NULL, inbound_id = NULL, message_id = NULL
          WHERE s.lifted_at IS NOT NULL
          RETURNING s.*
        )
        SELECT *, true AS is_new FROM added
        UNION ALL
        SELECT *, false FROM suppression
        WHERE account_id = $1 AND channel = $2 AND person = $3 AND sender = $4 AND NOT EXISTS (SELECT FROM added)""";

    private static final String LIFT = """
        UPDATE suppression
        SET lifted_at = now(), changed_by = 'account', source = $3, proof = $4, word = NULL, inbound_id = NULL, message_id = NULL
        WHERE id = $1 AND account_id = $2 AND lifted_at IS NULL
        RETURNING *""";

    private static final String LIST = """
        SELECT * FROM suppression
        WHERE account_id = $1 AND id < $2 AND lifted_at IS NULL AND ($3::text IS NULL OR channel = $3)
          AND ($4::text IS NULL OR person = $4)
        ORDER BY id DESC LIMIT $5""";

    /** What a customer says about a person. */
    record Wish(String channel, String person, String sender, Told told) {}

    /** Where the customer has it from, and what proves it. */
    record Told(String source, @Nullable String proof) {}

    private final Pool pool;

    SuppressionStore(Pool pool) {
        this.pool = pool;
    }

    Future<Row> add(long accountId, Wish wish) {
        Tuple parameters = Tuple.of(
                accountId,
                wish.channel(),
                wish.person(),
                wish.sender(),
                wish.told().source(),
                wish.told().proof());
        return pool.preparedQuery(ADD)
                .execute(parameters)
                .map(rows -> rows.iterator().next());
    }

    /** Null when the account has none in force with this id. */
    Future<@Nullable Row> lift(long accountId, UUID id, Told told) {
        return pool.preparedQuery(LIFT)
                .execute(Tuple.of(id, accountId, told.source(), told.proof()))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next());
    }

    Future<List<Row>> list(long accountId, SuppressionFilter filter) {
        Tuple parameters = Tuple.of(accountId, filter.before(), filter.channel(), filter.person(), filter.limit());
        Future<RowSet<Row>> rows = pool.preparedQuery(LIST).execute(parameters);
        return rows.map(
                found -> StreamSupport.stream(found.spliterator(), false).toList());
    }
}
