package io.heliograph.gateway.appointments.notices;

import io.heliograph.gateway.appointments.clinics.Place;
import io.heliograph.gateway.appointments.schedules.Slot;
import io.heliograph.gateway.appointments.visits.Appointment;
import io.heliograph.gateway.appointments.visits.NoticeKind;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Why a patient is told something.
 *
 * @param before when the visit was to be; null where it has not moved
 * @param user what is known of the patient as a user; null for whoever is none, or none any more
 */
public record Occasion(
        NoticeKind kind,
        @Nullable Slot before,
        Appointment visit,
        Place place,
        @Nullable UserFacts user,
        OffsetDateTime now) {}
