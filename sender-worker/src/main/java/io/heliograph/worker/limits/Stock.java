package io.heliograph.worker.limits;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Slots that are leased and not taken, and how many of them are promised to messages that will come for one. A message
 * that is granted a slot twice would be claimed long before it may leave. Not safe for several threads.
 */
final class Stock {
    private final Deque<Slot> slots = new ArrayDeque<>();
    private int promised;
    /** For the urgent, who found none. */
    private int kept;

    private long keptUntilNanos;

    void add(Slot slot) {
        slots.add(slot);
    }

    int size() {
        return slots.size();
    }

    /** Of this sender, or of nobody's. */
    int sizeOf(@Nullable String sender) {
        return (int) of(sender).count();
    }

    int promised() {
        return promised;
    }

    /** Answers how many of so many were promised a slot; none that is kept for the urgent. */
    int promise(int wanted, long nowNanos) {
        return grant(wanted, slots.size() - promised - kept(nowNanos));
    }

    /** The same for the urgent. What is missing is kept for them when it comes, until that time. */
    int promiseFirst(int wanted, long untilNanos) {
        int granted = grant(wanted, slots.size() - promised);
        kept = wanted - granted;
        keptUntilNanos = untilNanos;
        return granted;
    }

    int kept(long nowNanos) {
        return nowNanos - keptUntilNanos < 0 ? kept : 0;
    }

    private int grant(int wanted, int free) {
        int granted = Math.clamp(free, 0, wanted);
        promised += granted;
        return granted;
    }

    /** So many less will come for one; more, when it is negative. */
    void release(int promises) {
        promised = Math.max(0, promised - promises);
    }

    /** So many at once; the last one's moment is theirs. Empty when there are not enough. */
    List<Slot> take(int wanted) {
        if (slots.size() < wanted) {
            return List.of();
        }
        List<Slot> taken = new ArrayList<>(wanted);
        while (taken.size() < wanted) {
            taken.add(slots.remove());
        }
        return taken;
    }

    /** The same of this sender, or of those that are nobody's. */
    List<Slot> takeOf(@Nullable String sender, int wanted) {
        List<Slot> taken = of(sender).limit(wanted).toList();
        if (taken.size() < wanted) {
            return List.of();
        }
        // They are among the first.
        taken.forEach(slots::removeFirstOccurrence);
        return taken;
    }

    private Stream<Slot> of(@Nullable String sender) {
        return slots.stream().filter(slot -> Objects.equals(sender, slot.sender()));
    }

    /** They were taken, and are in time for others. */
    void putBack(List<Slot> taken) {
        taken.reversed().forEach(slots::addFirst);
    }

    /** Throws away what should have been used by now. Answers how many of them somebody was to come for. */
    int dropMissed(long nowNanos) {
        int dropped = 0;
        while (!slots.isEmpty() && slots.peek().lastNanos() - nowNanos < 0) {
            Slot _ = slots.remove();
            dropped++;
        }
        return Math.clamp(promised - slots.size(), 0, dropped);
    }

    void clear() {
        slots.clear();
    }

    /** Of the slots, and of whom they were promised to. */
    void forget() {
        slots.clear();
        promised = 0;
        kept = 0;
    }
}
