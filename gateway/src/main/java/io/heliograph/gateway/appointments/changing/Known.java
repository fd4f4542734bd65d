package io.heliograph.gateway.appointments.changing;

import io.heliograph.gateway.appointments.clinics.Place;
import io.heliograph.gateway.notifications.deciding.FactsStore.UserKey;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has to be known of doctors, clinics and users to book visits. */
record Known(Map<DoctorKey, Place> places, Map<UserKey, UserFacts> users) {
    record DoctorKey(long accountId, String doctorId) {}

    @Nullable
    Place place(NewAppointment wanted) {
        return places.get(new DoctorKey(wanted.accountId(), wanted.doctorId()));
    }

    /** Null for whoever is no user, or none that is known. */
    @Nullable
    UserFacts user(NewAppointment wanted) {
        String id = wanted.patient().userId();
        return id == null ? null : users.get(new UserKey(wanted.accountId(), id));
    }
}
