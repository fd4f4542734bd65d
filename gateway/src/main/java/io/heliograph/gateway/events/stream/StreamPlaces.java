package io.heliograph.gateway.events.stream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many streams are open in this process, and for whom. Safe for any thread. */
public final class StreamPlaces {
    private final int placesMax;
    private final int placesPerAccountMax;
    private final AtomicInteger taken = new AtomicInteger();
    private final ConcurrentMap<Long, Integer> takenByAccount = new ConcurrentHashMap<>();

    /** What came of asking for a place. */
    enum Answer {
        TAKEN,
        GATEWAY_FULL,
        ACCOUNT_FULL
    }

    public StreamPlaces(int placesMax, int placesPerAccountMax) {
        this.placesMax = placesMax;
        this.placesPerAccountMax = placesPerAccountMax;
    }

    Answer take(long accountId) {
        if (taken.incrementAndGet() > placesMax) {
            taken.decrementAndGet();
            return Answer.GATEWAY_FULL;
        }
        if (takenByAccount.merge(accountId, 1, Integer::sum) > placesPerAccountMax) {
            release(accountId);
            return Answer.ACCOUNT_FULL;
        }
        return Answer.TAKEN;
    }

    void release(long accountId) {
        taken.decrementAndGet();
        Integer _ = takenByAccount.computeIfPresent(accountId, (id, count) -> count == 1 ? null : count - 1);
    }

    int taken() {
        return taken.get();
    }

    /** Those with a stream, as they are now. */
    public Set<Long> accounts() {
        return Set.copyOf(takenByAccount.keySet());
    }
}
