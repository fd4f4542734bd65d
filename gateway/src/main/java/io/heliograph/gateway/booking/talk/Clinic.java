package io.heliograph.gateway.booking.talk;

import org.jspecify.annotations.Nullable;

/**
 * Who speaks, and whom to call.
 *
 * @param daysAheadMax how far ahead it can be booked
 */
public record Clinic(@Nullable String name, @Nullable String phone, String emergencyNumber, int daysAheadMax) {}
