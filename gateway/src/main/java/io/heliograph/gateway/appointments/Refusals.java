package io.heliograph.gateway.appointments;

import io.heliograph.gateway.appointments.clinics.Clinic;
import io.heliograph.gateway.appointments.clinics.SlotRoutes;
import io.heliograph.gateway.appointments.schedules.Slot;
import io.heliograph.gateway.appointments.visits.Appointment;
import io.heliograph.gateway.appointments.visits.Status;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Times;
import io.heliograph.runtime.Durations;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Why a visit is not booked or changed, as it is answered: with what can be done instead. */
final class Refusals {
    private static final String STARTS_AT = "starts_at";

    private Refusals() {}

    static Problem inThePast() {
        return startsAt(ProblemCode.IN_THE_PAST, "starts_at is in the past.");
    }

    static Problem tooFarAhead() {
        return startsAt(ProblemCode.TOO_FAR_AHEAD, "starts_at is more than 366 days ahead.");
    }

    static Problem sameTime() {
        return startsAt(ProblemCode.NOT_ALLOWED, "The appointment is at this time already.");
    }

    static Problem unknownDoctor() {
        return Problem.of(
                ProblemCode.UNKNOWN_DOCTOR,
                "There is no doctor with this id, or none any more who takes appointments.");
    }

    static Problem unknownUser() {
        return Problem.of(ProblemCode.UNKNOWN_USER, "There is no user with this id. PUT /v1/users/{id} first.");
    }

    static Problem slotTaken(List<Slot> next, Clinic clinic) {
        return slots(
                ProblemCode.SLOT_TAKEN,
                "Somebody else has this time. slots are the next that are free from that day on.",
                next,
                clinic);
    }

    static Problem outsideHours(List<Slot> next, Clinic clinic) {
        return slots(
                ProblemCode.OUTSIDE_HOURS,
                "No appointment with this doctor begins then. slots are the next that are free from that day on.",
                next,
                clinic);
    }

    static Problem tooLate(Clinic clinic) {
        return new Problem(
                ProblemCode.TOO_LATE,
                "It is less than " + Durations.write(clinic.notice()) + " ahead. Call the clinic: phone is its number.",
                List.of(),
                new JsonObject().put("phone", clinic.phone()).put("notice", Durations.write(clinic.notice())));
    }

    static Problem tooEarly(Appointment visit, Clinic clinic) {
        return new Problem(
                ProblemCode.TOO_EARLY,
                "The appointment has not begun: starts_at says when it does. What will not take place can be cancelled.",
                List.of(),
                new JsonObject()
                        .put("starts_at", Times.text(visit.startsAt()))
                        .put("time_zone", clinic.zone().getId())
                        .put("appointment_status", visit.status().word())
                        .put("allowed", words(List.of(Status.BOOKED, Status.CANCELLED)))
                        .put("allowed_to_administrator", words(visit.status().administratorMoves())));
    }

    static Problem notAllowed(Status from) {
        return new Problem(
                ProblemCode.TRANSITION_NOT_ALLOWED,
                "The appointment is " + from.word() + "; allowed says where it may move.",
                List.of(),
                new JsonObject()
                        .put("appointment_status", from.word())
                        .put("allowed", words(from.moves()))
                        .put("allowed_to_administrator", words(from.administratorMoves())));
    }

    private static Problem startsAt(ProblemCode code, String detail) {
        return Problem.invalid(List.of(FieldMistake.at(FieldMistake.pointer("", STARTS_AT), code, detail)));
    }

    private static Problem slots(ProblemCode code, String detail, List<Slot> next, Clinic clinic) {
        return new Problem(
                code,
                detail,
                List.of(),
                new JsonObject()
                        .put("time_zone", clinic.zone().getId())
                        .put("slots", SlotRoutes.view(next, clinic.zone())));
    }

    private static JsonArray words(List<Status> statuses) {
        return new JsonArray(statuses.stream().map(Status::word).toList());
    }
}
