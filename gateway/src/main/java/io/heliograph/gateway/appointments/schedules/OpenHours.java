package io.heliograph.gateway.appointments.schedules;

import java.time.LocalTime;

/** Of a day, by the clock of the clinic. The end is outside. */
public record OpenHours(LocalTime from, LocalTime to) {}
