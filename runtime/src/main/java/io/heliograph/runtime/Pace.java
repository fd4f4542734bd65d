package io.heliograph.runtime;

import java.time.Duration;

/**
 * Holds back work whose cost is not known beforehand: after it took long, the rest is long, too, so that it never takes
 * more than its share of the time. For one thread.
 */
public final class Pace {
    private final Duration restMin;
    private final int restPerRun;
    private long startedNanos;
    private long nextNanos = System.nanoTime();

    /** Rests for the given multiple of what the last run took, and for no less than the minimum. */
    public Pace(Duration restMin, int restPerRun) {
        this.restMin = restMin;
        this.restPerRun = restPerRun;
    }

    /** True when it is time; the run ends with {@link #end}, or else the next question is answered with true again. */
    public boolean begin() {
        startedNanos = System.nanoTime();
        return startedNanos - nextNanos >= 0;
    }

    public void end() {
        long now = System.nanoTime();
        nextNanos = now + Math.max(restMin.toNanos(), (now - startedNanos) * restPerRun);
    }
}
