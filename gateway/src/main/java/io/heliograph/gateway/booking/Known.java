package io.heliograph.gateway.booking;

import io.heliograph.gateway.appointments.clinics.Place;
import io.heliograph.gateway.appointments.visits.Appointment;
import io.heliograph.gateway.booking.talk.Outcome;
import io.heliograph.gateway.booking.talk.World;
import io.heliograph.gateway.turns.Turn;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was read for a turn: as the conversation sees it, and as it is booked and changed by.
 *
 * @param zone of the clinic
 * @param places by the ids of their doctors
 */
record Known(Turn turn, World world, ZoneId zone, Map<String, Place> places, List<Appointment> appointments) {
    Known with(World more) {
        return new Known(turn, more, zone, places, appointments);
    }

    Known having(Outcome outcome) {
        return with(world.having(outcome));
    }

    /** An hour that comes twice is its first one, as the schedule counts them. */
    Instant instant(LocalDateTime time) {
        return time.atZone(zone).toInstant();
    }

    /** By the clinic's clock. */
    Instant beginOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** Only what was shown is changed; null for what is gone since. */
    @Nullable
    Appointment appointment(String bookingId) {
        return appointments.stream()
                .filter(appointment -> appointment.bookingId().equals(bookingId))
                .findFirst()
                .orElse(null);
    }
}
