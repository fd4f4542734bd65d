package io.heliograph.gateway.booking.talk;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** What the conversation wants done; a turn does one at the most. */
public sealed interface Action {
    record Book(
            String doctorId,
            LocalDateTime at,
            String patient,
            @Nullable Integer age,
            @Nullable String complaint) implements Action {}

    record Move(String bookingId, LocalDateTime at) implements Action {}

    record Cancel(String bookingId) implements Action {}
}
