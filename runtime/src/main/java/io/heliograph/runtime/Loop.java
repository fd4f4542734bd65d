package io.heliograph.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a step again and again on a virtual thread of its own: at once while there is work, with growing pauses while
 * there is none, and with a pause after a failure. The step does the work and says how much there was; tests call it
 * directly.
 */
public final class Loop implements AutoCloseable {
    /** One round of work. Answers how many things it did; 0 lets the loop rest. */
    public interface Step {
        int runOnce() throws Exception;
    }

    private static final Logger log = LoggerFactory.getLogger(Loop.class);
    private static final Duration PAUSE_AFTER_FAILURE_MAX = Duration.ofSeconds(2);

    private final String name;
    private final Step step;
    private final Duration pauseMin;
    private final Duration pauseMax;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch stopping = new CountDownLatch(1);

    private Loop(String name, Duration pauseMin, Duration pauseMax, Step step) {
        this.name = name;
        this.pauseMin = pauseMin;
        this.pauseMax = pauseMax;
        this.step = step;
    }

    public static Loop start(String name, Duration pauseMin, Duration pauseMax, Step step) {
        Loop loop = new Loop(name, pauseMin, pauseMax, step);
        Thread.ofVirtual().name(name).start(loop::run);
        return loop;
    }

    /** Every so often, work or not. */
    public static Loop every(String name, Duration interval, Step step) {
        return start(name, interval, interval, () -> {
            int _ = step.runOnce();
            return 0;
        });
    }

    /** Lets the current round end, and waits for it, for ten seconds at the most. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            if (!stopped.await(10, TimeUnit.SECONDS)) {
                log.atWarn().addKeyValue("loop", name).log("Loop did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration pause = pauseMin;
        Duration pauseAfterFailure = Duration.ofMillis(100);
        try {
            while (stopping.getCount() > 0) {
                try {
                    boolean worked = step.runOnce() > 0;
                    pause = worked ? pauseMin : min(pause.multipliedBy(2), pauseMax);
                    pauseAfterFailure = Duration.ofMillis(100);
                    if (!worked) {
                        rest(pause);
                    }
                } catch (InterruptedException e) {
                    return;
                } catch (OutOfMemoryError e) {
                    // Ends the process, by the flag that it runs with.
                    throw e;
                } catch (Throwable e) {
                    // An Error too: a loop that ends in silence looks well from outside, and nothing does its work.
                    logFailure(e);
                    rest(pauseAfterFailure);
                    pauseAfterFailure = min(pauseAfterFailure.multipliedBy(2), PAUSE_AFTER_FAILURE_MAX);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    private void logFailure(Throwable e) {
        if (stopping.getCount() > 0) {
            log.atWarn()
                    .addKeyValue("loop", name)
                    .addKeyValue("error", Failures.describe(e))
                    .log("Loop step failed, will repeat");
        }
    }

    private void rest(Duration pause) throws InterruptedException {
        boolean _ = stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
