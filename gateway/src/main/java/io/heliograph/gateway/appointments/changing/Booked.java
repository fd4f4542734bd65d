package io.heliograph.gateway.appointments.changing;

import io.heliograph.gateway.appointments.clinics.Place;
import io.heliograph.gateway.appointments.visits.Appointment;
import java.time.Instant;
import java.util.UUID;

/** What became of the wish for a visit. Where it is refused nothing was stored. */
public sealed interface Booked {
    /** Durably, with its confirmation. */
    record Done(Appointment appointment, Place place) implements Booked {}

    /** Booked before under the same key. */
    record Replayed(UUID id) implements Booked {}

    record KeyReused() implements Booked {}

    record KeyUnknown() implements Booked {}

    /** There is none with this id, or none any more. */
    record UnknownDoctor() implements Booked {}

    record UnknownUser() implements Booked {}

    record InThePast() implements Booked {}

    record TooFarAhead() implements Booked {}

    /** No slot of the doctor begins then. */
    record OutsideHours(Place place, Instant wanted) implements Booked {}

    /** Somebody else has it. */
    record SlotTaken(Place place, Instant wanted) implements Booked {}
}
