package io.heliograph.webhooks.deliver;

import java.time.Duration;

/**
 * How many deliveries of one line may be under way. It grows with every quick success, shrinks with what fails, and a line on which
 * nothing arrives any more rests, longer each time: so a receiver that hangs soon keeps one place, and a good one gets many.
 * Times are those of {@link System#nanoTime}.
 */
final class Allowance {
    private static final int START = 8;
    /** A receiver that takes its time and answers well keeps so many. */
    private static final int SLOW_MIN = 8;

    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final int FAILURES_BEFORE_REST = 10;
    private static final Duration REST_MIN = Duration.ofSeconds(1);
    private static final int REST_DOUBLINGS_MAX = 6;

    private final int max;
    private int allowed;
    private int inFlight;
    private int failuresInARow;
    private long restsUntilNanos;
    private long usedNanos;

    Allowance(int max, long nowNanos) {
        this.max = max;
        this.allowed = Math.min(START, max);
        this.restsUntilNanos = nowNanos;
        this.usedNanos = nowNanos;
    }

    /** How many more may begin. Few free places of many are not worth a statement: those that are under way end soon. */
    int free(long nowNanos) {
        int free = nowNanos - restsUntilNanos < 0 ? 0 : allowed - inFlight;
        return free * 4 < allowed ? 0 : free;
    }

    void began(int deliveries, long nowNanos) {
        inFlight += deliveries;
        usedNanos = nowNanos;
    }

    void ended(boolean arrived, Duration took, long nowNanos) {
        inFlight--;
        if (!arrived) {
            failed(nowNanos);
            return;
        }
        failuresInARow = 0;
        restsUntilNanos = nowNanos;
        if (took.compareTo(SLOW) < 0) {
            allowed = Math.min(max, allowed + 1);
        } else {
            allowed = Math.max(Math.min(SLOW_MIN, max), allowed - 1);
        }
    }

    int underWay() {
        return inFlight;
    }

    long usedNanos() {
        return usedNanos;
    }

    boolean isUnusedSince(long nanos) {
        return inFlight == 0 && usedNanos - nanos < 0;
    }

    boolean isFailing() {
        return failuresInARow >= FAILURES_BEFORE_REST;
    }

    private void failed(long nowNanos) {
        failuresInARow++;
        allowed = Math.max(1, allowed / 2);
        if (isFailing()) {
            int doublings = Math.min(failuresInARow - FAILURES_BEFORE_REST, REST_DOUBLINGS_MAX);
            restsUntilNanos = nowNanos + (REST_MIN.toNanos() << doublings);
        }
    }
}
