package io.heliograph.worker.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The ids of one claim. Each of them ends once; an id that came several times ends everywhere at once. */
public final class Batch {
    private final Map<UUID, List<Held>> held = new ConcurrentHashMap<>();
    private final InFlight inFlight;

    Batch(List<Held> due, InFlight inFlight) {
        due.forEach(
                one -> held.computeIfAbsent(one.id(), _ -> new ArrayList<>(1)).add(one));
        this.inFlight = inFlight;
    }

    /** With those that came several times. */
    public int size() {
        return held.values().stream().mapToInt(List::size).sum();
    }

    public List<UUID> ids() {
        return List.copyOf(held.keySet());
    }

    /** Recorded. */
    public void done(UUID id) {
        end(id, Held::done);
    }

    /** Not recorded: its envelope, or its promise, will bring it again. */
    public void failed(UUID id) {
        end(id, Held::failed);
    }

    /** All that these do not name are somebody else's, or settled. */
    public void doneExcept(Set<UUID> ours) {
        held.keySet().stream().filter(id -> !ours.contains(id)).forEach(this::done);
    }

    public void failRest() {
        held.keySet().forEach(this::failed);
    }

    private void end(UUID id, Consumer<Held> how) {
        List<Held> ended = held.remove(id);
        if (ended != null) {
            ended.forEach(how);
            inFlight.end(ended.size());
        }
    }
}
