package io.heliograph.webhooks.deliver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shares the places between the lines that wait. Safe for any thread: deliveries end on their own. */
final class Lines {
    /** So many rows at the most that may be taken of a line. */
    record Ask(Line line, int rowsMax) {}

    private static final long FORGET_NANOS = Duration.ofMinutes(10).toNanos();

    private final int perLineMax;
    private final Map<Line, Allowance> allowances = new HashMap<>();
    private final Set<Line> waiting = new HashSet<>();
    private long cleanedNanos = System.nanoTime();

    Lines(int perLineMax) {
        this.perLineMax = perLineMax;
    }

    /** These have something that is due, as far as one can see. */
    synchronized void look(Collection<Line> due) {
        waiting.clear();
        waiting.addAll(due);
        forget();
    }

    /** Whether a line waits for deliveries of its own that are under way; one that rests does not. */
    synchronized boolean waitForRoom() {
        return waiting.stream().map(allowances::get).anyMatch(allowance -> allowance != null && allowance.isUnderWay());
    }

    /** What to take, when there are so many places for all. */
    synchronized List<Ask> asks(int placesMax, int rowsMax) {
        long now = System.nanoTime();
        List<Ask> asks = new ArrayList<>();
        int left = Math.min(placesMax, rowsMax);
        for (Line line : longestUnserved(now)) {
            int rows = Math.min(left, allowance(line, now).free(now));
            if (rows > 0) {
                asks.add(new Ask(line, rows));
                left -= rows;
            }
        }
        return asks;
    }

    /** What of it was there; a line that had less has nothing left. */
    synchronized void took(List<Ask> asks, Map<Line, Integer> taken) {
        long now = System.nanoTime();
        for (Ask ask : asks) {
            int rows = taken.getOrDefault(ask.line(), 0);
            allowance(ask.line(), now).began(rows, now);
            if (rows < ask.rowsMax()) {
                waiting.remove(ask.line());
            }
        }
    }

    synchronized void ended(Line line, boolean arrived, Duration took) {
        long now = System.nanoTime();
        allowance(line, now).ended(arrived, took, now);
    }

    synchronized boolean isFailing(Line line) {
        Allowance allowance = allowances.get(line);
        return allowance != null && allowance.isFailing();
    }

    private List<Line> longestUnserved(long now) {
        return waiting.stream()
                .sorted(Comparator.comparingLong(line -> allowance(line, now).usedNanos() - now))
                .toList();
    }

    private Allowance allowance(Line line, long now) {
        return allowances.computeIfAbsent(line, _ -> new Allowance(perLineMax, now));
    }

    private void forget() {
        long now = System.nanoTime();
        if (now - cleanedNanos > FORGET_NANOS) {
            cleanedNanos = now;
            allowances.values().removeIf(allowance -> allowance.isUnusedSince(now - FORGET_NANOS));
        }
    }
}
