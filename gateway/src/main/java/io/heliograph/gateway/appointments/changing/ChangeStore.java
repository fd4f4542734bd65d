package io.heliograph.gateway.appointments.changing;

import io.heliograph.gateway.appointments.notices.NoticeStore;
import io.heliograph.gateway.appointments.visits.Appointment;
import io.heliograph.gateway.appointments.visits.NoticeKind;
import io.heliograph.gateway.appointments.visits.Reminder;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes of visits: the one place that does. A change is its row, its notices with their messages, its history and its reminders,
 * in the transaction that the client is in.
 */
final class ChangeStore {
    private static final String MOVE = "SELECT move_appointment($1, $2, $3, $4, $5, $6)";

    // What was to be told of the visit as it was: after an outage nobody hears that it is cancelled, and then that
    // it is confirmed. What is a message already, and is claimed by no worker, is taken back; what is claimed has been
    // told: the claim decides.
    private static final String RECALL = """
        WITH told AS MATERIALIZED (
          SELECT id, kind FROM appointment_notice
          WHERE appointment_id = $1 AND reason IS NULL AND revision < $2
        ), held AS MATERIALIZED (
          SELECT m.id FROM told t JOIN message m ON m.id = t.id ORDER BY m.id FOR NO KEY UPDATE OF m
        ), canceled AS (
          UPDATE message m SET status = 'canceled', reason = 'superseded', settled_at = now()
          FROM held h WHERE m.id = h.id AND message_may_move(m.status, 'canceled')
          RETURNING m.id
        ), kept AS (
          DELETE FROM outbox o USING canceled c WHERE o.message_id = c.id
        ), forgotten AS (
          DELETE FROM appointment_reminder WHERE appointment_id = $1
        )
        SELECT DISTINCT t.kind FROM told t JOIN message m ON m.id = t.id
        WHERE m.status <> 'canceled' AND t.id NOT IN (SELECT id FROM canceled)""";

    // The provider may put off what a worker has in hand: then it stays unsent. By itself, so that it sees what was
    // claimed while the messages were waited for.
    private static final String NOT_AGAIN = """
        UPDATE message m SET expires_at = least(m.expires_at, now())
        FROM appointment_notice n
        WHERE n.appointment_id = $1 AND n.reason IS NULL AND n.revision < $2
          AND m.id = n.id AND m.status IN ('sending', 'unknown')""";

    private static final String RECORD = """
        WITH planned AS (
          INSERT INTO appointment_reminder (appointment_id, kind, due_at)
          SELECT * FROM unnest($11::uuid[], $12::text[], $13::timestamptz[])
        )
        INSERT INTO appointment_history (appointment_id, revision, previous, changed_at, changed_by, from_status, from_starts_at,
                                         to_status, to_starts_at, notice_kind, notice_channel)
        SELECT appointment_id, revision, nullif(revision - 1, 0), changed_at, changed_by, from_status, from_starts_at, to_status,
               to_starts_at, notice_kind, notice_channel
        FROM unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::text[], $5::text[], $6::timestamptz[], $7::text[], $8::timestamptz[],
                    $9::text[], $10::text[])
          AS h (appointment_id, revision, changed_at, changed_by, from_status, from_starts_at, to_status, to_starts_at, notice_kind,
                notice_channel)""";

    private final NoticeStore notices;

    ChangeStore(NoticeStore notices) {
        this.notices = notices;
    }

    /** Of those whose place is free; answers which they are. */
    Future<Set<UUID>> book(SqlClient client, List<Change> bookings) {
        return bookings.isEmpty()
                ? Future.succeededFuture(Set.of())
                : TakeStore.take(client, bookings.stream().map(Change::after).toList())
                        .compose(won -> write(client, won, bookings).map(won));
    }

