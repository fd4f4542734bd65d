package io.heliograph.torture.load;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the client was told: the id of each reference that was answered with 202. */
public final class AcceptedBook {
    private final Map<String, String> ids = new ConcurrentHashMap<>();
    private final Queue<String> contradictions = new ConcurrentLinkedQueue<>();

    /** The same key must get the same id, however often it is asked. */
    void accepted(String reference, String id) {
        String first = ids.putIfAbsent(reference, id);
        if (first != null && !first.equals(id)) {
            contradictions.add(reference + ": first " + first + ", then " + id);
        }
    }

    void contradicted(String reference, int status) {
        contradictions.add(reference + ": accepted, then answered with " + status);
    }

    /** By reference. */
    public Map<String, String> ids() {
        return Map.copyOf(ids);
    }

    public List<String> contradictions() {
        return List.copyOf(contradictions);
    }
}
