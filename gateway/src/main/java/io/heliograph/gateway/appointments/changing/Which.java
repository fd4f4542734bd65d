package io.heliograph.gateway.appointments.changing;

import io.heliograph.gateway.appointments.visits.BookingId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Names a visit by its id or by its booking id. */
public record Which(
        long accountId, @Nullable UUID id, @Nullable String bookingId) {
    /** Null for what is neither. */
    public static @Nullable Which of(long accountId, String text) {
        String bookingId = BookingId.read(text);
        if (bookingId != null) {
            return new Which(accountId, null, bookingId);
        }
        try {
            return new Which(accountId, UUID.fromString(text), null);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
