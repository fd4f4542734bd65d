package io.heliograph.gateway.notifications.verifications.issuing;

import io.heliograph.gateway.notifications.verifications.codes.Verification;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of the wish to send a code. */
public sealed interface Issued {
    /** A message is stored, and promised. */
    record Sent(Verification verification, OffsetDateTime now) implements Issued {}

    /** One is pending, and its code was sent too short a time ago for another. */
    record Kept(Verification verification, OffsetDateTime now) implements Issued {}

    /** The same request came before, under the same key; this is the verification as it is now. */
    record Replayed(Verification verification, OffsetDateTime now) implements Issued {}

    /** Nothing is stored. {@code verification} is the pending one, if there is one. */
    record TooMany(
            Limits.Reached limit,
            Duration retryAfter,
            @Nullable UUID verification) implements Issued {}

    /** The verification that it was to be for is over. */
    record NotPending() implements Issued {}

    record OptedOut() implements Issued {}

    record KeyReused() implements Issued {}

    /** The key was taken, and what for cannot be found any more. */
    record KeyUnknown() implements Issued {}
}
