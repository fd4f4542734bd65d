package io.heliograph.gateway.sos.requests;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.ClaimKeyStore;
import io.heliograph.gateway.sos.places.PlaceKey;
import io.heliograph.gateway.sos.requests.RequestFields.Wish;
import io.heliograph.gateway.sos.requests.RequestStatus.Action;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Requests, one by one. Whoever changes anything of one, its responses among them, locks it first. */
public final class RequestStore {
    private static final String PATIENT = "SELECT 1 FROM app_user WHERE account_id = $1 AND id = $2 FOR KEY SHARE";

    // Nothing comes back where the account has this token already.
    private static final String CREATE = """
        INSERT INTO sos_request (id, account_id, patient_id, blood_group, units, city, city_key, area, hospital, contact, priority, token,
                                 token_expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        ON CONFLICT (account_id, token) DO NOTHING
        RETURNING *""";

    private static final String HOLD = "SELECT * FROM sos_request WHERE id = $1 AND account_id = $2 FOR NO KEY UPDATE";

    private static final String HOLD_AT_ONCE = HOLD + " NOWAIT";

    private static final String FIND = "SELECT * FROM sos_request WHERE id = $1 AND account_id = $2";

    private static final String LIST = """
        SELECT * FROM sos_request
        WHERE account_id = $1 AND id < $2 AND ($3::text IS NULL OR status = $3) AND ($4::text IS NULL OR patient_id = $4)
        ORDER BY id DESC LIMIT $5""";

    private static final String ROTATE = """
        UPDATE sos_request SET token = $2, token_expires_at = $3, updated_at = now()
        WHERE id = $1 AND NOT EXISTS (
          SELECT FROM sos_request o JOIN sos_request mine ON mine.id = $1 AND o.account_id = mine.account_id WHERE o.token = $2)
        RETURNING *""";

    private static final String CLOSE = """
        UPDATE sos_request
        SET status = 'closed', ended_at = coalesce(ended_at, now()), winding = true, updated_at = now()
        WHERE id = $1
        RETURNING *""";

    // Of a message whose day is gone nobody knows any more whether it arrived. What followed one counts for it.
    private static final String STATISTICS = """
        SELECT count(r.id) AS alerted,
               count(*) FILTER (WHERE m.status IN ('delivered', 'read') OR m.status IN ('failed', 'undelivered', 'expired') AND EXISTS (
                 SELECT FROM message f WHERE f.fallback_of = m.id AND f.status IN ('delivered', 'read'))) AS delivered,
               count(r.answer) AS answered, count(*) FILTER (WHERE r.answer = 'yes') AS yes, count(*) FILTER (WHERE r.answer = 'no') AS no,
               count(*) FILTER (WHERE r.shared) AS shared,
               extract(epoch FROM min(r.first_yes_at) - q.created_at)::float8 AS first_yes_seconds
        FROM sos_request q LEFT JOIN sos_response r ON r.request_id = q.id LEFT JOIN message m ON m.id = r.message_id
        WHERE q.id = $1 GROUP BY q.created_at""";

    /** Of three million: that as many are taken at once does not happen. */
    private static final int TOKENS_TRIED_MAX = 10;

    /** A request, and whether it was made now or under the same key before. */
    record Created(Row row, boolean isNew) {}

    private final Pool pool;
    private final RandomGenerator random;

    RequestStore(Pool pool, RandomGenerator random) {
        this.pool = pool;
        this.random = random;
    }

    Future<Created> create(UUID id, long accountId, Wish wish, AcceptIntent.@Nullable Key key, OffsetDateTime now) {
        return pool.withTransaction(client -> ClaimKeyStore.claim(client, id, accountId, key)
                .compose(first -> first.equals(id)
                        ? make(client, id, accountId, wish, now).map(row -> new Created(row, true))
                        : find(client, first, accountId).map(row -> new Created(row, false))));
    }

