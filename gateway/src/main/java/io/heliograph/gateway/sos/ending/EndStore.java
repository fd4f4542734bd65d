package io.heliograph.gateway.sos.ending;

import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.deciding.FactsStore;
import io.heliograph.gateway.notifications.deciding.FactsStore.UserKey;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import io.heliograph.gateway.outbox.AcceptStore;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.gateway.sos.requests.SosRequest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Winds up requests that are over, some donors at a time, each time in one transaction; by any gateway. */
final class EndStore {
    private static final int DONORS_AT_ONCE_MAX = 500;
    private static final int REQUESTS_AT_ONCE_MAX = 100;
    private static final Set<NotificationChannel> TOLD_BY = Set.of(NotificationChannel.SMS);

    private static final String TAKE = """
        SELECT * FROM sos_request WHERE winding AND id > $1 ORDER BY id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED""";

    // Nobody can answer one any more, whatever becomes of it: its day is over.
    private static final String CLOSE_EXPIRED = """
        WITH expired AS MATERIALIZED (
          SELECT id FROM sos_request WHERE status = 'open' AND token_expires_at <= $1
          ORDER BY token_expires_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED
        )
        UPDATE sos_request q SET status = 'closed', ended_at = $1, winding = true, updated_at = now()
        FROM expired e WHERE q.id = e.id""";

    // The latest first: of them the most have not left. What a worker has claimed goes its way; whether it did, the
    // claim decides. Whoever has got an alert by SMS or by what followed it, or may have, is told; whoever is about to
    // help is not, unless the account has closed the request, and of one that has expired nobody is who never answered.
    private static final String WIND_UP = """
        WITH part AS MATERIALIZED (
          SELECT r.id, r.donor_id, r.message_id, r.answer, r.shared FROM sos_response r
          WHERE r.request_id = $1 AND r.over_at IS NULL ORDER BY r.id DESC LIMIT $2 FOR NO KEY UPDATE
        ), line AS MATERIALIZED (
          SELECT p.id AS response, p.message_id AS id FROM part p
          UNION
          SELECT p.id, f.id FROM part p JOIN message m ON m.id = p.message_id
          CROSS JOIN LATERAL messages_that_followed(m.id, m.created_at) AS f (id)
          WHERE m.fallback IS NOT NULL AND m.status IN ('failed', 'undelivered', 'expired')
        ), held AS MATERIALIZED (
          SELECT m.id, message_may_move(m.status, 'canceled') AS waits,
                 m.status IN ('sending', 'unknown', 'sent', 'delivered', 'read') AS has_left
          FROM message m WHERE m.id IN (SELECT id FROM line) ORDER BY m.id FOR NO KEY UPDATE
        ), canceled AS (
          UPDATE message m SET status = 'canceled', reason = 'canceled_by_account', settled_at = now(), fallback = NULL
          FROM held h WHERE m.id = h.id AND h.waits
          RETURNING m.id
        ), kept AS (
          DELETE FROM outbox o USING canceled c WHERE o.message_id = c.id
        ), done AS (
          UPDATE sos_response r SET over_at = now() FROM part p WHERE r.id = p.id
        )
        SELECT p.donor_id, array_agg(l.id) AS messages,
               bool_or(coalesce(h.has_left, false)) AND p.answer IS DISTINCT FROM 'no' AND CASE $3
                 WHEN 'fulfilled' THEN NOT p.shared
                 WHEN 'expired' THEN NOT p.shared AND p.answer IS NOT DISTINCT FROM 'yes'
                 ELSE true END AS is_told
        FROM part p JOIN line l ON l.response = p.id LEFT JOIN held h ON h.id = l.id
        GROUP BY p.id, p.donor_id, p.answer, p.shared""";

