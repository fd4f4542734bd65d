package io.heliograph.worker.limits;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Counts what would be said again and again, for one line of the log a second. */
public final class Complaints {
    private static final Duration LINE_INTERVAL = Duration.ofSeconds(1);

    private final LongSupplier nanos;
    private long nextNanos;
    private int unsaid;

    public Complaints(LongSupplier nanos) {
        this.nanos = nanos;
        this.nextNanos = nanos.getAsLong();
    }

    /** One more. Answers how many there were since the last line when it is time for another, and 0 else. */
    public synchronized int another() {
        unsaid++;
        long now = nanos.getAsLong();
        if (now - nextNanos < 0) {
            return 0;
        }
        int count = unsaid;
        unsaid = 0;
        nextNanos = now + LINE_INTERVAL.toNanos();
        return count;
    }
}
