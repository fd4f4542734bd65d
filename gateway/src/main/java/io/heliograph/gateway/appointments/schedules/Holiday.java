package io.heliograph.gateway.appointments.schedules;

import java.time.LocalDate;

/** Days on which a doctor sees nobody; the last one is inside. */
public record Holiday(LocalDate from, LocalDate to) {
    boolean isOn(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }
}
