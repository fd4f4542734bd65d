package io.heliograph.broker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries that wait to be taken, a line for each queue; the prefetch bounds each line. Earlier queues go first, but
 * every eighth turn is for the longest line, so that none starves.
 */
final class DeliveryBuffer {
    private static final int TURNS = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Map<String, Queue<Delivery>> lines = new LinkedHashMap<>();
    private int turn;
    private boolean shut;

    /** Queues in the order in which they are served. */
    DeliveryBuffer(List<String> queues) {
        queues.forEach(queue -> lines.put(queue, new ArrayDeque<>()));
    }

    void add(Delivery delivery) {
        lock.lock();
        try {
            boolean _ = line(delivery.queue()).add(delivery);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** While it is shut, it hands out nothing. */
    void shut(boolean shutNow) {
        lock.lock();
        try {
            shut = shutNow;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Null when nothing came in that time. */
    @Nullable
    Delivery take(Duration wait) throws InterruptedException {
        long leftNanos = wait.toNanos();
        lock.lockInterruptibly();
        try {
            Delivery delivery = next();
            while (delivery == null && leftNanos > 0) {
                leftNanos = filled.awaitNanos(leftNanos);
                delivery = next();
            }
            return delivery;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out all that wait for one queue. */
    List<Delivery> drain(String queue) {
        lock.lock();
        try {
            List<Delivery> drained = new ArrayList<>(line(queue));
            line(queue).clear();
            return drained;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Delivery next() {
        if (shut) {
            return null;
        }
        turn = (turn + 1) % TURNS;
        Delivery delivery = turn == 0 ? longestLine().poll() : firstOfAll();
        // The broker has put those of a lost connection back on their queue.
        while (delivery != null && delivery.isDead()) {
            delivery = firstOfAll();
        }
        return delivery;
    }

    private @Nullable Delivery firstOfAll() {
        for (Queue<Delivery> line : lines.values()) {
            Delivery delivery = line.poll();
            if (delivery != null) {
                return delivery;
            }
        }
        return null;
    }

    private Queue<Delivery> longestLine() {
        Queue<Delivery> longest = new ArrayDeque<>();
        for (Queue<Delivery> line : lines.values()) {
            longest = line.size() > longest.size() ? line : longest;
        }
        return longest;
    }

    private Queue<Delivery> line(String queue) {
        return Objects.requireNonNull(lines.get(queue));
    }
}