    // What a provider puts off or loses is not tried again, and nothing follows it. By itself, so that it sees what was
    // claimed, and what came after it, while the messages were waited for.
    private static final String NOT_AGAIN = """
        WITH line AS MATERIALIZED (
          SELECT a.id FROM unnest($1::uuid[]) AS a (id)
          UNION
          SELECT f.id FROM unnest($1::uuid[]) AS a (id) JOIN message m ON m.id = a.id
          CROSS JOIN LATERAL messages_that_followed(m.id, m.created_at) AS f (id)
          WHERE m.fallback IS NOT NULL AND m.status IN ('failed', 'undelivered', 'expired')
        )
        UPDATE message m
        SET fallback = NULL,
            expires_at = CASE WHEN message_is_settled(m.status) THEN m.expires_at ELSE least(m.expires_at, now()) END
        FROM line l
        WHERE m.id = l.id AND (m.fallback IS NOT NULL OR NOT message_is_settled(m.status))""";

    private static final String WOUND_UP = "UPDATE sos_request SET winding = false WHERE id = $1";

    private final Pool pool;
    private final Topics topics;
    private final ErasedPersons erased;

    EndStore(Pool pool, Topics topics, ErasedPersons erased) {
        this.pool = pool;
        this.topics = topics;
        this.erased = erased;
    }

    /** The next one; null where there is none after that. {@code work} is done in the transaction that holds it. */
    Future<@Nullable UUID> take(UUID after, BiFunction<SqlConnection, SosRequest, Future<Void>> work) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(TAKE)
                .execute(Tuple.of(after))
                .compose(rows -> {
                    if (rows.size() == 0) {
                        return Future.succeededFuture(null);
                    }
                    SosRequest request = SosRequest.of(rows.iterator().next());
                    return work.apply(connection, request).map(request.id());
                }));
    }

    /** Those whose token has run out, some at a time. Answers how many. */
    Future<Integer> closeExpired(OffsetDateTime now) {
        return pool.preparedQuery(CLOSE_EXPIRED)
                .execute(Tuple.of(now, REQUESTS_AT_ONCE_MAX))
                .map(RowSet::rowCount);
    }

    /** Takes back what has not left, of some donors. Answers who is to be told; the last of them end it. */
    Future<List<String>> windUp(SqlClient client, SosRequest request, HowEnded how) {
        Future<RowSet<Row>> rows =
                client.preparedQuery(WIND_UP).execute(Tuple.of(request.id(), DONORS_AT_ONCE_MAX, how.word()));
        return rows.compose(found -> {
            List<Row> donors = StreamSupport.stream(found.spliterator(), false).toList();
            return notAgain(client, donors)
                    .compose(_ -> donors.size() < DONORS_AT_ONCE_MAX
                            ? client.preparedQuery(WOUND_UP)
                                    .execute(Tuple.of(request.id()))
                                    .<Void>mapEmpty()
                            : Future.succeededFuture())
                    .map(_ -> donors.stream()
                            .filter(row -> row.getBoolean("is_told"))
                            .map(row -> row.getString("donor_id"))
                            .toList());
        });
    }

    private static Future<Void> notAgain(SqlClient client, List<Row> donors) {
        UUID[] messages = donors.stream()
                .flatMap(row -> Arrays.stream(row.getArrayOfUUIDs("messages")))
                .toArray(UUID[]::new);
        return messages.length == 0
                ? Future.succeededFuture()
                : client.preparedQuery(NOT_AGAIN)
                        .execute(Tuple.tuple().addArrayOfUUID(messages))
                        .mapEmpty();
    }

    Future<Map<UserKey, UserFacts>> facts(SqlClient client, SosRequest request, List<String> donors) {
        Map<UserKey, Set<NotificationChannel>> asked = HashMap.newHashMap(donors.size());
        donors.forEach(donor -> asked.put(new UserKey(request.accountId(), donor), TOLD_BY));
        return asked.isEmpty() ? Future.succeededFuture(Map.of()) : new FactsStore(client).read(asked);
    }

    Future<Void> tell(SqlClient client, List<NewMessage> messages) {
        return messages.isEmpty()
                ? Future.succeededFuture()
                : AcceptStore.tell(client, messages, topics, erased).mapEmpty();
    }
}
