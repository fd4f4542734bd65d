package io.heliograph.gateway.sos.matching;

import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.deciding.FactsStore;
import io.heliograph.gateway.notifications.deciding.FactsStore.UserKey;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import io.heliograph.gateway.outbox.AcceptStore;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.gateway.sos.donors.BloodGroup;
import io.heliograph.gateway.sos.matching.PlanAlerts.Alert;
import io.heliograph.gateway.sos.places.Cities;
import io.heliograph.gateway.sos.requests.RequestStatus.Action;
import io.heliograph.gateway.sos.requests.RequestStore;
import io.heliograph.gateway.sos.requests.SosRequest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The one transaction of a match: the request is locked, donors are found, asked, and noted as asked. */
final class MatchStore {
    /** Of those who get a message at once; a match that has found as many says that there may be more. */
    static final int DONORS_MAX = 20_000;
    /** Of one donor and request, the first among them. */
    private static final int ALERTS_MAX = 3;
    /** Whoever was asked a moment ago is left the time to answer: so a match that is repeated in haste asks nobody twice. */
    private static final int REALERT_MINUTES_MIN = 10;

    private static final Set<NotificationChannel> TOLD_BY = Set.of(NotificationChannel.SMS);

    // A number that two donors have is asked once.
    private static final String CANDIDATES = """
        SELECT DISTINCT ON (coalesce(u.phone, d.user_id)) d.user_id
        FROM donor d JOIN app_user u ON u.account_id = d.account_id AND u.id = d.user_id
        WHERE d.account_id = $1 AND d.city_key = ANY ($2) AND d.blood_group = ANY ($3) AND d.available AND d.user_id <> $4
          AND NOT EXISTS (SELECT FROM sos_response r WHERE r.request_id = $5 AND r.donor_id = d.user_id)
          AND NOT EXISTS (SELECT FROM sos_response r WHERE r.account_id = $1 AND r.phone = u.phone AND r.request_id = $5)
        ORDER BY coalesce(u.phone, d.user_id), d.user_id LIMIT $6""";

    private static final String UNAVAILABLE = """
        SELECT count(*) AS donors FROM donor d
        WHERE d.account_id = $1 AND d.city_key = ANY ($2) AND d.blood_group = ANY ($3) AND NOT d.available AND d.user_id <> $4""";

    private static final String ASKED = "SELECT count(*) AS donors FROM sos_response WHERE request_id = $1";

    // What has not left yet is not followed by another, and whoever has stopped giving is not asked again.
    private static final String UNANSWERED = """
        SELECT r.donor_id, r.id FROM sos_response r
        JOIN donor d ON d.account_id = r.account_id AND d.user_id = r.donor_id AND d.available AND d.blood_group = ANY ($5)
        LEFT JOIN message m ON m.id = r.message_id
        WHERE r.request_id = $1 AND r.answer IS NULL AND r.alerts < $2 AND r.alerted_at < now() - $3::int * interval '1 minute'
          AND coalesce(message_is_settled(m.status), true)
        ORDER BY r.donor_id LIMIT $4""";

    // One more for the same donor fails, and with it the whole match: nobody is asked twice.
    private static final String NOTE = """
        INSERT INTO sos_response (id, account_id, request_id, donor_id, phone, message_id)
        SELECT a.id, $1::bigint, $2::uuid, a.donor, a.phone, a.message
        FROM unnest($3::uuid[], $4::text[], $5::text[], $6::uuid[]) AS a (id, donor, phone, message)""";

    private static final String NOTE_AGAIN = """
        UPDATE sos_response r SET message_id = a.message, phone = a.phone, alerts = r.alerts + 1, alerted_at = now(), over_at = NULL
        FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS a (id, phone, message)
        WHERE r.id = a.id""";

    private static final String MATCHED = "UPDATE sos_request SET matched_at = now(), updated_at = now() WHERE id = $1";

    private final Pool pool;
    private final Topics topics;
    private final ErasedPersons erased;
    private final Supplier<UUID> ids;

    MatchStore(Pool pool, Topics topics, ErasedPersons erased, Supplier<UUID> ids) {
        this.pool = pool;
        this.topics = topics;
        this.erased = erased;
        this.ids = ids;
    }

    /** Everything or nothing. Fails with the problem of a request that is none, or that is over. */
    <T> Future<T> match(UUID request, long accountId, BiFunction<SqlConnection, SosRequest, Future<T>> work) {
        return pool.withTransaction(connection -> RequestStore.hold(connection, request, accountId)
                .compose(held -> {
                    held.status().require(Action.MATCH);
                    return work.apply(connection, held)
                            .compose(done -> connection
                                    .preparedQuery(MATCHED)
                                    .execute(Tuple.of(request))
                                    .map(done));
                }));
    }

    /** Who may be asked, who matches but does not give now, and how many were asked before. */
    record Found(List<Candidate> candidates, int unavailable, int asked) {}

