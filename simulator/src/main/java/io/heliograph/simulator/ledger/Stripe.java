package io.heliograph.simulator.ledger;

import io.heliograph.simulator.ledger.Tally.Count;
import io.heliograph.simulator.ledger.Tally.Visitor;
import java.util.function.LongConsumer;

/** One open-addressed table of a {@link Tally}: four longs a slot, doubled when it is three fifths full. */
final class Stripe {
    private static final int WIDTH = 4;
    private static final int HIGH = 0;
    private static final int LOW = 1;
    /** Received in the upper half, accepted in the lower; 0 means that the slot is free. */
    private static final int COUNTS = 2;

    /** Sequence in the lower 48 bits; above it who accepted it, and on top who did so more than once, a bit each. */
    private static final int LAST = 3;

    private static final int ACCEPTED_BY = 48;
    private static final int REPEATED_BY = 56;
    private static final long SEQUENCE = (1L << ACCEPTED_BY) - 1;
    private static final long ONE_RECEIVED = 1L << 32;
    private static final int SLOTS_AT_FIRST = 16;

    private long[] table = new long[SLOTS_AT_FIRST * WIDTH];
    private int keys;
    private int acceptedMoreThanOnce;
    private int acceptedBySeveral;
    private final int[] repeatedBy = new int[Provider.all().size()];

    synchronized void add(Key key, Provider provider, boolean accepted, long sequence, LongConsumer previous) {
        int slot = find(table, key);
        if (table[slot + COUNTS] == 0) {
            slot = claim(slot, key);
        }
        table[slot + COUNTS] += ONE_RECEIVED + (accepted ? 1 : 0);
        if (accepted && (int) table[slot + COUNTS] == 2) {
            acceptedMoreThanOnce++;
        }
        long last = table[slot + LAST];
        previous.accept(last & SEQUENCE);
        long by = accepted ? acceptedBy(last, provider) : last;
        table[slot + LAST] = (by & ~SEQUENCE) | sequence;
    }

    /** Marks who accepted it, now that it is accepted once more. */
    private long acceptedBy(long last, Provider provider) {
        long bit = (long) provider.bit() << ACCEPTED_BY;
        long repeated = (long) provider.bit() << REPEATED_BY;
        if ((last & bit) == 0) {
            acceptedBySeveral += Integer.bitCount(acceptedBy(last)) == 1 ? 1 : 0;
            return last | bit;
        }
        repeatedBy[provider.index()] += (last & repeated) == 0 ? 1 : 0;
        return last | repeated;
    }

    private static int acceptedBy(long last) {
        return (int) (last >>> ACCEPTED_BY) & 0xff;
    }

    synchronized Count count(Key key) {
        int slot = find(table, key);
        return table[slot + COUNTS] == 0 ? Count.NONE : countAt(slot);
    }

    synchronized int keys() {
        return keys;
    }

    synchronized int acceptedMoreThanOnce() {
        return acceptedMoreThanOnce;
    }

    synchronized int acceptedBySeveral() {
        return acceptedBySeveral;
    }

    synchronized int repeatedBy(Provider provider) {
        return repeatedBy[provider.index()];
    }

    synchronized void forEach(Visitor visitor) {
        for (int slot = 0; slot < table.length; slot += WIDTH) {
            if (table[slot + COUNTS] != 0) {
                visitor.visit(new Key(table[slot + HIGH], table[slot + LOW]), countAt(slot));
            }
        }
    }

    private int claim(int free, Key key) {
        int slot = free;
        if (++keys * 5L > table.length / WIDTH * 3L) {
            grow();
            slot = find(table, key);
        }
        table[slot + HIGH] = key.high();
        table[slot + LOW] = key.low();
        return slot;
    }

    private Count countAt(int slot) {
        long counts = table[slot + COUNTS];
        long last = table[slot + LAST];
        return new Count((int) (counts >>> 32), (int) counts, last & SEQUENCE, acceptedBy(last));
    }

    private void grow() {
        long[] wider = new long[table.length * 2];
        for (int slot = 0; slot < table.length; slot += WIDTH) {
            if (table[slot + COUNTS] != 0) {
                int target = find(wider, new Key(table[slot + HIGH], table[slot + LOW]));
                System.arraycopy(table, slot, wider, target, WIDTH);
            }
        }
        table = wider;
    }

    /** The slot that holds the key, or the free one where it belongs. */
    private static int find(long[] table, Key key) {
        int slots = table.length / WIDTH;
        int slot = (int) Mix.mix(key.low() ^ Long.rotateLeft(key.high(), 17)) & (slots - 1);
        while (table[slot * WIDTH + COUNTS] != 0
                && (table[slot * WIDTH + LOW] != key.low() || table[slot * WIDTH + HIGH] != key.high())) {
            slot = (slot + 1) & (slots - 1);
        }
        return slot * WIDTH;
    }
}
