package io.heliograph.worker.recipients;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** When those who got no place may ask again: the first when the first place is free, the next with the next one, and so on. */
record PlaceWaits(List<Instant> taken, Instant now, int count, Duration span) {
    PlaceWaits {
        taken = taken.stream().sorted().toList();
    }

    /** Of the so-many-th who waits, from 0. Places that are given back unused come sooner, and nobody is told of them. */
    Duration of(int nth) {
        // With urgent messages, which take a place whether there is one or not, more may be taken than there are.
        int over = Math.max(0, taken.size() - count);
        Instant free = taken.get(over + nth % count).plus(span.multipliedBy(1 + nth / count));
        return free.isAfter(now) ? Duration.between(now, free) : Duration.ZERO;
    }
}