    private Future<Void> write(SqlClient client, Set<UUID> won, List<Change> bookings) {
        List<Change> booked = bookings.stream()
                .filter(booking -> won.contains(booking.after().id()))
                .toList();
        return booked.isEmpty()
                ? Future.succeededFuture()
                : notices.tell(client, booked.stream().map(Change::notices).toList())
                        .compose(_ -> record(client, booked));
    }

    /** False when somebody else has the new place; then nothing was changed. The visit is locked. */
    Future<Boolean> change(SqlClient client, Change change) {
        return move(client, change.after())
                .compose(moved -> moved
                        ? notices.tell(client, List.of(change.notices()))
                                .compose(_ -> recall(client, change))
                                .compose(left -> record(client, List.of(left)))
                                .map(true)
                        : Future.succeededFuture(false));
    }

    private static Future<Boolean> move(SqlClient client, Appointment after) {
        return client.preparedQuery(MOVE)
                .execute(Tuple.of(
                        after.id(),
                        after.status().word(),
                        after.revision(),
                        after.startsAt(),
                        after.endsAt(),
                        after.updatedAt()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Nobody is asked twice how it was. */
    private static Future<Change> recall(SqlClient client, Change change) {
        Tuple before = Tuple.of(change.after().id(), change.after().revision());
        return client.preparedQuery(RECALL)
                .execute(before)
                .map(rows -> {
                    Set<NoticeKind> told = EnumSet.noneOf(NoticeKind.class);
                    rows.forEach(row -> told.add(NoticeKind.of(row.getString("kind"))));
                    return told.contains(NoticeKind.FOLLOW_UP) ? change.without(NoticeKind.FOLLOW_UP) : change;
                })
                .compose(left -> client.preparedQuery(NOT_AGAIN).execute(before).map(left));
    }

    private static Future<Void> record(SqlClient client, List<Change> changes) {
        return client.preparedQuery(RECORD).execute(columns(changes)).mapEmpty();
    }

    private record Planned(UUID visit, Reminder reminder) {}

    private static Tuple columns(List<Change> changes) {
        List<Planned> planned = changes.stream()
                .flatMap(change -> change.reminders().stream()
                        .map(reminder -> new Planned(change.after().id(), reminder)))
                .toList();
        return Tuple.tuple()
                .addArrayOfUUID(
                        changes.stream().map(change -> change.after().id()).toArray(UUID[]::new))
                .addArrayOfInteger(changes.stream()
                        .map(change -> change.after().revision())
                        .toArray(Integer[]::new))
                .addArrayOfOffsetDateTime(changes.stream().map(Change::at).toArray(OffsetDateTime[]::new))
                .addArrayOfString(texts(changes, change -> change.by().word()))
                .addArrayOfString(texts(changes, ChangeStore::fromStatus))
                .addArrayOfOffsetDateTime(changes.stream()
                        .map(Change::before)
                        .map(before -> before == null ? null : before.startsAt())
                        .toArray(OffsetDateTime[]::new))
                .addArrayOfString(
                        texts(changes, change -> change.after().status().word()))
                .addArrayOfOffsetDateTime(changes.stream()
                        .map(change -> change.after().startsAt())
                        .toArray(OffsetDateTime[]::new))
                .addArrayOfString(
                        texts(changes, change -> change.notices().kind().word()))
                .addArrayOfString(texts(
                        changes,
                        change -> change.notices().each().getFirst().channel().word()))
                .addArrayOfUUID(planned.stream().map(Planned::visit).toArray(UUID[]::new))
                .addArrayOfString(texts(planned, one -> one.reminder().kind().word()))
                .addArrayOfOffsetDateTime(planned.stream()
                        .map(one -> one.reminder().dueAt().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new));
    }

    private static @Nullable String fromStatus(Change change) {
        return change.before() == null
                ? null
                : Objects.requireNonNull(change.before()).status().word();
    }

    private static <T> String[] texts(List<T> items, Function<T, @Nullable String> text) {
        return items.stream().map(text).toArray(String[]::new);
    }
}
