package io.heliograph.worker.intake;

import io.heliograph.broker.BrokerConsumer;
import io.heliograph.broker.Delivery;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What this worker holds of some queues. Hands out ids as many as are asked for: one at idle, many under load; nothing
 * ever waits for more to come. The rest of an envelope stays in hand until it is asked for.
 */
public final class Hand implements AutoCloseable {
    private final BrokerConsumer consumer;
    private final Deque<Held> waiting = new ArrayDeque<>();
    /** Never held while waiting. */
    private final ReentrantLock lock = new ReentrantLock();

    public Hand(BrokerConsumer consumer) {
        this.consumer = consumer;
    }

    /** Up to so many; empty when none came in that time. */
    public List<Held> take(int max, Duration wait) throws InterruptedException {
        List<Held> taken = new ArrayList<>();
        fill(taken, max);
        @Nullable Delivery next = taken.size() < max ? consumer.take(taken.isEmpty() ? wait : Duration.ZERO) : null;
        while (next != null) {
            open(next);
            fill(taken, max);
            next = taken.size() < max ? consumer.take(Duration.ZERO) : null;
        }
        return taken;
    }

    /** What could not be begun with is the first to be taken again. */
    public void putBack(List<Held> untouched) {
        lock.lock();
        try {
            untouched.reversed().forEach(waiting::addFirst);
        } finally {
            lock.unlock();
        }
    }

    /**
     * While nothing may be sent, envelopes stay with the broker, where other workers and the depth of the queue see them.
     */
    public void follow(boolean open) {
        if (open && consumer.isPaused()) {
            consumer.resume();
        } else if (!open) {
            if (!consumer.isPaused()) {
                consumer.pause();
            }
            // Another who takes from this hand may have put something back since.
            giveBack();
        }
    }

    /** Takes nothing more, and gives back what nobody has begun with. */
    public void shut() {
        consumer.pause();
        giveBack();
    }

    /** After {@link #shut}: lets the rest be answered, and disconnects. */
    @Override
    public void close() {
        giveBack();
        consumer.close();
    }

    private void giveBack() {
        lock.lock();
        try {
            waiting.forEach(Held::failed);
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    private void open(Delivery delivery) {
        lock.lock();
        try {
            waiting.addAll(new OpenEnvelope(delivery).content());
        } finally {
            lock.unlock();
        }
    }

    private void fill(List<Held> taken, int max) {
        lock.lock();
        try {
            while (taken.size() < max && !waiting.isEmpty()) {
                taken.add(waiting.poll());
            }
        } finally {
            lock.unlock();
        }
    }
}
