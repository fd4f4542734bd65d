package io.heliograph.gateway.sos.matching;

import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.deciding.FactsStore;
import io.heliograph.gateway.notifications.deciding.FactsStore.UserKey;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import io.heliograph.gateway.outbox.AcceptStore;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.gateway.sos.matching.PlanAlerts.Alert;
import io.heliograph.gateway.sos.requests.RequestStatus.Action;
import io.heliograph.gateway.sos.requests.RequestStore;
import io.heliograph.gateway.sos.requests.SosRequest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
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
import org.jspecify.annotations.Nullable;

/** The one transaction of a match: the request is locked, and whoever is asked is noted as asked. */
final class MatchStore {
    private static final Set<NotificationChannel> TOLD_BY = Set.of(NotificationChannel.SMS);

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
