package io.heliograph.relay.publish;

import io.heliograph.broker.QueueDepths;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many envelopes each queue can take before it is full. What was published since the last look counts as still
 * there. While the broker does not say, every queue is full.
 */
public final class QueueRoom {
    private static final Duration LOOK_INTERVAL_MAX = Duration.ofMillis(100);

    private final QueueDepths depths;
    private final Topics topics;
    private final int highWaterMark;
    private final Map<String, AtomicLong> estimates = new ConcurrentHashMap<>();
    private final Map<String, Long> lastRead = new ConcurrentHashMap<>();
    private long lookedNanos;

    public QueueRoom(QueueDepths depths, Topics topics, int highWaterMark) {
        this.depths = depths;
        this.topics = topics;
        this.highWaterMark = highWaterMark;
    }

    /** Looks at those that seem to fill up, and from time to time at all. Answers 0: there is nothing to be done at once. */
    public int refreshIfNeeded() {
        if (System.nanoTime() - lookedNanos >= LOOK_INTERVAL_MAX.toNanos()) {
            refresh();
        } else {
            look(topics.keys().stream()
                    .filter(this::isFilling)
                    .map(QueueKey::queue)
                    .toList());
        }
        return 0;
    }

    /** Asks the broker about all. */
    public void refresh() {
        List<String> queues = queues();
        // Nobody has looked at these yet, so they are full.
        queues.forEach(queue -> estimates.computeIfAbsent(queue, _ -> new AtomicLong(highWaterMark)));
        look(queues);
        lookedNanos = System.nanoTime();
    }

    private void look(List<String> queues) {
        if (queues.isEmpty()) {
            return;
        }
        Map<String, Long> before = new ConcurrentHashMap<>();
        estimates.forEach((queue, estimate) -> before.put(queue, estimate.get()));
        Map<String, Long> read = depths.read(queues);
        for (String queue : queues) {
            long depth = read.getOrDefault(queue, (long) highWaterMark);
            lastRead.put(queue, read.getOrDefault(queue, 0L));
            AtomicLong estimate = estimates.get(queue);
            if (estimate != null) {
                // Corrected by a difference, because a round may be counted in the meantime.
                long _ = estimate.addAndGet(depth - before.getOrDefault(queue, 0L));
            }
        }
    }

    /** As the broker said last; 0 when it does not say. */
    public long depth(String queue) {
        return lastRead.getOrDefault(queue, 0L);
    }

    private boolean isFilling(QueueKey key) {
        return envelopes(key) <= topics.pacing(key.topic()).queueEnvelopesMax(highWaterMark) / 2;
    }

    int envelopes(QueueKey key) {
        AtomicLong estimate = estimates.get(key.queue());
        int max = topics.pacing(key.topic()).queueEnvelopesMax(highWaterMark);
        return estimate == null ? 0 : Math.clamp(max - estimate.get(), 0, max);
    }

    void published(String queue) {
        AtomicLong estimate = estimates.get(queue);
        if (estimate != null) {
            long _ = estimate.incrementAndGet();
        }
    }

    private List<String> queues() {
        return topics.keys().stream().map(QueueKey::queue).toList();
    }
}
