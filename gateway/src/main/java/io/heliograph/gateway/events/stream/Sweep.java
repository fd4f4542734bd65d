package io.heliograph.gateway.events.stream;

import io.heliograph.events.EventPosition;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks after all streams of an event loop once a second: those whose key is good no more or whose reader is too slow are ended, and each in
 * its turn gets a heartbeat. One timer instead of ten thousand.
 */
final class Sweep {
    private static final int HEARTBEAT_SECONDS = 15;

    private final long slowNanos;
    private final BiConsumer<OpenStream, LastWord> end;
    private final Set<OpenStream> all = new LinkedHashSet<>();
    private int second;

    Sweep(Duration slowAfter, BiConsumer<OpenStream, LastWord> end) {
        this.slowNanos = slowAfter.toNanos();
        this.end = end;
    }

    void add(OpenStream stream) {
        boolean _ = all.add(stream);
    }

    void remove(OpenStream stream) {
        boolean _ = all.remove(stream);
    }

    List<OpenStream> all() {
        return List.copyOf(all);
    }

    void run(long nowNanos, @Nullable EventPosition tail) {
        second = (second + 1) % HEARTBEAT_SECONDS;
        for (OpenStream stream : all()) {
            if (!stream.keyIsValid()) {
                end.accept(stream, LastWord.KEY_REVOKED);
            } else if (stream.isFullForLongerThan(slowNanos, nowNanos)) {
                end.accept(stream, LastWord.TOO_SLOW);
            } else if (System.identityHashCode(stream) % HEARTBEAT_SECONDS == second) {
                stream.heartbeat(tail);
            }
        }
    }
}
