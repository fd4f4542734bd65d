package io.heliograph.gateway.webhooks;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.webhooks.EndpointFields.Change;
import io.heliograph.gateway.webhooks.EndpointFields.NewEndpoint;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * An account's endpoints. The row of its listening is locked first by all that makes or removes one, so that the last one removed and the
 * first one made know of each other.
 */
final class EndpointStore {
    static final int ENDPOINTS_MAX = 50;

    private static final String LISTEN = """
        SELECT listen_to_events($1, 'infinity')""";

    private static final String ADD = """
        INSERT INTO webhook_endpoint (id, account_id, url, description, event_types, channels, secret)
        SELECT $1, $2, $3, $4, $5, $6, $7
        WHERE (SELECT count(*) FROM webhook_endpoint WHERE account_id = $2 AND deleted_at IS NULL) < $8
        RETURNING *""";

    private static final String FIND = """
        SELECT *, previous_until > now() AS overlaps
        FROM webhook_endpoint WHERE id = $1 AND account_id = $2 AND deleted_at IS NULL""";

    private static final String LIST = """
        SELECT * FROM webhook_endpoint
        WHERE account_id = $1 AND deleted_at IS NULL AND id < $2
        ORDER BY id DESC
        LIMIT $3""";

    private static final String CHANGE = """
        UPDATE webhook_endpoint
        SET url = coalesce($3, url),
            description = CASE WHEN $4 THEN $5 ELSE description END,
            event_types = CASE WHEN $6 THEN $7 ELSE event_types END,
            channels = CASE WHEN $8 THEN $9 ELSE channels END
        WHERE id = $1 AND account_id = $2 AND deleted_at IS NULL
        RETURNING *""";

    private static final String LOCK_LISTENING = """
        SELECT FROM event_listening WHERE account_id = $1 FOR UPDATE""";

    /** Streams and lists may still want what happens in the next hours. What was on its way, the sender drops. */
    private static final String REMOVE = """
        WITH removed AS (
          UPDATE webhook_endpoint SET deleted_at = now()
          WHERE id = $1 AND account_id = $2 AND deleted_at IS NULL
          RETURNING id
        ), unheard AS (
          UPDATE event_listening SET until = now() + interval '1 day'
          WHERE account_id = $2
            AND NOT EXISTS (SELECT FROM webhook_endpoint WHERE account_id = $2 AND deleted_at IS NULL AND id <> $1)
        )
        SELECT id FROM removed""";

    private static final String ENABLE = """
        UPDATE webhook_endpoint SET disabled_at = NULL, disabled_reason = NULL, failing_since = NULL
        WHERE id = $1 AND account_id = $2 AND deleted_at IS NULL
        RETURNING *""";

    private static final String ROTATE = """
        UPDATE webhook_endpoint
        SET secret = $3,
            previous_secret = CASE WHEN $4::bigint > 0 THEN secret END,
            previous_until = CASE WHEN $4::bigint > 0 THEN now() + $4::bigint * interval '1 millisecond' END
        WHERE id = $1 AND account_id = $2 AND deleted_at IS NULL""";

    /** An endpoint, and whether an earlier request with the same key made it so. */
    record Kept(Row row, boolean replayed) {}

    private final Pool pool;

    EndpointStore(Pool pool) {
        this.pool = pool;
    }

    Future<Kept> add(UUID id, long accountId, NewEndpoint endpoint, Buffer secret, AcceptIntent.@Nullable Key key) {
        return pool.withTransaction(transaction -> transaction
                .preparedQuery(LISTEN)
                .execute(Tuple.of(accountId))
                .compose(locked -> KeyStore.take(transaction, accountId, key, id))
                .compose(first -> first == null
                        ? insert(transaction, id, accountId, endpoint, secret)
                        : find(transaction, first, accountId).map(row -> new Kept(row, true))));
    }

    private static Future<Kept> insert(
            SqlClient transaction, UUID id, long accountId, NewEndpoint endpoint, Buffer secret) {
        Tuple parameters = Tuple.of(id, accountId, endpoint.url(), endpoint.description())
                .addArrayOfString(array(endpoint.eventTypes()))
                .addArrayOfString(array(endpoint.channels()))
                .addBuffer(secret)
                .addInteger(ENDPOINTS_MAX);
        return transaction.preparedQuery(ADD).execute(parameters).map(rows -> {
            if (rows.rowCount() == 0) {
                throw Problem.of(
                                ProblemCode.TOO_MANY_ENDPOINTS,
                                "An account has at most " + ENDPOINTS_MAX
                                        + " endpoints. Delete one that is not needed.")
                        .exception();
            }
            return new Kept(rows.iterator().next(), false);
        });
    }

    /** Fails with the problem that there is none. */
    Future<Row> find(UUID id, long accountId) {
        return find(pool, id, accountId);
    }

    private static Future<Row> find(SqlClient client, UUID id, long accountId) {
        return client.preparedQuery(FIND).execute(Tuple.of(id, accountId)).map(EndpointStore::only);
    }

    /** Newest first. */
    Future<List<Row>> list(long accountId, UUID before, int limit) {
        return pool.preparedQuery(LIST)
                .execute(Tuple.of(accountId, before, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList());
    }

    Future<Row> change(UUID id, long accountId, Change change) {
        Tuple parameters = Tuple.of(id, accountId, change.url(), change.setsDescription(), change.description())
                .addBoolean(change.setsEventTypes())
                .addArrayOfString(array(change.eventTypes()))
                .addBoolean(change.setsChannels())
                .addArrayOfString(array(change.channels()));
        return pool.preparedQuery(CHANGE).execute(parameters).map(EndpointStore::only);
    }

    Future<Row> remove(UUID id, long accountId) {
        return pool.withTransaction(transaction -> transaction
                .preparedQuery(LOCK_LISTENING)
                .execute(Tuple.of(accountId))
                .compose(locked -> transaction
                        .preparedQuery(REMOVE)
                        .execute(Tuple.of(id, accountId))
                        .map(EndpointStore::only)));
    }

    Future<Row> enable(UUID id, long accountId) {
        return pool.preparedQuery(ENABLE).execute(Tuple.of(id, accountId)).map(EndpointStore::only);
    }

    Future<Kept> rotate(UUID id, long accountId, Buffer secret, Duration overlap, AcceptIntent.@Nullable Key key) {
        return pool.withTransaction(transaction -> find(transaction, id, accountId)
                .compose(row -> KeyStore.take(transaction, accountId, key, id))
                .compose(first -> first != null
                        ? Future.succeededFuture(true)
                        : transaction
                                .preparedQuery(ROTATE)
                                .execute(Tuple.of(id, accountId, secret, overlap.toMillis()))
                                .map(false))
                .compose(replayed -> find(transaction, id, accountId).map(row -> new Kept(row, replayed))));
    }

    private static String @Nullable [] array(@Nullable List<String> words) {
        return words == null ? null : words.toArray(String[]::new);
    }

    private static Row only(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw EndpointPath.none().exception();
        }
        return rows.iterator().next();
    }
}