    /** {@code cityKeys} are those in which to look. */
    Future<Found> find(SqlClient client, SosRequest request, List<String> cityKeys, boolean realert) {
        return Cities.sameAs(client, request.accountId(), cityKeys).compose(keys -> {
            Tuple where = where(request, keys);
            Future<List<Candidate>> fresh = candidates(
                    client,
                    CANDIDATES,
                    where(request, keys).addUUID(request.id()).addInteger(DONORS_MAX));
            Future<List<Candidate>> again = realert
                    ? candidates(
                            client,
                            UNANSWERED,
                            Tuple.of(request.id(), (short) ALERTS_MAX, REALERT_MINUTES_MIN, DONORS_MAX)
                                    .addArrayOfString(groups(request)))
                    : Future.succeededFuture(List.of());
            Future<Integer> unavailable = count(client, UNAVAILABLE, where);
            Future<Integer> asked = count(client, ASKED, Tuple.of(request.id()));
            return Future.join(List.of(fresh, again, unavailable, asked))
                    .map(all -> new Found(
                            Stream.concat(fresh.result().stream(), again.result().stream())
                                    .toList(),
                            unavailable.result(),
                            asked.result()));
        });
    }

    private static Tuple where(SosRequest request, List<String> keys) {
        return Tuple.of(request.accountId(), keys.toArray(String[]::new), groups(request), request.patient());
    }

    private static String[] groups(SosRequest request) {
        return request.group().canGetFrom().stream().map(BloodGroup::word).toArray(String[]::new);
    }

    private static Future<List<Candidate>> candidates(SqlClient client, String statement, Tuple parameters) {
        Future<RowSet<Row>> rows = client.preparedQuery(statement).execute(parameters);
        return rows.map(found -> StreamSupport.stream(found.spliterator(), false)
                .map(row -> new Candidate(row.getString(0), row.size() == 1 ? null : row.getUUID(1)))
                .toList());
    }

    private static Future<Integer> count(SqlClient client, String statement, Tuple parameters) {
        return client.preparedQuery(statement)
                .execute(parameters)
                .map(rows -> rows.iterator().next().getInteger("donors"));
    }

    Future<Map<UserKey, UserFacts>> facts(SqlClient client, SosRequest request, List<Candidate> candidates) {
        Map<UserKey, Set<NotificationChannel>> asked = HashMap.newHashMap(candidates.size());
        candidates.forEach(candidate -> asked.put(new UserKey(request.accountId(), candidate.donor()), TOLD_BY));
        return new FactsStore(client).read(asked);
    }

    /** Answers those of them that were stored: the others have opted out of what the account sends. */
    Future<List<Alert>> store(SqlClient client, SosRequest request, List<Alert> alerts) {
        if (alerts.isEmpty()) {
            return Future.succeededFuture(alerts);
        }
        return AcceptStore.tell(client, alerts.stream().map(Alert::message).toList(), topics, erased)
                .compose(stored -> {
                    List<Alert> told = alerts.stream()
                            .filter(alert -> stored.containsKey(alert.message().id()))
                            .toList();
                    return note(client, request, told).map(told);
                });
    }

    private Future<Void> note(SqlClient client, SosRequest request, List<Alert> told) {
        List<Alert> first = told.stream()
                .filter(alert -> alert.candidate().response() == null)
                .toList();
        List<Alert> again = told.stream()
                .filter(alert -> alert.candidate().response() != null)
                .toList();
        Future<?> noted = first.isEmpty()
                ? Future.succeededFuture()
                : client.preparedQuery(NOTE)
                        .execute(Tuple.of(request.accountId(), request.id())
                                .addArrayOfUUID(column(first, UUID[]::new, _ -> ids.get()))
                                .addArrayOfString(column(
                                        first,
                                        String[]::new,
                                        alert -> alert.candidate().donor()))
                                .addArrayOfString(column(
                                        first,
                                        String[]::new,
                                        alert -> alert.message().recipient()))
                                .addArrayOfUUID(column(
                                        first,
                                        UUID[]::new,
                                        alert -> alert.message().id())));
        return noted.compose(_ -> again.isEmpty()
                ? Future.succeededFuture()
                : client.preparedQuery(NOTE_AGAIN)
                        .execute(Tuple.tuple()
                                .addArrayOfUUID(column(
                                        again,
                                        UUID[]::new,
                                        alert -> alert.candidate().response()))
                                .addArrayOfString(column(
                                        again,
                                        String[]::new,
                                        alert -> alert.message().recipient()))
                                .addArrayOfUUID(column(
                                        again,
                                        UUID[]::new,
                                        alert -> alert.message().id())))
                        .mapEmpty());
    }

    private static <T> T[] column(List<Alert> alerts, IntFunction<T[]> array, Function<Alert, @Nullable T> value) {
        return alerts.stream().map(value).toArray(array);
    }
}
