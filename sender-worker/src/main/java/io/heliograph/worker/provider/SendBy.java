package io.heliograph.worker.provider;

import java.time.Duration;

/**
 * The moment after which a claim is too old to be sent on. Whoever finds the claim later may declare it unknown, so a
 * process that was frozen in between must not send. Two clocks, because a machine that sleeps may stop the one that
 * cannot jump; a wall clock that jumps ahead costs a needless return, never a second send.
 */
public record SendBy(long nanos, long wallMillis) {
    /** The clocks of this JVM. */
    public interface Clocks {
        long nanos();

        long wallMillis();
    }

    public static SendBy in(Duration time, Clocks clocks) {
        return new SendBy(clocks.nanos() + time.toNanos(), clocks.wallMillis() + time.toMillis());
    }

    public boolean hasPassed(Clocks clocks) {
        return clocks.nanos() - nanos > 0 || clocks.wallMillis() - wallMillis > 0;
    }
}
