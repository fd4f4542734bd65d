package io.heliograph.gateway.booking;

import io.heliograph.gateway.appointments.Appointments;
import io.heliograph.gateway.appointments.clinics.Place;
import io.heliograph.gateway.appointments.visits.Appointment;
import io.heliograph.gateway.booking.hearing.Said;
import io.heliograph.gateway.booking.hearing.SymptomTable;
import io.heliograph.gateway.booking.hearing.SymptomTable.Meaning;
import io.heliograph.gateway.booking.lines.BookingSettings;
import io.heliograph.gateway.booking.symptoms.Symptoms;
import io.heliograph.gateway.booking.talk.Clinic;
import io.heliograph.gateway.booking.talk.Doctor;
import io.heliograph.gateway.booking.talk.Heard;
import io.heliograph.gateway.booking.talk.Stage;
import io.heliograph.gateway.booking.talk.Visit;
import io.heliograph.gateway.booking.talk.World;
import io.heliograph.gateway.turns.Turn;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a conversation has to know, in the transaction of its turn. */
public final class Surroundings {
    private static final int DOCTORS_MAX = 100;
    private static final int VISITS_MAX = 9;
    /** Of whoever has not said which: that of the European Union, of India, and of every GSM telephone. */
    private static final String EMERGENCY_NUMBER_USUAL = "112";

    private final Appointments appointments;
    private final Symptoms symptoms;
    private final Clock clock;

    public Surroundings(Appointments appointments, Symptoms symptoms, Clock clock) {
        this.appointments = appointments;
        this.symptoms = symptoms;
        this.clock = clock;
    }

    /** What the database knows. What stands beside each other in it is asked for at once. */
    Future<Found> find(SqlClient client, Turn turn) {
        Future<List<Place>> places = appointments.doctors(client, turn.accountId(), null, DOCTORS_MAX);
        Future<List<Appointment>> visits = appointments.upcoming(client, turn.accountId(), turn.person(), VISITS_MAX);
        return Future.join(places, visits)
                .compose(_ -> clinic(client, turn.accountId(), places.result()))
                .map(clinic -> new Found(clinic, places.result(), visits.result()));
    }

    Future<Known> of(Asked asked, Found found) {
        return doctors(asked.turn().accountId(), found.places())
                .compose(doctors ->
                        meaning(asked, doctors).map(meaning -> known(asked, found, new Understood(doctors, meaning))));
    }

    /** Read by itself only where no doctor has brought it. */
    private Future<io.heliograph.gateway.appointments.clinics.@Nullable Clinic> clinic(
            SqlClient client, long accountId, List<Place> places) {
        return places.isEmpty()
                ? appointments.clinic(client, accountId)
                : Future.succeededFuture(places.getFirst().clinic());
    }

    /** By whom, what, and in answer to which question. */
    record Asked(Turn turn, Heard heard, Stage stage, BookingSettings settings) {}

    record Found(
            io.heliograph.gateway.appointments.clinics.@Nullable Clinic clinic,
            List<Place> places,
            List<Appointment> visits) {}

    private record Understood(List<Doctor> doctors, Meaning meaning) {}

    private Known known(Asked asked, Found found, Understood understood) {
        var clinic = found.clinic();
        ZoneId zone = clinic == null ? ZoneOffset.UTC : clinic.zone();
        World world = new World(
                new Clinic(
                        clinic == null ? null : clinic.name(),
                        clinic == null ? null : clinic.phone(),
                        clinic == null ? EMERGENCY_NUMBER_USUAL : clinic.emergencyNumber(),
                        asked.settings().daysAhead()),
                LocalDateTime.ofInstant(clock.instant(), zone),
                understood.doctors(),
                visits(found, zone),
                understood.meaning(),
                Map.of(),
                null);
        Map<String, Place> places = new LinkedHashMap<>();
        found.places().forEach(place -> places.put(place.doctor().id(), place));
        return new Known(asked.turn(), world, zone, places, found.visits());
    }

    private static List<Visit> visits(Found found, ZoneId zone) {
        return found.visits().stream().map(visit -> visit(visit, found, zone)).toList();
    }

    /** Of a doctor who sees nobody any more the clinic's name has to do. */
    private static Visit visit(Appointment visit, Found found, ZoneId zone) {
        Place place = found.places().stream()
                .filter(one -> one.doctor().no() == visit.doctorNo())
                .findFirst()
                .orElse(null);
        return new Visit(
                visit.bookingId(),
                place == null ? "" : place.doctor().id(),
                place == null ? nameOfClinic(found) : place.doctor().name(),
                LocalDateTime.ofInstant(visit.slot().startsAt(), zone));
    }

    private static String nameOfClinic(Found found) {
        return found.clinic() == null ? "" : found.clinic().name();
    }

    private Future<List<Doctor>> doctors(long accountId, List<Place> places) {
        Future<List<Doctor>> doctors = Future.succeededFuture(new ArrayList<>());
        for (Place place : places) {
            var doctor = place.doctor();
            doctors = doctors.compose(list -> symptoms.kind(accountId, doctor.specialisation())
                    .map(kind -> {
                        boolean _ = list.add(new Doctor(doctor.id(), doctor.name(), doctor.specialisation(), kind));
                        return list;
                    }));
        }
        return doctors;
    }

    /** Of a button nothing is to be understood; of a name nobody clever is asked. */
    private Future<Meaning> meaning(Asked asked, List<Doctor> doctors) {
        if (asked.heard().said().isWordless() || asked.heard().button() != null) {
            return Future.succeededFuture(SymptomTable.NOTHING);
        }
        List<String> kinds = asked.stage().hearsTroubles()
                ? doctors.stream().map(Doctor::kind).distinct().toList()
                : List.of();
        Said said = asked.heard().said();
        return symptoms.meaning(
                asked.turn().accountId(),
                new Symptoms.Told(said, kinds, asked.stage().forgives(said)));
    }
}
