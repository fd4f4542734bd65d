package io.heliograph.simulator.ledger;

/** The most that ever arrived in one second, wherever that second begins, exact to the millisecond. */
final class PeakSecond {
    private static final int SECOND_MILLIS = 1_000;

    /** What arrived in each of the latest thousand milliseconds. */
    private final int[] arrived = new int[SECOND_MILLIS];

    private long latest = Long.MIN_VALUE;
    private int inWindow;
    private int peak;

    void add(long millis, int count) {
        if (latest == Long.MIN_VALUE) {
            latest = millis;
        }
        while (latest < millis) {
            if (inWindow == 0) {
                latest = millis;
            } else {
                latest++;
                int slot = (int) (latest % SECOND_MILLIS);
                inWindow -= arrived[slot];
                arrived[slot] = 0;
            }
        }
        // Event loops read the clock on their own, so one can come a little late.
        long at = Math.max(millis, latest - SECOND_MILLIS + 1);
        arrived[(int) (at % SECOND_MILLIS)] += count;
        inWindow += count;
        peak = Math.max(peak, inWindow);
    }

    int peak() {
        return peak;
    }
}
