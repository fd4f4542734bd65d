package io.heliograph.worker.limits;

import io.heliograph.worker.limits.Slots.Slot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Slots that are leased and not taken, and how many of them are promised to messages that will come for one. A message
 * that is granted a slot twice would be claimed long before it may leave. Not safe for several threads.
 */
final class Stock {
    private final Deque<Slot> slots = new ArrayDeque<>();
    private int promised;

    void add(Slot slot) {
        slots.add(slot);
    }

    int size() {
        return slots.size();
    }

    int promised() {
        return promised;
    }

    /** Answers how many of so many were promised a slot. */
    int promise(int wanted) {
        int granted = Math.clamp(slots.size() - promised, 0, wanted);
        promised += granted;
        return granted;
    }

    void release(int messages) {
        promised = Math.max(0, promised - messages);
    }

    /** So many at once; the last one's moment is theirs. Null when there are not enough. */
    @Nullable
    Slot take(int messages) {
        if (slots.size() < messages) {
            return null;
        }
        Slot last = Objects.requireNonNull(slots.poll());
        for (int i = 1; i < messages; i++) {
            last = Objects.requireNonNull(slots.poll());
        }
        return last;
    }

    /** One of this sender, or one that is nobody's. */
    @Nullable
    Slot takeOf(@Nullable String sender) {
        for (Slot slot : slots) {
            if (Objects.equals(sender, slot.sender())) {
                boolean _ = slots.remove(slot);
                return slot;
            }
        }
        return null;
    }

    /** It was taken, and is in time for another message. */
    void putBack(Slot slot) {
        slots.addFirst(slot);
    }

    /** Throws away what should have been used by now. Answers how many. */
    int dropMissed(long nowNanos) {
        int dropped = 0;
        while (!slots.isEmpty() && slots.peek().lastNanos() - nowNanos < 0) {
            Slot _ = slots.remove();
            dropped++;
        }
        return dropped;
    }

    void clear() {
        slots.clear();
    }

    /** Of the slots, and of whom they were promised to. */
    void forget() {
        slots.clear();
        promised = 0;
    }
}
