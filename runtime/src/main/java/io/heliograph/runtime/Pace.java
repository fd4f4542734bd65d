package io.heliograph.runtime;

import java.time.Duration;

/**
 * Holds back work whose cost is not known beforehand: after it took long, the rest is long, too, so that it does not take
 * more than its share of the time; but one slow run, of cold code or on a busy machine, must not put the next one off for
 * long. For one thread.
 */
public final class Pace {
    private final Duration restMin;
    private final Duration restMax;
    private final int restPerRun;
    private long startedNanos;
    private long nextNanos = System.nanoTime();

    /**
     * Rests for the given multiple of what the last run took, for no less than the minimum and no longer than the maximum;
     * unless the run itself took longer than that, as it never takes more than half of the time.
     */
    public Pace(Duration restMin, Duration restMax, int restPerRun) {
        this.restMin = restMin;
        this.restMax = restMax;
        this.restPerRun = restPerRun;
    }

    /** True when it is time; the run ends with {@link #end}, or else the next question is answered with true again. */
    public boolean begin() {
        startedNanos = System.nanoTime();
        return startedNanos - nextNanos >= 0;
    }

    public void end() {
        long now = System.nanoTime();
        nextNanos = now + restNanos(now - startedNanos);
    }

    long restNanos(long tookNanos) {
        long share = Math.min(tookNanos * restPerRun, Math.max(restMax.toNanos(), tookNanos));
        return Math.max(restMin.toNanos(), share);
    }
}
