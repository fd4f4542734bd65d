package io.heliograph.relay.publish;

import io.heliograph.runtime.Pace;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * Remembers for each line from which due time on it is worth while to look. What was taken leaves dead index entries
 * behind until vacuum comes, and vacuum may not come for as long as anyone holds an old snapshot; without a floor every
 * round would walk all of them. Promises may still appear below it (a slow commit, another relay's rollback): a full
 * look from time to time finds those.
 */
final class DueFloors {
    static final OffsetDateTime ALL = OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private static final int LINES_MAX = 10_000;

    /** Longer than a commit of the gateway takes. */
    private static final Duration COMMIT_MAX = Duration.ofSeconds(1);

    /** A full look may have to walk a lot: then it is taken less often, but every half minute all the same. */
    private final Pace fullLooks = new Pace(Duration.ofSeconds(2), Duration.ofSeconds(30), 20);

    private final Map<Line, OffsetDateTime> floors = new HashMap<>();

    /** True when this round is to look at everything, whatever the floors say. */
    boolean beginFullLook() {
        return fullLooks.begin();
    }

    void endFullLook() {
        fullLooks.end();
        // Accounts come and go.
        if (floors.size() > LINES_MAX) {
            floors.clear();
        }
    }

    OffsetDateTime floor(Line line) {
        return floors.getOrDefault(line, ALL);
    }

    /** A full batch left more behind its last one; otherwise everything was taken that was due by then. */
    void took(TakenPromises taken, boolean full) {
        floors.put(taken.line(), full ? taken.lastDueAt() : taken.takenAt().minus(COMMIT_MAX));
    }
}
