package io.heliograph.gateway.appointments.changing;

import io.heliograph.gateway.appointments.changing.KeyStore.First;
import io.heliograph.gateway.appointments.changing.KeyStore.Keyed;
import io.heliograph.gateway.appointments.clinics.Place;
import io.heliograph.gateway.appointments.notices.NoticeStore;
import io.heliograph.gateway.appointments.notices.Occasion;
import io.heliograph.gateway.appointments.notices.WriteNotices;
import io.heliograph.gateway.appointments.schedules.Slot;
import io.heliograph.gateway.appointments.visits.Appointment;
import io.heliograph.gateway.appointments.visits.NoticeKind;
import io.heliograph.gateway.appointments.visits.Reminder;
import io.heliograph.gateway.appointments.visits.Status;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Books a group of visits in one transaction: keys, places, messages with their promises, notices, history, reminders. Who comes second to a
 * place is refused, and nothing of theirs is stored. Keys are locked first.
 */
public final class BookStore {
    private final WriteNotices writeNotices;
    private final ChangeStore changes;

    public BookStore(WriteNotices writeNotices, NoticeStore notices) {
        this.writeNotices = writeNotices;
        this.changes = new ChangeStore(notices);
    }

    /** One answer for each, in their order. Everything is stored, or the Future fails and nothing is. */
    public Future<List<Booked>> commit(Pool pool, List<NewAppointment> wanted) {
        return KnownStore.read(pool, wanted)
                .compose(known -> pool.withTransaction(connection -> commit(connection, wanted, known)));
    }

    /** In the client's own transaction, without a key. */
    public Future<Booked> book(SqlClient client, NewAppointment wanted) {
        return KnownStore.read(client, List.of(wanted))
                .compose(known -> bookNew(client, List.of(wanted), known))
                .map(answers -> answers.getOrDefault(wanted.id(), new Booked.KeyUnknown()));
    }

    private Future<List<Booked>> commit(SqlClient client, List<NewAppointment> wanted, Known known) {
        List<Keyed> keyed = wanted.stream().flatMap(BookStore::keyed).toList();
        return KeyStore.claim(client, keyed)
                .compose(claimed -> {
                    List<NewAppointment> news = wanted.stream()
                            .filter(one -> one.key() == null || claimed.contains(one.id()))
                            .toList();
                    List<Keyed> taken = keyed.stream()
                            .filter(one -> !claimed.contains(one.id()))
                            .toList();
                    return bookNew(client, news, known)
                            .compose(answers -> KeyStore.free(client, refused(news, answers))
                                    .compose(_ -> KeyStore.first(client, taken))
                                    .map(first -> {
                                        taken.forEach(one -> answers.put(one.id(), again(one, first)));
                                        return answers;
                                    }));
                })
                .map(answers -> wanted.stream()
                        .map(one -> answers.getOrDefault(one.id(), new Booked.KeyUnknown()))
                        .toList());
    }

    private Future<Map<UUID, Booked>> bookNew(SqlClient client, List<NewAppointment> wanted, Known known) {
        Map<UUID, Booked> answers = HashMap.newHashMap(wanted.size());
        Map<UUID, Booked.Done> hoped = HashMap.newHashMap(wanted.size());
        List<Change> bookings = new ArrayList<>(wanted.size());
        for (NewAppointment one : wanted) {
            Place place = known.place(one);
            Booked refusal = refusal(one, place, known);
            if (place == null || refusal != null) {
                answers.put(one.id(), refusal == null ? new Booked.UnknownDoctor() : refusal);
            } else {
                Change booking = booking(one, place, known);
                bookings.add(booking);
                hoped.put(one.id(), new Booked.Done(booking.after(), place));
            }
        }
        return changes.book(client, bookings).map(won -> {
            hoped.forEach((id, done) -> answers.put(id, won.contains(id) ? done : taken(done)));
            return answers;
        });
    }

    private static Booked taken(Booked.Done hoped) {
        return new Booked.SlotTaken(hoped.place(), hoped.appointment().slot().startsAt());
    }

    private static @Nullable Booked refusal(NewAppointment wanted, @Nullable Place place, Known known) {
        Booked refusal = Rules.refusal(wanted, place);
        return refusal == null && wanted.patient().userId() != null && known.user(wanted) == null
                ? new Booked.UnknownUser()
                : refusal;
    }

    private Change booking(NewAppointment wanted, Place place, Known known) {
        Appointment visit = new Appointment(
                wanted.id(),
                wanted.accountId(),
                wanted.bookingId(),
                place.doctor().no(),
                Status.BOOKED,
                1,
                new Slot(
                        wanted.startsAt(), wanted.startsAt().plus(place.doctor().slot())),
                wanted.patient(),
                ToldBy.channels(wanted, place.clinic(), known.user(wanted)),
                wanted.notes(),
                wanted.now(),
                wanted.now());
        Occasion occasion = new Occasion(NoticeKind.CONFIRMED, null, visit, place, known.user(wanted), wanted.now());
        return new Change(
                null,
                visit,
                wanted.by(),
                wanted.now(),
                writeNotices.of(occasion),
                Reminder.of(visit, wanted.now().toInstant(), place.clinic().followUp()));
    }

    private static List<Keyed> refused(List<NewAppointment> wanted, Map<UUID, Booked> answers) {
        return wanted.stream()
                .filter(one -> !(answers.get(one.id()) instanceof Booked.Done))
                .flatMap(BookStore::keyed)
                .toList();
    }

    private static Booked again(Keyed taken, Map<UUID, First> first) {
        First before = first.get(taken.id());
        if (before == null) {
            return new Booked.KeyUnknown();
        }
        return before.requestHash().equals(taken.key().requestHash())
                ? new Booked.Replayed(before.id())
                : new Booked.KeyReused();
    }

    private static Stream<Keyed> keyed(NewAppointment wanted) {
        return wanted.key() == null
                ? Stream.empty()
                : Stream.of(new Keyed(wanted.accountId(), wanted.key(), wanted.id()));
    }
}
