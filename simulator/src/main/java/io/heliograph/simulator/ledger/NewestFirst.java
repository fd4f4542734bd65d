package io.heliograph.simulator.ledger;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Walks messages from newer to older, along a chain or over all that are kept. */
final class NewestFirst implements Iterator<Message> {
    private final RecentEntries recent;
    private final @Nullable Provider provider;
    private final LongUnaryOperator previous;
    private final long oldest;
    private long sequence;

    /**
     * Shows one provider's messages, or everybody's. Begins at the first: {@code previous} answers where to go next, and
     * a number under the oldest ends it.
     */
    NewestFirst(
            RecentEntries recent, @Nullable Provider provider, long first, long oldest, LongUnaryOperator previous) {
        this.recent = recent;
        this.provider = provider;
        this.previous = previous;
        this.oldest = Math.max(1, oldest);
        this.sequence = first;
    }

    @Override
    public boolean hasNext() {
        while (sequence >= oldest && current() == null) {
            sequence = previous.applyAsLong(sequence);
        }
        return sequence >= oldest;
    }

    @Override
    public Message next() {
        Message message = hasNext() ? current() : null;
        if (message == null) {
            throw new NoSuchElementException();
        }
        sequence = previous.applyAsLong(sequence);
        return message;
    }

    private @Nullable Message current() {
        Entry entry = recent.get(sequence);
        if (entry == null || (provider != null && provider != entry.call().provider())) {
            return null;
        }
        return entry.message();
    }
}
