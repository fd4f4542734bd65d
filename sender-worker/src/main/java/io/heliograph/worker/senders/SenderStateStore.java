package io.heliograph.worker.senders;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The one state of each sender that all workers share. A sender without a row has never been found down. */
public final class SenderStateStore {
    /** As the fleet has it; {@code ours} while it is this worker that tries it, {@code isDue} when somebody may. */
    record Shared(boolean ours, boolean isDue) {}

    private static final String UNWELL = """
        SELECT sender, coalesce(prober = $2, false) AS ours,
               CASE state WHEN 'down' THEN retry_at <= now() ELSE probing_until <= now() END AS due
        FROM sender_state WHERE provider = $1 AND state <> 'up'""";

    // As of a provider: one that fails again soon after it came back is left alone for longer, twice, four, eight
    // times.
    private static final String DOWN = """
        INSERT INTO sender_state AS s (provider, sender, state, changed_at, times_down, retry_at)
        VALUES ($1, $2, 'down', now(), 1, now() + $4 * interval '1 millisecond')
        ON CONFLICT (provider, sender) DO UPDATE
        SET state = 'down', changed_at = now(), prober = NULL, probing_until = NULL,
            times_down = CASE WHEN s.state = 'up' AND s.changed_at < now() - interval '5 minutes' THEN 1
                              ELSE s.times_down + 1 END,
            retry_at = now() + $4 * power(2, least(3, CASE
              WHEN s.state = 'up' AND s.changed_at < now() - interval '5 minutes' THEN 0
              ELSE s.times_down END)) * interval '1 millisecond'
        WHERE s.state = 'up' OR s.state = 'probing' AND s.prober = $3""";

    private static final String TAKE_PROBE = """
        UPDATE sender_state s
        SET state = 'probing', prober = $3, probing_until = now() + $4 * interval '1 millisecond'
        WHERE s.provider = $1 AND s.sender = $2
          AND (s.state = 'down' AND s.retry_at <= now() OR s.state = 'probing' AND s.probing_until <= now())""";

    private static final String UP = """
        UPDATE sender_state s
        SET state = 'up', changed_at = now(), prober = NULL, probing_until = NULL
        WHERE s.provider = $1 AND s.sender = $2 AND s.state = 'probing' AND s.prober = $3""";

    private static final String LEAVE = """
        UPDATE sender_state s
        SET state = 'down', prober = NULL, probing_until = NULL, retry_at = now()
        WHERE s.provider = $1 AND s.state = 'probing' AND s.prober = $2""";

    private final Pool pool;
    private final UUID worker;

    public SenderStateStore(Pool pool, UUID worker) {
        this.pool = pool;
        this.worker = worker;
    }

    /** By sender. */
    Future<Map<String, Shared>> unwell(String provider) {
        return pool.preparedQuery(UNWELL).execute(Tuple.of(provider, worker)).map(rows -> {
            Map<String, Shared> unwell = new HashMap<>();
            rows.forEach(row ->
                    unwell.put(row.getString("sender"), new Shared(row.getBoolean("ours"), row.getBoolean("due"))));
            return unwell;
        });
    }

    /** Does nothing when it is down already, or somebody else tries it. */
    Future<Void> down(String provider, String sender, Duration rest) {
        return pool.preparedQuery(DOWN)
                .execute(Tuple.of(provider, sender, worker, (double) rest.toMillis()))
                .mapEmpty();
    }

    /** True when it is this worker that shall try it now, for so long. */
    Future<Boolean> takeProbe(String provider, String sender, Duration within) {
        return pool.preparedQuery(TAKE_PROBE)
                .execute(Tuple.of(provider, sender, worker, (double) within.toMillis()))
                .map(rows -> rows.rowCount() == 1);
    }

    Future<Void> up(String provider, String sender) {
        return pool.preparedQuery(UP)
                .execute(Tuple.of(provider, sender, worker))
                .mapEmpty();
    }

    /** Leaves all that this worker tries to others. */
    Future<Void> leave(String provider) {
        return pool.preparedQuery(LEAVE).execute(Tuple.of(provider, worker)).mapEmpty();
    }
}
