package io.heliograph.gateway.appointments.changing;

import io.heliograph.gateway.appointments.clinics.Clinic;
import io.heliograph.gateway.appointments.clinics.Place;
import io.heliograph.gateway.appointments.visits.Appointment;
import io.heliograph.gateway.appointments.visits.Status;
import java.time.Instant;

/** What became of the wish to change a visit. Where it is refused nothing was stored. */
public sealed interface Changed {
    /** Durably, with its notice. */
    record Done(Appointment appointment, Place place) implements Changed {}

    /** Done before under the same key. */
    record Replayed() implements Changed {}

    record KeyReused() implements Changed {}

    record NotFound() implements Changed {}

    /** From where it stands it may not move there. */
    record NotAllowed(Status from) implements Changed {}

    /** It is at this time already. */
    record SameTime() implements Changed {}

    /** Less ahead than the clinic's notice: whoever wants it has to call. */
    record TooLate(Clinic clinic) implements Changed {}

    /** It has not begun: it can be cancelled, and not be over. */
    record TooEarly(Appointment appointment, Place place) implements Changed {}

    record InThePast() implements Changed {}

    record TooFarAhead() implements Changed {}

    /** No slot of the doctor begins then. */
    record OutsideHours(Place place, Instant wanted) implements Changed {}

    /** Somebody else has it. */
    record SlotTaken(Place place, Instant wanted) implements Changed {}
}
