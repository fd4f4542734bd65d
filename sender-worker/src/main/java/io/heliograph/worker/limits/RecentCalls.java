package io.heliograph.worker.limits;

/** How many calls were made in the last second, to a tenth of it. */
final class RecentCalls {
    private static final int TENTHS = 10;
    private static final long TENTH_NANOS = 100_000_000;

    private final long[] counts = new long[TENTHS];
    private long newest;

    RecentCalls(long nowNanos) {
        newest = Math.floorDiv(nowNanos, TENTH_NANOS);
    }

    synchronized void add(long nowNanos) {
        turnTo(nowNanos);
        counts[Math.floorMod(newest, TENTHS)]++;
    }

    synchronized long count(long nowNanos) {
        turnTo(nowNanos);
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    private void turnTo(long nowNanos) {
        long now = Math.floorDiv(nowNanos, TENTH_NANOS);
        for (long passed = Math.max(newest + 1, now - TENTHS + 1); passed <= now; passed++) {
            counts[Math.floorMod(passed, TENTHS)] = 0;
        }
        newest = Math.max(newest, now);
    }
}
