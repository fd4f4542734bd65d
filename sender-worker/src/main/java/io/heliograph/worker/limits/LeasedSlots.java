package io.heliograph.worker.limits;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** The stock of leased slots, for several threads: one asks the database for more, and those who wait find them there. */
final class LeasedSlots {
    /** Longer than anybody rests who still wants what is kept for him. */
    private static final Duration KEPT_MAX = Duration.ofMillis(500);

    private final LongSupplier nanos;
    private final LeaseSlots lease;
    private final IntSupplier spare;
    private final Stock stock = new Stock();
    private final AtomicLong missed = new AtomicLong();
    /** Held while the database is asked, so never to be waited for on an event loop. */
    private final ReentrantLock lock = new ReentrantLock();

    /** {@code spare}: so many more than are wanted are leased, so that the next who want some need not ask. */
    LeasedSlots(RateStore store, LongSupplier nanos, IntSupplier spare) {
        this.nanos = nanos;
        this.spare = spare;
        this.lease = new LeaseSlots(store, nanos);
    }

    /** For how long it is not worth while to ask for more; not positive for no time. */
    long restNanos() {
        return lease.resumesNanos() - nanos.getAsLong();
    }

    AtomicLong missed() {
        return missed;
    }

    /** Answers how many of so many were promised; no more than {@code ahead}, and a few spare ones, are leased and not taken then. */
    int promise(ProviderLimit limit, int slots, int ahead) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            lease(limit, slots + stock.kept(nanos.getAsLong()), ahead);
            return stock.promise(slots, nanos.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /** The same for those who go first: what they lack is kept for them when there is more, and they ask again soon. */
    int promiseFirst(ProviderLimit limit, int slots, int ahead) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            lease(limit, slots, ahead);
            return stock.promiseFirst(slots, nanos.getAsLong() + KEPT_MAX.toNanos());
        } finally {
            lock.unlock();
        }
    }

    private void lease(ProviderLimit limit, int slots, int ahead) throws InterruptedException {
        dropMissed();
        int most = (int) Math.min(stock.promised() + (long) slots, ahead);
        // Who was promised one and lost it while waiting for a place leases another when there is one.
        if (most > stock.promised()) {
            leaseUpTo(limit, most);
        }
    }

    /** So many of those that were promised one do not come; more do, when it is negative. */
    void release(int slots) {
        lock.lock();
        try {
            stock.release(slots);
        } finally {
            lock.unlock();
        }
    }

    /**
     * So many, of which some were promised; empty when there are not enough. Leases for {@code all} that wait, so that not
     * each of them has to ask.
     */
    List<Slot> takeAny(ProviderLimit limit, int slots, int promised, int all) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            dropMissed();
            if (stock.size() < slots) {
                leaseUpTo(limit, Math.max(slots, Math.min(stock.promised(), all)));
            }
            return released(stock.take(slots), promised);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Of a sender that the messages ask for: from the stock if they are there, and else leased for it alone. A sender without
     * a limit of its own takes slots that are nobody's.
     */
    List<Slot> takeOf(String sender, ProviderLimit limit, int slots, int promised) throws InterruptedException {
        String limited = limit.senders().contains(sender) ? sender : null;
        lock.lockInterruptibly();
        try {
            dropMissed();
            int there = stock.sizeOf(limited);
            if (there < slots) {
                lease.of(limited, sender, limit, slots - there, stock);
            }
            return released(stock.takeOf(limited, slots), promised);
        } finally {
            lock.unlock();
        }
    }

    void putBack(List<Slot> taken) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            stock.putBack(taken);
        } finally {
            lock.unlock();
        }
    }

    void clear() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            stock.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Of the slots, and of whom they were promised to. */
    void forget() {
        lock.lock();
        try {
            stock.forget();
        } finally {
            lock.unlock();
        }
    }

    private List<Slot> released(List<Slot> taken, int promised) {
        if (!taken.isEmpty()) {
            stock.release(promised);
        }
        return taken;
    }

    private void leaseUpTo(ProviderLimit limit, int wanted) throws InterruptedException {
        if (stock.size() < wanted && restNanos() <= 0) {
            lease.any(limit, wanted - stock.size(), spare.getAsInt(), stock);
        }
    }

    private void dropMissed() {
        missed.addAndGet(stock.dropMissed(nanos.getAsLong()));
    }
}
