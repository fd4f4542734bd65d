package io.heliograph.events;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where in the order of all events somebody is: everything up to here was read. Written {@code <xid>-<sequence>}.
 *
 * @param xid of the transaction that stored the event
 * @param sequence within it; 0 stands before all of its events
 */
public record EventPosition(long xid, long sequence) implements Comparable<EventPosition> {
    /** Longer than any transaction that stores events runs, so that by so much their order may differ from that of their times. */
    public static final Duration TRANSACTION_MAX = Duration.ofMinutes(5);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    /** Null when it is none. */
    public static @Nullable EventPosition parse(String text) {
        var parts = TEXT.matcher(text);
        return parts.matches()
                ? new EventPosition(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)))
                : null;
    }

    /** Everything that transactions before this one have stored. */
    public static EventPosition before(long xid) {
        return new EventPosition(xid, 0);
    }

    public EventPosition max(EventPosition other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public int compareTo(EventPosition other) {
        int byXid = Long.compare(xid, other.xid);
        return byXid != 0 ? byXid : Long.compare(sequence, other.sequence);
    }

    @Override
    public String toString() {
        return xid + "-" + sequence;
    }
}
