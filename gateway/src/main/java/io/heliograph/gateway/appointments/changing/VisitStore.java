package io.heliograph.gateway.appointments.changing;

import io.heliograph.gateway.appointments.changing.KeyStore.Keyed;
import io.heliograph.gateway.appointments.clinics.DoctorStore;
import io.heliograph.gateway.appointments.clinics.Place;
import io.heliograph.gateway.appointments.notices.NoticeStore;
import io.heliograph.gateway.appointments.notices.Occasion;
import io.heliograph.gateway.appointments.notices.WriteNotices;
import io.heliograph.gateway.appointments.schedules.Slot;
import io.heliograph.gateway.appointments.visits.Appointment;
import io.heliograph.gateway.appointments.visits.NoticeKind;
import io.heliograph.gateway.appointments.visits.Reminder;
import io.heliograph.gateway.notifications.deciding.FactsStore.UserKey;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.runtime.Failures;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes one visit: its row is locked, then it is read what holds now, then decided, then written. Whoever turns its reminders into messages
 * locks the same row, so that what is read after the lock is all that there is.
 */
public final class VisitStore {
    private static final int CONFLICT_RETRIES_MAX = 3;

    private static final String LOCK = """
        SELECT * FROM appointment WHERE account_id = $1 AND (id = $2 OR booking_id = $3) FOR UPDATE""";

    private final WriteNotices writeNotices;
    private final ChangeStore changes;

    public VisitStore(WriteNotices writeNotices, NoticeStore notices) {
        this.writeNotices = writeNotices;
        this.changes = new ChangeStore(notices);
    }

    /** In a transaction of its own; {@code keyId} is what the key would stand for. */
    public Future<Changed> change(Pool pool, Which which, Wish wish, AcceptIntent.@Nullable Key key, UUID keyId) {
        return change(pool, which, wish, key == null ? null : new Keyed(which.accountId(), key, keyId), 0);
    }

    private Future<Changed> change(Pool pool, Which which, Wish wish, @Nullable Keyed keyed, int conflicts) {
        return pool.withTransaction(connection ->
                        keyed == null ? change(connection, which, wish) : change(connection, which, wish, keyed))
                .recover(failure -> Failures.isConflict(failure) && conflicts < CONFLICT_RETRIES_MAX
                        ? change(pool, which, wish, keyed, conflicts + 1)
                        : Future.failedFuture(failure));
    }

    private Future<Changed> change(SqlClient client, Which which, Wish wish, Keyed keyed) {
        return KeyStore.claim(client, List.of(keyed))
                .compose(claimed -> claimed.isEmpty()
                        ? KeyStore.first(client, List.of(keyed)).map(first -> again(keyed, first.get(keyed.id())))
                        : change(client, which, wish)
                                .compose(changed -> changed instanceof Changed.Done
                                        ? Future.succeededFuture(changed)
                                        : KeyStore.free(client, List.of(keyed)).map(changed)));
    }

    private static Changed again(Keyed keyed, KeyStore.@Nullable First first) {
        return first != null && first.requestHash().equals(keyed.key().requestHash())
                ? new Changed.Replayed()
                : new Changed.KeyReused();
    }

    /** In the client's own transaction. */
    public Future<Changed> change(SqlClient client, Which which, Wish wish) {
        return client.preparedQuery(LOCK)
                .execute(Tuple.of(which.accountId(), which.id(), which.bookingId()))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(new Changed.NotFound())
                        : change(client, Appointment.of(rows.iterator().next()), wish));
    }

    private Future<Changed> change(SqlClient client, Appointment visit, Wish wish) {
        return DoctorStore.ofVisit(client, visit.doctorNo()).compose(place -> switch (Rules.on(visit, place, wish)) {
            case Rules.Ruling.No(Changed why) -> Future.succeededFuture(why);
            case Rules.Ruling.Yes yes ->
                user(client, visit).compose(user -> write(client, change(visit, place, wish, yes, user), place));
        });
    }

    private Future<Changed> write(SqlClient client, Change change, Place place) {
        return changes.change(client, change)
                .map(done -> done
                        ? new Changed.Done(change.after(), place)
                        : new Changed.SlotTaken(place, change.after().slot().startsAt()));
    }

    private Change change(Appointment visit, Place place, Wish wish, Rules.Ruling.Yes yes, @Nullable UserFacts user) {
        Appointment after = visit.next(yes.to(), yes.at(), wish.now());
        Slot before = visit.slot().equals(yes.at()) ? null : visit.slot();
        NoticeKind kind = NoticeKind.of(visit.status(), yes.to());
        return new Change(
                visit,
                after,
                wish.by(),
                wish.now(),
                writeNotices.of(new Occasion(kind, before, after, place, user, wish.now())),
                Reminder.of(after, wish.now().toInstant(), place.clinic().followUp()));
    }

    private static Future<@Nullable UserFacts> user(SqlClient client, Appointment visit) {
        String id = visit.patient().userId();
        if (id == null) {
            return Future.succeededFuture(null);
        }
        UserKey key = new UserKey(visit.accountId(), id);
        Future<Map<UserKey, UserFacts>> facts = KnownStore.users(client, Set.of(key));
        return facts.map(found -> found.get(key));
    }
}
