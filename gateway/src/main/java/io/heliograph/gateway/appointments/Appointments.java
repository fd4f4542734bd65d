package io.heliograph.gateway.appointments;

import io.heliograph.gateway.appointments.changing.BookStore;
import io.heliograph.gateway.appointments.changing.Booked;
import io.heliograph.gateway.appointments.changing.By;
import io.heliograph.gateway.appointments.changing.Changed;
import io.heliograph.gateway.appointments.changing.NewAppointment;
import io.heliograph.gateway.appointments.changing.VisitStore;
import io.heliograph.gateway.appointments.changing.Which;
import io.heliograph.gateway.appointments.changing.Wish;
import io.heliograph.gateway.appointments.clinics.Clinic;
import io.heliograph.gateway.appointments.clinics.ClinicStore;
import io.heliograph.gateway.appointments.clinics.DoctorStore;
import io.heliograph.gateway.appointments.clinics.Place;
import io.heliograph.gateway.appointments.schedules.Slot;
import io.heliograph.gateway.appointments.visits.Appointment;
import io.heliograph.gateway.appointments.visits.BookingId;
import io.heliograph.gateway.appointments.visits.Patient;
import io.heliograph.gateway.appointments.visits.Status;
import io.heliograph.gateway.appointments.visits.UpcomingStore;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Visits for others than our own API: everything happens in the transaction that the client is in, and a refusal leaves that transaction as
 * it was, fit for going on. Whoever changes a visit here is its patient.
 */
public final class Appointments {
    private final Catalog catalog;
    private final BookStore bookings;
    private final VisitStore visits;
    private final Origins origins;
    private final RandomGenerator random;

    Appointments(Catalog catalog, BookStore bookings, VisitStore visits, Origins origins, RandomGenerator random) {
        this.catalog = catalog;
        this.bookings = bookings;
        this.visits = visits;
        this.origins = origins;
        this.random = random;
    }

    /** Null where the account has said nothing of one; then it has no doctors either. */
    public Future<@Nullable Clinic> clinic(SqlClient client, long accountId) {
        return ClinicStore.find(client, accountId);
    }

    /**
     * Those with whom visits can be booked, in the order of their ids.
     *
     * @param specialisation in any letters; null: all
     */
    public Future<List<Place>> doctors(SqlClient client, long accountId, @Nullable String specialisation, int max) {
        return DoctorStore.list(client, accountId, "", specialisation, true, max);
    }

    /** Null where there is no such doctor, or none any more: see {@code active}. */
    public Future<@Nullable Place> doctor(SqlClient client, long accountId, String doctorId) {
        return DoctorStore.find(client, accountId, doctorId);
    }

    /** Where a visit is: the doctor, and the clinic. */
    public Future<Place> placeOf(SqlClient client, Appointment visit) {
        return DoctorStore.ofVisit(client, visit.doctorNo());
    }

    /** Those that begin between the two and that nobody has, at the most so many. None of them is in the past. */
    public Future<List<Slot>> freeSlots(SqlClient client, Place place, Instant from, Instant until, int max) {
        return DoctorStore.free(client, place, origins.clock().instant(), from, until, max);
    }

    /** The first of each day that has one, of so many days at the most; looked for in as few of them as are needed. */
    public Future<List<Slot>> firstFreeSlots(SqlClient client, Place place, Instant from, Instant until, int daysMax) {
        return DoctorStore.firstFree(client, place, origins.clock().instant(), from, until, daysMax);
    }

    /** {@code notify} says by what the patient is told of the visit; empty: as the clinic does. */
    public Future<Booked> book(
            SqlClient client,
            long accountId,
            String doctorId,
            Instant startsAt,
            Patient patient,
            List<NotificationChannel> notify,
            @Nullable String notes) {
        NewAppointment wanted = new NewAppointment(
                origins.ids().get(),
                accountId,
                BookingId.next(random),
                doctorId,
                startsAt,
                patient,
                notify,
                notes,
                By.PATIENT,
                now(),
                null);
        return catalog.ready(accountId).compose(_ -> bookings.book(client, wanted));
    }

    public Future<Changed> reschedule(SqlClient client, Appointment visit, Instant startsAt) {
        return change(client, visit, new Wish.Reschedule(startsAt, By.PATIENT, now()));
    }

    public Future<Changed> cancel(SqlClient client, Appointment visit) {
        return change(client, visit, new Wish.Set(Status.CANCELLED, By.PATIENT, now()));
    }

    /** The visits that whoever has this number still has before them, the next first. */
    public Future<List<Appointment>> upcoming(SqlClient client, long accountId, String phone, int max) {
        return UpcomingStore.find(client, accountId, phone, now(), max);
    }

    private Future<Changed> change(SqlClient client, Appointment visit, Wish wish) {
        Which which = new Which(visit.accountId(), visit.id(), null);
        return catalog.ready(visit.accountId()).compose(_ -> visits.change(client, which, wish));
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(origins.clock());
    }
}
