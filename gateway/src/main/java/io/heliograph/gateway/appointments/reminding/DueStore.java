package io.heliograph.gateway.appointments.reminding;

import io.heliograph.gateway.appointments.clinics.Place;
import io.heliograph.gateway.appointments.visits.Appointment;
import io.heliograph.gateway.appointments.visits.NoticeKind;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.deciding.FactsStore;
import io.heliograph.gateway.notifications.deciding.FactsStore.UserKey;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Finds what is due to be told, and takes it out of the plan. */
final class DueStore {
    // Whoever changes a visit locks it too, and is not waited for: what they leave is due in the next round.
    private static final String LOCK = """
        SELECT a.id, a.account_id FROM appointment_reminder r JOIN appointment a ON a.id = r.appointment_id
        WHERE r.due_at <= $1 AND ($3::uuid IS NULL OR r.appointment_id = $3)
        ORDER BY r.due_at LIMIT $2 FOR UPDATE OF a SKIP LOCKED""";

    // Read after the lock, and so as the last change has left it.
    private static final String TAKE = """
        WITH due AS (
          DELETE FROM appointment_reminder WHERE appointment_id = ANY ($1) AND due_at <= $2 RETURNING appointment_id, kind
        )
        SELECT due.kind, a.*, p.* FROM due JOIN appointment a ON a.id = due.appointment_id JOIN place p USING (doctor_no)""";

    private static final String LIST =
            "SELECT DISTINCT appointment_id FROM (SELECT appointment_id FROM appointment_reminder WHERE due_at <= $1 ORDER BY due_at LIMIT $2) d";

    // For 1, 2, 4, 8, 16, 16, ... minutes.
    private static final String PUT_OFF = """
        UPDATE appointment_reminder
        SET due_at = $2::timestamptz + (1 << least(put_off, 4)) * interval '1 minute', put_off = least(put_off, 4) + 1
        WHERE appointment_id = ANY ($1) AND due_at <= $2""";

    /** A visit that is locked. */
    record Held(UUID id, long accountId) {}

    /** One thing to be told. */
    record Due(NoticeKind kind, Appointment visit, Place place) {}

    private final Pool pool;

    DueStore(Pool pool) {
        this.pool = pool;
    }

    /** In one transaction with what {@code tell} writes; it is told the client, and what is held. */
    Future<Round> inTransaction(
            OffsetDateTime now, int max, @Nullable UUID only, BiFunction<SqlClient, List<Held>, Future<Round>> tell) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(now, max, only))
                .compose(rows -> {
                    List<Held> held = new ArrayList<>(rows.size());
                    rows.forEach(row -> held.add(new Held(row.getUUID("id"), row.getLong("account_id"))));
                    return held.isEmpty() ? Future.succeededFuture(Round.NOTHING) : tell.apply(connection, held);
                }));
    }

    static Future<List<Due>> take(SqlClient client, List<Held> held, OffsetDateTime now) {
        return client.preparedQuery(TAKE).execute(Tuple.of(ids(held), now)).map(rows -> {
            List<Due> due = new ArrayList<>(rows.size());
            rows.forEach(
                    row -> due.add(new Due(NoticeKind.of(row.getString("kind")), Appointment.of(row), Place.of(row))));
            return due;
        });
    }

    static Future<Map<UserKey, UserFacts>> users(SqlClient client, List<Due> due) {
        Map<UserKey, Set<NotificationChannel>> asked = new HashMap<>();
        for (Due one : due) {
            String user = one.visit().patient().userId();
            if (user != null) {
                asked.put(new UserKey(one.visit().accountId(), user), Set.of());
            }
        }
        return asked.isEmpty() ? Future.succeededFuture(Map.of()) : new FactsStore(client).read(asked);
    }

    /** The visits of which something is due. */
    Future<List<UUID>> due(OffsetDateTime now, int max) {
        return pool.preparedQuery(LIST).execute(Tuple.of(now, max)).map(rows -> {
            List<UUID> due = new ArrayList<>(rows.size());
            rows.forEach(row -> due.add(row.getUUID("appointment_id")));
            return due;
        });
    }

    /** So that what follows is not behind it for ever. */
    Future<Void> putOff(UUID visit, OffsetDateTime now) {
        return pool.preparedQuery(PUT_OFF)
                .execute(Tuple.of(new UUID[] {visit}, now))
                .mapEmpty();
    }

    /** Visits that are locked. */
    static Future<Void> putOff(SqlClient client, List<Held> held, OffsetDateTime now) {
        return held.isEmpty()
                ? Future.succeededFuture()
                : client.preparedQuery(PUT_OFF)
                        .execute(Tuple.of(ids(held), now))
                        .mapEmpty();
    }

    private static UUID[] ids(List<Held> held) {
        return held.stream().map(Held::id).distinct().toArray(UUID[]::new);
    }
}
