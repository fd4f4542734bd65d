package io.heliograph.worker.ledger;

import io.vertx.pgclient.data.Interval;
import java.time.Duration;

/** Durations as the database takes them. */
public final class Intervals {
    private Intervals() {}

    public static Interval of(Duration duration) {
        return Interval.of(0, 0, 0, 0, 0, (int) duration.toSeconds(), duration.toNanosPart() / 1_000);
    }
}
