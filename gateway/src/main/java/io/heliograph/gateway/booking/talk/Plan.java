package io.heliograph.gateway.booking.talk;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What was gathered so far.
 *
 * @param bookingId of the visit that is moved, cancelled or looked at; null for a new one
 * @param at what was chosen, by the clinic's clock
 * @param page of the free times that were shown
 */
public record Plan(
        @Nullable String complaint,
        @Nullable String specialisation,
        @Nullable String doctorId,
        @Nullable String bookingId,
        @Nullable LocalDate day,
        @Nullable LocalDateTime at,
        int page,
        @Nullable String name,
        @Nullable Integer age) {
    public static final Plan EMPTY = new Plan(null, null, null, null, null, null, 0, null, null);

    /** Of a new visit. */
    Plan because(@Nullable String itsComplaint, @Nullable String itsSpecialisation) {
        return new Plan(itsComplaint, itsSpecialisation, null, null, null, null, 0, name, age);
    }

    Plan with(String doctor) {
        return new Plan(complaint, specialisation, doctor, bookingId, null, null, 0, name, age);
    }

    /** Of a visit that there is. */
    Plan about(Visit visit) {
        return new Plan(null, null, visit.doctorId(), visit.bookingId(), null, null, 0, null, null);
    }

    Plan on(@Nullable LocalDate itsDay) {
        return new Plan(complaint, specialisation, doctorId, bookingId, itsDay, null, 0, name, age);
    }

    Plan at(LocalDateTime time) {
        return new Plan(complaint, specialisation, doctorId, bookingId, time.toLocalDate(), time, 0, name, age);
    }

    Plan page(int itsPage) {
        return new Plan(complaint, specialisation, doctorId, bookingId, day, at, itsPage, name, age);
    }

    Plan of(String patient, @Nullable Integer years) {
        return new Plan(complaint, specialisation, doctorId, bookingId, day, at, page, patient, years);
    }

    boolean isOfVisit() {
        return bookingId != null;
    }
}