    private Future<Row> make(SqlClient client, UUID id, long accountId, Wish wish, OffsetDateTime now) {
        return client.preparedQuery(PATIENT)
                .execute(Tuple.of(accountId, wish.patient()))
                .compose(patients -> {
                    if (patients.size() == 0) {
                        throw Problem.of(
                                        ProblemCode.UNKNOWN_USER,
                                        "The account has no user whose id is that of patient.")
                                .exception();
                    }
                    return withToken(
                            token -> rows(client, CREATE, columns(id, accountId, wish, token, now)), TOKENS_TRIED_MAX);
                });
    }

    private static Tuple columns(UUID id, long accountId, Wish wish, String token, OffsetDateTime now) {
        return Tuple.of(id, accountId, wish.patient(), wish.group().word(), (short) wish.units(), wish.city())
                .addString(PlaceKey.of(wish.city()))
                .addString(wish.area())
                .addString(wish.hospital())
                .addString(wish.contact())
                .addString(wish.urgency().word())
                .addString(token)
                .addOffsetDateTime(now.plus(wish.tokenValidFor()));
    }

    /** Something that answers nothing where the token is taken. */
    private interface Naming {
        Future<List<Row>> with(String token);
    }

    private Future<Row> withToken(Naming naming, int triesLeft) {
        return naming.with(ReplyToken.next(random)).compose(rows -> {
            if (rows.isEmpty() && triesLeft > 1) {
                return withToken(naming, triesLeft - 1);
            }
            return rows.isEmpty()
                    ? Future.failedFuture(
                            Problem.unavailable("No token is free.").exception())
                    : Future.succeededFuture(rows.getFirst());
        });
    }

    Future<Row> rotate(UUID id, long accountId, Duration validFor, OffsetDateTime now) {
        return pool.withTransaction(client -> hold(client, id, accountId).compose(request -> {
            request.status().require(Action.ROTATE_TOKEN);
            return withToken(token -> rows(client, ROTATE, Tuple.of(id, token, now.plus(validFor))), TOKENS_TRIED_MAX);
        }));
    }

    Future<Row> close(UUID id, long accountId) {
        return pool.withTransaction(client -> hold(client, id, accountId).compose(request -> {
            request.status().require(Action.CLOSE);
            return rows(client, CLOSE, Tuple.of(id)).map(List::getFirst);
        }));
    }

    /** Until the end of the transaction. Fails with the problem that there is none. */
    public static Future<SosRequest> hold(SqlClient client, UUID id, long accountId) {
        return one(client, HOLD, id, accountId).map(SosRequest::of);
    }

    /** Waits for nobody: fails with what PostgreSQL says where somebody else holds it. */
    public static Future<SosRequest> holdAtOnce(SqlClient client, UUID id, long accountId) {
        return one(client, HOLD_AT_ONCE, id, accountId).map(SosRequest::of);
    }

    /** Fails likewise when there is none. */
    public static Future<Row> find(SqlClient client, UUID id, long accountId) {
        return one(client, FIND, id, accountId);
    }

    Future<Row> find(UUID id, long accountId) {
        return find(pool, id, accountId);
    }

    Future<Row> statistics(UUID id) {
        return rows(pool, STATISTICS, Tuple.of(id)).map(List::getFirst);
    }

    /** The newest first; {@code before} is outside. */
    Future<List<Row>> list(long accountId, UUID before, @Nullable String status, @Nullable String patient, int limit) {
        return rows(pool, LIST, Tuple.of(accountId, before, status, patient, limit));
    }

    private static Future<Row> one(SqlClient client, String statement, UUID id, long accountId) {
        return rows(client, statement, Tuple.of(id, accountId)).map(rows -> {
            if (rows.isEmpty()) {
                throw SosRequest.none().exception();
            }
            return rows.getFirst();
        });
    }

    private static Future<List<Row>> rows(SqlClient client, String statement, Tuple parameters) {
        Future<RowSet<Row>> rows = client.preparedQuery(statement).execute(parameters);
        return rows.map(
                found -> StreamSupport.stream(found.spliterator(), false).toList());
    }
}
