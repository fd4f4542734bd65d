package io.heliograph.gateway.notifications.consents;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The records of users' consent. The table's triggers number and chain them, and keep what is in force. */
final class ConsentStore {
    private static final String ADDRESSES = """
        SELECT phone, email FROM app_user WHERE account_id = $1 AND id = $2 FOR KEY SHARE""";

    // Whoever was erased and says yes anew is a person again who may be written to.
    private static final String RECORD = """
        WITH back AS (
          DELETE FROM erased_person WHERE account_id = $1 AND hash = ANY ($11::text[])
        )
        INSERT INTO consent (account_id, user_id, channel, purpose, change, recorded_by, source, ip, user_agent, text_version, occurred_at)
        VALUES ($1, $2, $3, $4, $5, 'account', $6, $7, $8, $9, $10)
        RETURNING *""";

    private static final String LIST = """
        SELECT * FROM consent WHERE account_id = $1 AND user_id = $2 AND n < $3 ORDER BY n DESC LIMIT $4""";

    private static final String CURRENT = """
        SELECT * FROM consent_state WHERE account_id = $1 AND user_id = $2 ORDER BY channel, purpose""";

    // The last record is the page's last row too, or comes after it.
    private static final String PROVE = """
        SELECT c.n, consent_text(c) AS text, encode(c.previous_hash, 'hex') AS previous_hash, encode(c.hash, 'hex') AS hash,
               last.n AS last_n, encode(last.hash, 'hex') AS last_hash
        FROM consent c
        CROSS JOIN (SELECT n, hash FROM consent WHERE account_id = $1 AND user_id = $2 ORDER BY n DESC LIMIT 1) last
        WHERE c.account_id = $1 AND c.user_id = $2 AND c.n >= $3 ORDER BY c.n LIMIT $4""";

    private final Pool pool;

    ConsentStore(Pool pool) {
        this.pool = pool;
    }

    /** Null when there is no such user. {@code hash} answers that of an address, or null. */
    Future<@Nullable Row> record(
            long accountId, String userId, Consent consent, Function<String, @Nullable String> hash) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(ADDRESSES)
                .execute(Tuple.of(accountId, userId))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(null)
                        : record(connection, accountId, userId, consent, back(rows, consent, hash))));
    }

    private static Future<@Nullable Row> record(
            SqlClient client, long accountId, String userId, Consent consent, String[] back) {
        Tuple parameters = Tuple.from(Arrays.asList(
                accountId,
                userId,
                consent.channel(),
                consent.purpose(),
                consent.change(),
                consent.source(),
                consent.ip(),
                consent.userAgent(),
                consent.textVersion(),
                consent.occurredAt(),
                back));
        return client.preparedQuery(RECORD)
                .execute(parameters)
                .map(rows -> rows.iterator().next());
    }

    private static String[] back(RowSet<Row> rows, Consent consent, Function<String, @Nullable String> hash) {
        Row user = rows.iterator().next();
        String address = consent.channel().equals("email") ? user.getString("email") : user.getString("phone");
        return Stream.ofNullable(address)
                .filter(known -> consent.isGrant())
                .map(hash)
                .filter(Objects::nonNull)
                .toArray(String[]::new);
    }

    /** The newest first; {@code before} is outside. */
    Future<List<Row>> list(long accountId, String userId, int before, int limit) {
        return rows(LIST, Tuple.of(accountId, userId, before, limit));
    }

    Future<List<Row>> current(long accountId, String userId) {
        return rows(CURRENT, Tuple.of(accountId, userId));
    }

    /** The oldest first; {@code from} is inside. */
    Future<List<Row>> prove(long accountId, String userId, int from, int limit) {
        return rows(PROVE, Tuple.of(accountId, userId, from, limit));
    }

    private Future<List<Row>> rows(String statement, Tuple parameters) {
        Future<RowSet<Row>> rows = pool.preparedQuery(statement).execute(parameters);
        return rows.map(
                found -> StreamSupport.stream(found.spliterator(), false).toList());
    }
}
