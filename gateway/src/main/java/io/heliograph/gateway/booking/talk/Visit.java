package io.heliograph.gateway.booking.talk;

import java.time.LocalDateTime;

/** An appointment ahead, by the clinic's clock. */
public record Visit(String bookingId, String doctorId, String doctorName, LocalDateTime at) {}
