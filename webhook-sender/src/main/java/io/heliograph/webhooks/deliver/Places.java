package io.heliograph.webhooks.deliver;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The bound on what is under way in all: taken, and not recorded yet. One thread may wait for an end. */
final class Places {
    private final int max;
    private final AtomicInteger used = new AtomicInteger();
    private final Semaphore ended = new Semaphore(0);

    Places(int max) {
        this.max = max;
    }

    int left() {
        return max - used.get();
    }

    int used() {
        return used.get();
    }

    void use(int deliveries) {
        int _ = used.addAndGet(deliveries);
    }

    void free(int deliveries) {
        int _ = used.addAndGet(-deliveries);
        signal();
    }

    /** Something has ended, and its line may have room again. */
    void signal() {
        if (ended.availablePermits() == 0) {
            ended.release();
        }
    }

    /** Until something ends, or so long. */
    void awaitEnd(long millis) throws InterruptedException {
        if (ended.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            int _ = ended.drainPermits();
        }
    }
}
