package io.heliograph.gateway.appointments.reading;

import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.appointments.clinics.Clinic;
import io.heliograph.gateway.appointments.clinics.Doctor;
import io.heliograph.gateway.appointments.clinics.Place;
import io.heliograph.gateway.appointments.visits.Appointment;
import io.heliograph.gateway.appointments.visits.Patient;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.messages.fields.Masked;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A visit as it is shown. Whoever may not read sees a visit, and hardly whose. */
public final class AppointmentView {
    private AppointmentView() {}

    public static JsonObject of(Caller caller, Appointment visit, Place place) {
        Doctor doctor = place.doctor();
        JsonObject view = new JsonObject()
                .put("id", visit.id().toString())
                .put("booking_id", visit.bookingId())
                .put("status", visit.status().word())
                .put("revision", visit.revision())
                .put(
                        "doctor",
                        new JsonObject()
                                .put("id", doctor.id())
                                .put("name", doctor.name())
                                .put("specialisation", doctor.specialisation()))
                .put("starts_at", Times.text(visit.startsAt()))
                .put("ends_at", Times.text(visit.endsAt()))
                .put(
                        "local",
                        visit.slot()
                                .startsAt()
                                .atZone(place.clinic().zone())
                                .toLocalDateTime()
                                .toString())
                .put("time_zone", place.clinic().zone().getId())
                .put("patient", patient(caller, visit.patient()))
                .put("notify", new JsonArray(List.of(Clinic.words(visit.channels()))));
        if (caller.mayRead()) {
            put(view, "notes", visit.notes());
        }
        return view.put("created_at", Times.text(visit.createdAt())).put("updated_at", Times.text(visit.updatedAt()));
    }

    private static JsonObject patient(Caller caller, Patient patient) {
        JsonObject view = new JsonObject();
        put(view, "user", patient.userId());
        if (caller.mayRead()) {
            put(view, "name", patient.name());
        }
        put(view, "phone", address(caller, patient.phone()));
        put(view, "email", address(caller, patient.email()));
        put(view, "locale", patient.locale());
        return view;
    }

    static @Nullable String address(Caller caller, @Nullable String address) {
        return address == null || caller.mayRead() ? address : Masked.address(address);
    }

    static void put(JsonObject view, String name, @Nullable Object value) {
        if (value != null) {
            JsonObject _ = view.put(name, value);
        }
    }

    /** One change. */
    static JsonObject change(Row row) {
        JsonObject view = new JsonObject()
                .put("revision", row.getInteger("revision"))
                .put("at", Times.text(row.getOffsetDateTime("changed_at")))
                .put("by", row.getString("changed_by"));
        put(view, "from_status", row.getString("from_status"));
        view.put("to_status", row.getString("to_status"));
        put(view, "from_starts_at", Times.text(row.getOffsetDateTime("from_starts_at")));
        return view.put("to_starts_at", Times.text(row.getOffsetDateTime("to_starts_at")))
                .put("notice", row.getString("notice_kind"));
    }

    /** What is still to be told. */
    static JsonObject reminder(Row row) {
        return new JsonObject()
                .put("kind", row.getString("kind"))
                .put("due_at", Times.text(row.getOffsetDateTime("due_at")));
    }
}
