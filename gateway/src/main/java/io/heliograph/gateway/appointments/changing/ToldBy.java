package io.heliograph.gateway.appointments.changing;

import io.heliograph.gateway.appointments.clinics.Clinic;
import io.heliograph.gateway.appointments.visits.Patient;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** By what the patient of a new visit is told of it. Pure. */
final class ToldBy {
    private ToldBy() {}

    /**
     * As the booking says, else as the clinic does. A clinic that tells by nothing that leads to this patient uses what the booking has brought: nobody
     * gives a number in order to hear nothing. Of a user who has no address yet it stays with what the clinic does.
     */
    static List<NotificationChannel> channels(NewAppointment wanted, Clinic clinic, @Nullable UserFacts user) {
        if (!wanted.channels().isEmpty()) {
            return wanted.channels();
        }
        Patient patient = wanted.patient();
        boolean hasNumber = patient.phone() != null || (user != null && user.phone() != null);
        boolean hasEmail = patient.email() != null || (user != null && user.email() != null);
        boolean isReached = clinic.channels().stream().anyMatch(by -> by.goesToNumber() ? hasNumber : hasEmail);
        if (isReached || (patient.phone() == null && patient.email() == null)) {
            return clinic.channels();
        }
        return List.of(patient.phone() == null ? NotificationChannel.EMAIL : NotificationChannel.SMS);
    }
}
