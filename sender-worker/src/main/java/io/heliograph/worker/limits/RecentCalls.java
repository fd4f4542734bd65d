package io.heliograph.worker.limits;

/** How many calls were made lately, to a tenth of a second. */
final class RecentCalls {
    private static final int TENTHS = 30;
    private static final int TENTHS_OF_SECOND = 10;
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

    /** In the fullest of the last seconds: "too fast" is heard late, and after a rest. */
    synchronized long count(long nowNanos) {
        turnTo(nowNanos);
        long inSecond = 0;
        long most = 0;
        for (int i = 0; i < TENTHS; i++) {
            inSecond += at(newest - i) - (i < TENTHS_OF_SECOND ? 0 : at(newest - i + TENTHS_OF_SECOND));
            most = Math.max(most, inSecond);
        }
        return most;
    }

    /** In this tenth of a second and the one before it. */
    synchronized long lately(long nowNanos) {
        turnTo(nowNanos);
        return at(newest) + at(newest - 1);
    }

    private long at(long tenth) {
        return counts[Math.floorMod(tenth, TENTHS)];
    }

    private void turnTo(long nowNanos) {
        long now = Math.floorDiv(nowNanos, TENTH_NANOS);
        for (long passed = Math.max(newest + 1, now - TENTHS + 1); passed <= now; passed++) {
            counts[Math.floorMod(passed, TENTHS)] = 0;
        }
        newest = Math.max(newest, now);
    }
}
