package io.heliograph.gateway.booking.talk;

import io.heliograph.gateway.booking.hearing.SymptomTable.Meaning;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known at this moment.
 *
 * @param now by the clinic's clock
 * @param visits of this person, ahead, the next one first
 * @param meaning of what was said, to whoever knows symptoms
 * @param free times, of what was looked up
 * @param outcome of the action that this turn has asked for; null when there was none
 */
public record World(
        Clinic clinic,
        LocalDateTime now,
        List<Doctor> doctors,
        List<Visit> visits,
        Meaning meaning,
        Map<Next.LookUp, List<LocalDateTime>> free,
        @Nullable Outcome outcome) {
    public World {
        doctors = List.copyOf(doctors);
        visits = List.copyOf(visits);
        free = Map.copyOf(free);
    }

    public World knowing(Next.LookUp lookUp, List<LocalDateTime> times) {
        Map<Next.LookUp, List<LocalDateTime>> more = new HashMap<>(free);
        List<LocalDateTime> _ = more.put(lookUp, List.copyOf(times));
        return new World(clinic, now, doctors, visits, meaning, more, outcome);
    }

    /** After the action. */
    public World having(Outcome itsOutcome) {
        return new World(clinic, now, doctors, visits, meaning, free, itsOutcome);
    }

    LocalDate today() {
        return now.toLocalDate();
    }

    @Nullable
    Doctor doctor(@Nullable String id) {
        return doctors.stream()
                .filter(doctor -> doctor.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    @Nullable
    Visit visit(@Nullable String bookingId) {
        return visits.stream()
                .filter(visit -> visit.bookingId().equals(bookingId))
                .findFirst()
                .orElse(null);
    }
}
