package io.heliograph.gateway.appointments.changing;

import io.heliograph.gateway.appointments.visits.Patient;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.GroupCommit;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A visit that somebody wants.
 *
 * @param channels empty: as the clinic does, see {@link ToldBy}
 * @param key null when it may be asked twice
 */
public record NewAppointment(
        UUID id,
        long accountId,
        String bookingId,
        String doctorId,
        Instant startsAt,
        Patient patient,
        List<NotificationChannel> channels,
        @Nullable String notes,
        By by,
        OffsetDateTime now,
        AcceptIntent.@Nullable Key key)
        implements GroupCommit.Intent {
    /** About what a visit weighs with all that is written beside it. */
    private static final int BYTES = 2_000;

    public NewAppointment {
        channels = List.copyOf(channels);
    }

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public int bytes() {
        return BYTES;
    }

    /** Names the visit, and nobody. */
    @Override
    public String toString() {
        return "appointment " + id;
    }
}
