package io.heliograph.gateway.appointments.changing;

import io.heliograph.gateway.appointments.clinics.Clinic;
import io.heliograph.gateway.appointments.clinics.Place;
import io.heliograph.gateway.appointments.schedules.Schedule;
import io.heliograph.gateway.appointments.schedules.Slot;
import io.heliograph.gateway.appointments.visits.Appointment;
import io.heliograph.gateway.appointments.visits.Status;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** When a visit may be booked and changed. Pure. */
final class Rules {
    /** May be, or why not. Whether the place is free is known only when it is taken. */
    sealed interface Ruling {
        record Yes(Status to, Slot at) implements Ruling {}

        record No(Changed why) implements Ruling {}
    }

    private Rules() {}

    /** Why it cannot be booked; null when it can, where nobody else has the slot. */
    static @Nullable Booked refusal(NewAppointment wanted, @Nullable Place place) {
        Instant now = wanted.now().toInstant();
        if (place == null || !place.doctor().active()) {
            return new Booked.UnknownDoctor();
        }
        if (!wanted.startsAt().isAfter(now)) {
            return new Booked.InThePast();
        }
        if (wanted.startsAt().isAfter(now.plus(Schedule.AHEAD_MAX))) {
            return new Booked.TooFarAhead();
        }
        return place.schedule().hasSlotAt(wanted.startsAt()) ? null : new Booked.OutsideHours(place, wanted.startsAt());
    }

    static Ruling on(Appointment visit, Place place, Wish wish) {
        return switch (wish) {
            case Wish.Reschedule(Instant startsAt, By by, OffsetDateTime now) ->
                onMove(visit, place, startsAt, by, now.toInstant());
            case Wish.Set(Status to, By by, OffsetDateTime now) -> onStatus(visit, place, to, by, now.toInstant());
        };
    }

    private static Ruling onMove(Appointment visit, Place place, Instant startsAt, By by, Instant now) {
        if (!visit.status().moves().contains(Status.BOOKED)) {
            return no(new Changed.NotAllowed(visit.status()));
        }
        if (startsAt.equals(visit.slot().startsAt())) {
            return no(new Changed.SameTime());
        }
        if (isTooLate(visit, place.clinic(), by, now)) {
            return no(new Changed.TooLate(place.clinic()));
        }
        if (!startsAt.isAfter(now)) {
            return no(new Changed.InThePast());
        }
        if (startsAt.isAfter(now.plus(Schedule.AHEAD_MAX))) {
            return no(new Changed.TooFarAhead());
        }
        return place.doctor().active() && place.schedule().hasSlotAt(startsAt)
                ? new Ruling.Yes(
                        Status.BOOKED,
                        new Slot(startsAt, startsAt.plus(place.doctor().slot())))
                : no(new Changed.OutsideHours(place, startsAt));
    }

    private static Ruling onStatus(Appointment visit, Place place, Status to, By by, Instant now) {
        boolean isAllowed = by == By.ADMINISTRATOR
                ? visit.status().administratorMoves().contains(to)
                : to != Status.BOOKED && visit.status().moves().contains(to);
        if (!isAllowed) {
            return no(new Changed.NotAllowed(visit.status()));
        }
        if (to == Status.CANCELLED && isTooLate(visit, place.clinic(), by, now)) {
            return no(new Changed.TooLate(place.clinic()));
        }
        boolean isEnd = to == Status.COMPLETED || to == Status.NO_SHOW;
        if (isEnd && by != By.ADMINISTRATOR && visit.slot().startsAt().isAfter(now)) {
            return no(new Changed.TooEarly(visit, place));
        }
        // Nobody can come to what is over.
        return to == Status.BOOKED && !visit.slot().startsAt().isAfter(now)
                ? no(new Changed.InThePast())
                : new Ruling.Yes(to, visit.slot());
    }

    private static boolean isTooLate(Appointment visit, Clinic clinic, By by, Instant now) {
        return by != By.ADMINISTRATOR && visit.slot().startsAt().isBefore(now.plus(clinic.notice()));
    }

    private static Ruling no(Changed why) {
        return new Ruling.No(why);
    }
}
