package io.heliograph.bench.workers;

import io.heliograph.simulator.SimulatorControl;
import io.heliograph.simulator.ledger.Provider;
import java.time.Duration;

/** How many messages arrived at the provider in a stretch of time, and how fast. */
record Stretch(long messages, double perSecond) {
    /** For what was on its way. */
    private static final Duration AFTERWARDS = Duration.ofMillis(300);

    private static final int ARRIVALS_MAX = 1_000_000;

    /** Lets so much time pass. */
    static Stretch measure(SimulatorControl control, Duration length) throws InterruptedException {
        long from = System.currentTimeMillis();
        Thread.sleep(length);
        long to = System.currentTimeMillis();
        Thread.sleep(AFTERWARDS);
        return between(control.arrivals(Provider.TWILIO, ARRIVALS_MAX), from, to);
    }

    /**
     * From the last arrival before it to the first one behind it, which leaves no rest out: at ten a second, one message
     * that falls into a few seconds, or beside them, would be more than what is asked about.
     */
    static Stretch between(long[] arrivals, long from, long to) {
        int first = firstFrom(arrivals, from);
        int behind = firstFrom(arrivals, to);
        long start = first == 0 ? from : arrivals[first - 1];
        boolean isFollowed = behind < arrivals.length;
        long end = isFollowed ? arrivals[behind] : to;
        int gaps = behind - first + (isFollowed && first > 0 ? 1 : 0);
        return new Stretch(behind - first, gaps * 1e3 / (end - start));
    }

    private static int firstFrom(long[] arrivals, long millis) {
        int index = 0;
        while (index < arrivals.length && arrivals[index] < millis) {
            index++;
        }
        return index;
    }
}
