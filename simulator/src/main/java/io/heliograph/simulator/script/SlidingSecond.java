package io.heliograph.simulator.script;

/** Admits at most so many in any second, wherever that second begins. Safe for any thread. */
final class SlidingSecond {
    private static final long SECOND_MILLIS = 1_000;

    /** When the latest were admitted; the oldest of them stands at {@code next}. */
    private final long[] admitted;

    private int next;

    SlidingSecond(int max) {
        admitted = new long[max];
    }

    /** All of them or none; more than the maximum is never admitted. */
    synchronized boolean admits(long nowMillis, int count) {
        if (count == 0) {
            return true;
        }
        // When so many are admitted, this is the newest that is forgotten.
        int newest = (next + count - 1) % admitted.length;
        if (count > admitted.length || admitted[newest] > nowMillis - SECOND_MILLIS) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            admitted[next] = nowMillis;
            next = (next + 1) % admitted.length;
        }
        return true;
    }
}
