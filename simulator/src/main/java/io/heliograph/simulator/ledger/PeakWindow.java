package io.heliograph.simulator.ledger;

/** The most that ever arrived in one window of time, wherever it begins, exact to the millisecond. */
final class PeakWindow {
    /** What arrived in each of the latest milliseconds. */
    private final int[] arrived;

    private long latest = Long.MIN_VALUE;
    private int inWindow;
    private int peak;

    PeakWindow(int millis) {
        arrived = new int[millis];
    }

    void add(long millis, int count) {
        if (latest == Long.MIN_VALUE) {
            latest = millis;
        }
        while (latest < millis) {
            if (inWindow == 0) {
                latest = millis;
            } else {
                latest++;
                int slot = (int) (latest % arrived.length);
                inWindow -= arrived[slot];
                arrived[slot] = 0;
            }
        }
        // Event loops read the clock on their own, so one can come a little late.
        long at = Math.max(millis, latest - arrived.length + 1);
        arrived[(int) (at % arrived.length)] += count;
        inWindow += count;
        peak = Math.max(peak, inWindow);
    }

    int peak() {
        return peak;
    }
}
