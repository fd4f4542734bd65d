package io.heliograph.gateway.appointments.changing;

import io.heliograph.gateway.appointments.visits.Status;
import java.time.Instant;
import java.time.OffsetDateTime;

/** What somebody wants to become of a visit. */
public sealed interface Wish {
    By by();

    OffsetDateTime now();

    record Reschedule(Instant startsAt, By by, OffsetDateTime now) implements Wish {}

    /** Anything but another time; by an administrator, wherever {@link Status#administratorMoves} leads. */
    record Set(Status to, By by, OffsetDateTime now) implements Wish {}
}
