package io.heliograph.worker.routing;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.UUID;

/** The one state of a provider that all workers share. Every move is guarded, so that of several workers one makes it. */
public final class FleetBreakerStore {
    /** As the fleet has it; {@code ours} while it is this worker that tries the provider. */
    record Shared(State state, boolean ours) {}

    enum State {
        UP,
        DOWN,
        PROBING
    }

    private static final String READ = """
        SELECT state, coalesce(prober = $2, false) AS ours FROM provider_state WHERE provider = $1""";

    // A provider that fails again soon after it came back is left alone for longer: twice, four, eight times.
    private static final String DOWN = """
        UPDATE provider_state s
        SET state = 'down', changed_at = now(), prober = NULL, probing_until = NULL,
            times_down = CASE WHEN s.state = 'up' AND s.changed_at < now() - interval '5 minutes' THEN 1
                              ELSE s.times_down + 1 END,
            retry_at = now() + $3 * power(2, least(3, CASE
              WHEN s.state = 'up' AND s.changed_at < now() - interval '5 minutes' THEN 0
              ELSE s.times_down END)) * interval '1 millisecond'
        WHERE s.provider = $1
          AND (s.state = 'probing' AND s.prober = $2
            OR s.state = 'up'
              -- If others reach it well, it is our way to it that is broken.
              AND NOT EXISTS (SELECT FROM provider_report r
                              WHERE r.provider = $1 AND r.worker <> $2 AND r.reported_at > now() - interval '3 seconds'
                                AND r.accepted > r.failed))""";

    // It was only asked how it is, and was given nothing: so it has not failed again, and the rest does not grow. Else
    // whoever was down for long would be left alone for long after it is back.
    private static final String STILL_DOWN = """
        UPDATE provider_state s
        SET state = 'down', prober = NULL, probing_until = NULL, retry_at = now() + $3 * interval '1 millisecond'
        WHERE s.provider = $1 AND s.state = 'probing' AND s.prober = $2""";

    private static final String TAKE_PROBE = """
        UPDATE provider_state s
        SET state = 'probing', prober = $2, probing_until = now() + $3 * interval '1 millisecond'
        WHERE s.provider = $1
          AND (s.state = 'down' AND s.retry_at <= now()
            -- Whoever was trying it has died over it. Workers report every second, each of its providers; one that has
            -- only just begun may not have reported yet.
            OR s.state = 'probing' AND (s.probing_until <= now()
              OR s.probing_until <= now() + $3 * interval '1 millisecond' - $4 * interval '1 millisecond'
                AND NOT EXISTS (SELECT FROM provider_report r
                                WHERE r.provider = $1 AND r.worker = s.prober
                                  AND r.reported_at > now() - $4 * interval '1 millisecond')))""";

    private static final String UP = """
        UPDATE provider_state s
        SET state = 'up', changed_at = now(), prober = NULL, probing_until = NULL
        WHERE s.provider = $1 AND s.state = 'probing' AND s.prober = $2""";

    private static final String SLOW = """
        UPDATE provider_state s
        SET slow_until = now() + $3 * interval '1 millisecond'
        WHERE s.provider = $1
          -- As above.
          AND NOT EXISTS (SELECT FROM provider_report r
                          WHERE r.provider = $1 AND r.worker <> $2 AND r.reported_at > now() - interval '3 seconds'
                            AND r.accepted > r.failed AND r.latency_ms < $4)""";

    /** A worker that has reported nothing for that long has died, or is as good as dead. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(3);

    private final Pool pool;
    private final UUID worker;

    public FleetBreakerStore(Pool pool, UUID worker) {
        this.pool = pool;
        this.worker = worker;
    }

    Future<Shared> read(String provider) {
        return pool.preparedQuery(READ).execute(Tuple.of(provider, worker)).map(rows -> {
            if (rows.size() == 0) {
                return new Shared(State.UP, false);
            }
            Row row = rows.iterator().next();
            State state = switch (row.getString("state")) {
                case "down" -> State.DOWN;
                case "probing" -> State.PROBING;
                default -> State.UP;
            };
            return new Shared(state, row.getBoolean("ours"));
        });
    }

    /**
     * It is left alone for that long, or longer if it was down shortly before. False when the fleet does not follow: it is
     * down already, or others reach it well.
     */
    Future<Boolean> down(String provider, Duration rest) {
        return pool.preparedQuery(DOWN)
                .execute(Tuple.of(provider, worker, (double) rest.toMillis()))
                .map(rows -> rows.rowCount() == 1);
    }

    /** It is left alone for that long once more, by whoever asked it. */
    Future<Void> stillDown(String provider, Duration rest) {
        return pool.preparedQuery(STILL_DOWN)
                .execute(Tuple.of(provider, worker, (double) rest.toMillis()))
                .mapEmpty();
    }

    /** True when it is this worker that shall try the provider now, for so long and as long as it is heard of. */
    Future<Boolean> takeProbe(String provider, Duration within) {
        return pool.preparedQuery(TAKE_PROBE)
                .execute(Tuple.of(provider, worker, (double) within.toMillis(), (double) SILENCE_MAX.toMillis()))
                .map(rows -> rows.rowCount() == 1);
    }

    /** For so long others are preferred to it. False when it is not slow to others: then nothing has changed. */
    Future<Boolean> slow(String provider, Duration rest, Duration slowCall) {
        return pool.preparedQuery(SLOW)
                .execute(Tuple.of(provider, worker, (double) rest.toMillis(), (double) slowCall.toMillis()))
                .map(rows -> rows.rowCount() == 1);
    }

    Future<Void> up(String provider) {
        return pool.preparedQuery(UP).execute(Tuple.of(provider, worker)).mapEmpty();
    }
}
