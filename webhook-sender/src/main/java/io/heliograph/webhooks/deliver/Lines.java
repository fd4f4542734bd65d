package io.heliograph.webhooks.deliver;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;
import static java.util.stream.Collectors.toList;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Shares the places between the accounts that wait, and what each gets between its lines. A round is for all accounts alike, however many
 * lines one has; and none begins more while it has as many under way as are free, so that one whose receivers all hang gets half of
 * the places at the most, and whoever comes next half of what is left. Safe for any thread: deliveries end on their own.
 */
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
        return waiting.stream()
                .map(allowances::get)
                .anyMatch(allowance -> allowance != null && allowance.underWay() > 0);
    }

    /** What to take, when there are so many places for all. */
    synchronized List<Ask> asks(int placesMax, int rowsMax) {
        long now = System.nanoTime();
        Map<Long, List<Line>> accounts =
                longestUnserved(now).collect(groupingBy(Line::accountId, LinkedHashMap::new, toList()));
        Map<Long, Integer> underWay = underWay();
        List<Ask> asks = new ArrayList<>();
        int waitingAccounts = accounts.size();
        int taken = 0;
        for (var account : accounts.entrySet()) {
            int free = placesMax - taken;
            int share = Math.ceilDiv(Math.min(free, rowsMax - taken), waitingAccounts--);
            // Half of the difference: what it gets is free no more.
            int room = Math.ceilDiv(free - underWay.getOrDefault(account.getKey(), 0), 2);
            taken += ask(account.getValue(), Math.min(share, room), asks, now);
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

    /** Of these lines so many rows; answers how many it asked for. */
    private int ask(List<Line> lines, int rowsMax, List<Ask> asks, long now) {
        int asked = 0;
        for (Line line : lines) {
            int rows = Math.min(rowsMax - asked, allowance(line, now).free(now));
            if (rows > 0) {
                asks.add(new Ask(line, rows));
                asked += rows;
            }
        }
        return asked;
    }

    private Stream<Line> longestUnserved(long now) {
        return waiting.stream()
                .filter(line -> allowance(line, now).free(now) > 0)
                .sorted(Comparator.comparingLong(line -> allowance(line, now).usedNanos() - now));
    }

    private Map<Long, Integer> underWay() {
        return allowances.entrySet().stream()
                .collect(groupingBy(
                        allowance -> allowance.getKey().accountId(),
                        summingInt(allowance -> allowance.getValue().underWay())));
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
