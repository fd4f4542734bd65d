package io.heliograph.simulator.ledger;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers the texts whose keys are hashes, a bounded number of them; a further one is shown as its hash. */
final class Names {
    private static final int NAMES_MAX = 100_000;

    private final Map<Key, String> names = new ConcurrentHashMap<>();

    Key key(String text) {
        Key key = Key.of(text);
        if (!key.isReadable() && names.size() < NAMES_MAX) {
            var _ = names.putIfAbsent(key, text);
        }
        return key;
    }

    String text(Key key) {
        String text = key.text();
        return text != null ? text : names.getOrDefault(key, "sha256:%016x%016x".formatted(key.high(), key.low()));
    }
}
