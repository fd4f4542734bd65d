package io.heliograph.worker.limits;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The database's clock, by which the fleet's slots are given, on this JVM's monotonic one. Each answer of the database
 * tells its time, somewhere between question and answer: the quicker the answer, the better it is known. A good sample is
 * kept until a better one comes, or until the clocks may have drifted apart by the difference.
 */
final class FleetClock {
    /** Twice of what cheap clocks are apart after a second. */
    private static final long DRIFT_NANOS_PER_SECOND = 100_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private boolean known;
    private long nanos;
    private Instant instant = Instant.EPOCH;
    private long doubtNanos;

    synchronized void sample(long askedNanos, long answeredNanos, Instant databaseAt) {
        long doubt = (answeredNanos - askedNanos) / 2;
        long aged = doubtNanos + DRIFT_NANOS_PER_SECOND * ((answeredNanos - nanos) / NANOS_PER_SECOND);
        long apart = Math.abs(Duration.between(databaseAt, instant).toNanos() + askedNanos + doubt - nanos);
        // A clock that was put forward or back, or another server's: what was known of it is worth nothing.
        if (!known || doubt <= aged || apart > doubt + aged) {
            known = true;
            nanos = askedNanos + doubt;
            instant = databaseAt;
            doubtNanos = doubt;
        }
    }

    /** Null when nothing is known of it yet. */
    synchronized @Nullable Instant instantOf(long atNanos) {
        return known ? instant.plusNanos(atNanos - nanos) : null;
    }

    /** On this JVM's clock. */
    synchronized long nanosOf(Instant databaseTime) {
        return nanos + Duration.between(instant, databaseTime).toNanos();
    }
}
