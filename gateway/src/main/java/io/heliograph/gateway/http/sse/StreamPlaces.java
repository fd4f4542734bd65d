package io.heliograph.gateway.http.sse;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many streams are open in this process, and for whom. Safe for any thread.
 *
 * @param <K> for whom: an account, or a user
 */
public final class StreamPlaces<K> {
    private final int placesMax;
    private final int placesOfOneMax;
    private final AtomicInteger taken = new AtomicInteger();
    private final ConcurrentMap<K, Integer> takenByOne = new ConcurrentHashMap<>();

    /** What came of asking for a place. */
    public enum Answer {
        TAKEN,
        GATEWAY_FULL,
        OWN_FULL
    }

    public StreamPlaces(int placesMax, int placesOfOneMax) {
        this.placesMax = placesMax;
        this.placesOfOneMax = placesOfOneMax;
    }

    public Answer take(K whose) {
        if (taken.incrementAndGet() > placesMax) {
            taken.decrementAndGet();
            return Answer.GATEWAY_FULL;
        }
        if (takenByOne.merge(whose, 1, Integer::sum) > placesOfOneMax) {
            release(whose);
            return Answer.OWN_FULL;
        }
        return Answer.TAKEN;
    }

    public void release(K whose) {
        taken.decrementAndGet();
        Integer _ = takenByOne.computeIfPresent(whose, (id, count) -> count == 1 ? null : count - 1);
    }

    public int taken() {
        return taken.get();
    }

    /** Those with a stream, as they are now. */
    public Set<K> owners() {
        return Set.copyOf(takenByOne.keySet());
    }
}
