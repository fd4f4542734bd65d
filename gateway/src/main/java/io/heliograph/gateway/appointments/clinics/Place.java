package io.heliograph.gateway.appointments.clinics;

import io.heliograph.gateway.appointments.schedules.Schedule;
import io.vertx.sqlclient.Row;

/** A doctor at the clinic. */
public record Place(Clinic clinic, Doctor doctor) {
    /** Of a row of the view. */
    public static Place of(Row row) {
        return new Place(Clinic.of(row), Doctor.of(row));
    }

    public Schedule schedule() {
        return doctor.schedule(clinic);
    }
}
