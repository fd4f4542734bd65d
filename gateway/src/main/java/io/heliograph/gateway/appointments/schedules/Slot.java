package io.heliograph.gateway.appointments.schedules;

import java.time.Instant;

/** A time in which a doctor can be visited, or is; the end is outside. */
public record Slot(Instant startsAt, Instant endsAt) {}
