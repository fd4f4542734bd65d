package io.heliograph.simulator.script;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who does not want messages from which number any more. */
public final class OptOuts {
    private record Pair(String person, String sender) {}

    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();

    public boolean contains(String person, String sender) {
        return !pairs.isEmpty() && pairs.contains(new Pair(person, sender));
    }

    public void add(String person, String sender) {
        boolean _ = pairs.add(new Pair(person, sender));
    }

    public void remove(String person, String sender) {
        boolean _ = pairs.remove(new Pair(person, sender));
    }
}
