package io.heliograph.relay.publish;

import java.util.List;
import java.util.Set;

/**
 * Divides what a queue gets in a round among the accounts. Those that had more than they were given last time share it
 * evenly, and one alone has all of it; the others get an even part, which is more than they had.
 */
final class AccountShares {
    private AccountShares() {}

    /** {@code lines} are all that are asked for in the queue, this one included. */
    static int rowsMax(Line line, List<Line> lines, Set<Line> hungry, int rowsOfQueue) {
        long sharing =
                hungry.contains(line) ? lines.stream().filter(hungry::contains).count() : lines.size();
        return (int) Math.max(1, rowsOfQueue / Math.max(1, sharing));
    }
}
