package io.heliograph.bench.workers;

import java.time.Duration;

/** What the provider took in so many seconds, where a single message more or less is nothing. */
record Sends(double perSecond, double seconds) {
    /** Lets so much time pass. */
    static Sends count(WorkerFleet fleet, Duration length) throws InterruptedException {
        long before = fleet.seen().accepted();
        long start = System.nanoTime();
        Thread.sleep(length);
        long accepted = fleet.seen().accepted() - before;
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Sends(accepted / seconds, seconds);
    }
}
