package io.heliograph.relay.retention;

import io.heliograph.runtime.Loop;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All that forgets, each in its own loop. */
public final class Forgetting {
    private static final Duration AT_ONCE = Duration.ofMillis(100);

    private Forgetting() {}

    /** The database knows by then what is kept for how long. */
    public static List<AutoCloseable> start(Pool pool, MeterRegistry registry) {
        RetentionMeters meters = new RetentionMeters(registry);
        DayDropper days = new DayDropper(pool, meters);
        AccountWalks walks = new AccountWalks(pool, meters);
        List<AutoCloseable> loops = new ArrayList<>();
        for (AgedRows rows : AgedRows.values()) {
            Pruner pruner = new Pruner(pool, rows, meters);
            loops.add(Loop.every("prune-" + rows.word(), Duration.ofSeconds(5), pruner::runOnce));
        }
        loops.add(Loop.start("drop-days", AT_ONCE, Duration.ofMinutes(5), days::runOnce));
        loops.add(Loop.start("forget-leftovers", AT_ONCE, Duration.ofMinutes(1), days::forgetLeftovers));
        loops.add(Loop.every("begin-retention-walks", Duration.ofSeconds(30), walks::begin));
        loops.add(Loop.start("forget-content", AT_ONCE, Duration.ofMinutes(1), walks::content));
        loops.add(Loop.start("forget-messages", AT_ONCE, Duration.ofMinutes(1), walks::rows));
        loops.add(Loop.start("forget-events", AT_ONCE, Duration.ofMinutes(1), walks::events));
        return loops;
    }
}
