package io.heliograph.bench.workers;

import io.heliograph.bench.load.Load;
import io.heliograph.bench.load.LoadGenerator;
import io.heliograph.bench.load.LoadResult;
import io.heliograph.bench.load.MessageRequests;
import io.heliograph.bench.load.Pace;
import io.heliograph.bench.rig.Database;
import io.heliograph.bench.rig.Rig;
import io.heliograph.bench.rig.RunningProgram;
import io.heliograph.contract.Lane;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** Work that waits, taken in by the gateway in batches. */
final class Backfill {
    private static final int BATCH = 100;
    private static final int CONNECTIONS = 8;

    /** Batches a second; what a gateway cannot take at that pace it takes a little later. */
    private static final int PACE = 200;

    /** Of a backlog that is gone about as fast as it can be. */
    static final int LEFT_MIN = 1_000;

    private static final double ROUND_SECONDS_MAX = 5;
    private static final Duration TIME_MAX = Duration.ofMinutes(5);

    private Backfill() {}

    /** At least so many messages: as fast as the gateway takes them, beside whatever else there is to do. */
    static void add(RunningProgram gateway, int messages, Lane lane) throws IOException {
        long deadline = System.nanoTime() + TIME_MAX.toNanos();
        for (long left = messages; left > 0; ) {
            if (System.nanoTime() > deadline) {
                throw new IOException("The gateway took too long for a backlog of " + messages + " messages");
            }
            left -= round(gateway, left, lane).messages();
        }
    }

    private static LoadResult round(RunningProgram gateway, long messages, Lane lane) throws IOException {
        double seconds = Math.min(ROUND_SECONDS_MAX, messages / (double) BATCH / PACE);
        Load load = new Load(
                gateway.endpoints().http(),
                MessageRequests.batch(Rig.API_KEY, Runs.next(), BATCH, lane),
                CONNECTIONS,
                new Pace.PerSecond(PACE),
                Duration.ofMillis((long) Math.ceil(seconds * 1e3)));
        try (LoadGenerator generator = LoadGenerator.open(load)) {
            return generator.run();
        }
    }

    /** A fleet that had nothing to do was not measured. What one that died had in hand is no backlog. */
    static void requireLeft(Database database, int messages) throws IOException, SQLException {
        if (database.number("SELECT count(*) FROM (SELECT FROM outbox LIMIT " + messages + ") AS waiting") < messages) {
            throw new IOException("The backlog ran dry; what was measured after that says nothing");
        }
    }
}
