package io.heliograph.gateway.appointments.schedules;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** When somebody is with a doctor. Nobody else is then, so of all that begin before a slot ends only the last can reach into it. */
final class Taken {
    private final NavigableMap<Instant, Instant> ends = new TreeMap<>();

    Taken(List<Slot> visits) {
        visits.forEach(visit -> ends.put(visit.startsAt(), visit.endsAt()));
    }

    boolean overlaps(Slot slot) {
        Map.Entry<Instant, Instant> last = ends.lowerEntry(slot.endsAt());
        return last != null && last.getValue().isAfter(slot.startsAt());
    }
}
