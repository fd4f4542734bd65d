package io.heliograph.simulator.ledger;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The newest entries in full, a bounded number of them; an older one gives its place to a newer one. */
final class RecentEntries {
    private static final int PAGE = 4_096;

    private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Entry>> pages;

    /** Pages are made when they are first needed, so a short run stays small. */
    RecentEntries(int entriesMax) {
        pages = new AtomicReferenceArray<>(Math.max(1, (entriesMax + PAGE - 1) / PAGE));
    }

    void put(Entry entry) {
        page(pageOf(entry.sequence())).set((int) (entry.sequence() % PAGE), entry);
    }

    /** Null when it never was, or is no longer kept. */
    @Nullable
    Entry get(long sequence) {
        if (sequence <= 0) {
            return null;
        }
        AtomicReferenceArray<@Nullable Entry> page = pages.get(pageOf(sequence));
        Entry entry = page == null ? null : page.get((int) (sequence % PAGE));
        return entry == null || entry.sequence() != sequence ? null : entry;
    }

    int capacity() {
        return pages.length() * PAGE;
    }

    private int pageOf(long sequence) {
        return (int) (sequence / PAGE % pages.length());
    }

    private AtomicReferenceArray<@Nullable Entry> page(int index) {
        AtomicReferenceArray<@Nullable Entry> page = pages.get(index);
        if (page == null) {
            AtomicReferenceArray<@Nullable Entry> made = new AtomicReferenceArray<>(PAGE);
            page = pages.compareAndExchange(index, null, made);
            page = page == null ? made : page;
        }
        return page;
    }
}
