package io.heliograph.worker.provider;

import java.time.Duration;

/**
 * The moment after which a message must not leave any more. Whoever finds its claim later may declare it unknown, so a
 * process that was frozen in between must not send; and what leaves after its slot makes another second too full. Two
 * clocks, because a machine that sleeps may stop the one that cannot jump; a wall clock that jumps ahead costs a needless
 * return, never a second send.
 *
 * @param nanos of the claim or of the slot, whichever ends first
 * @param claimNanos of the claim, as is {@code wallMillis}
 */
public record SendBy(long nanos, long claimNanos, long wallMillis, Clocks clocks) {
    /** The clocks of this JVM. */
    public interface Clocks {
        long nanos();

        long wallMillis();
    }

    public static SendBy in(Duration time, Clocks clocks) {
        long nanos = clocks.nanos() + time.toNanos();
        return new SendBy(nanos, nanos, clocks.wallMillis() + time.toMillis(), clocks);
    }

    /** The same, or that moment on the clock that cannot jump where it comes before. */
    public SendBy orBefore(long moment) {
        return moment - nanos < 0 ? new SendBy(moment, claimNanos, wallMillis, clocks) : this;
    }

    public boolean hasPassed() {
        return clocks.nanos() - nanos > 0 || claimHasPassed();
    }

    /** Whether others may have settled it by now, whatever became of its slot. */
    public boolean claimHasPassed() {
        return clocks.nanos() - claimNanos > 0 || clocks.wallMillis() - wallMillis > 0;
    }
}
