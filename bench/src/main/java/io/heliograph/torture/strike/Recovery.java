package io.heliograph.torture.strike;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for a victim to do its work, and starts it again when it gives up, as whatever supervises it would. */
public final class Recovery {
    private static final Duration TIME_MAX = Duration.ofMinutes(1);
    private static final long POLL_NANOS = 50_000_000;

    private Recovery() {}

    /**
     * Answers how long it took, counted from when all that it needs was there: a worker cannot be blamed for a broker that
     * is down. One that was only frozen must not need a new start; if it ends all the same, it is not helped.
     */
    public static Duration await(Victim victim, boolean mayStartAgain) throws IOException {
        long since = System.nanoTime();
        while (!victim.isReady()) {
            if (!victim.needs().stream().allMatch(Victim::isReady)) {
                since = System.nanoTime();
            }
            if (System.nanoTime() - since > TIME_MAX.toNanos()) {
                throw new IOException(victim.name() + " did not recover within a minute");
            }
            if (mayStartAgain && victim.hasDied()) {
                victim.start();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
