package io.heliograph.worker.limits;

import io.heliograph.worker.ledger.Intervals;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fleet's limits. Its connections need not wait for the log to reach the disk: slots are leased for a fraction of a
 * second, and a database that has lost the last of them in a crash takes longer than that to come back.
 */
public final class RateStore {
    /** What a lease brought: perhaps no slot, and then when to ask again. */
    record Lease(Instant databaseAt, Instant resumesAt, List<Leased> slots) {}

    record Leased(Instant at, @Nullable String sender) {}

    private static final String LEASE = "SELECT * FROM lease_slots($1, $2, $3, $4)";

    /** What holds a scope back now, beside its limit: it is paused for so long, and {@code found} to have a limit. */
    public record Brake(Duration pausedFor, boolean found) {}

    private static final String SLOW_DOWN = "SELECT slow_down(scope, $2, $3) FROM unnest($1::text[]) AS scope";

    // A limit that did not change is not written: its slots go on where they were. The lock keeps a newer file from
    // coming into force meanwhile: its limits are written after these, or instead of them.
    private static final String DEFINE = """
        WITH in_force AS MATERIALIZED (SELECT version FROM routing_table FOR SHARE)
        INSERT INTO send_rate AS r (scope, per_second)
        SELECT scope, per_second FROM unnest($1::text[], $2::float8[]) AS asked (scope, per_second)
        WHERE coalesce((SELECT version FROM in_force), 0) <= $3
        ORDER BY scope
        ON CONFLICT (scope) DO UPDATE SET per_second = excluded.per_second
        WHERE r.per_second IS DISTINCT FROM excluded.per_second""";

    // Minus infinity is a time, and no number of seconds.
    private static final String BRAKES = """
        SELECT scope,
               CASE WHEN paused_until > clock_timestamp()
                    THEN date_part('epoch', paused_until - clock_timestamp()) ELSE 0 END AS seconds,
               per_second IS NULL AND found_now(found_per_second, found_at, clock_timestamp()) IS NOT NULL AS found
        FROM send_rate WHERE scope = ANY ($1)""";

    private final Pool pool;

    public RateStore(Pool pool) {
        this.pool = pool;
    }

    /** Puts these limits in force, by scope, unless newer ones are; null for no limit. */
    public Future<Void> define(Map<String, @Nullable Double> limits, int version) {
        List<String> scopes = new ArrayList<>();
        List<@Nullable Double> perSecond = new ArrayList<>();
        limits.forEach((scope, limit) -> {
            scopes.add(scope);
            perSecond.add(limit);
        });
        return pool.preparedQuery(DEFINE)
                .execute(Tuple.of(scopes.toArray(String[]::new), perSecond.toArray(Double[]::new), version))
                .mapEmpty();
    }

    /** Null when nobody has defined the scope yet. */
    Future<@Nullable Lease> lease(String scope, List<String> senders, int wanted, Duration horizon) {
        return pool.preparedQuery(LEASE)
                .execute(Tuple.of(scope, senders.toArray(String[]::new), wanted, Intervals.of(horizon)))
                .map(RateStore::lease);
    }

    /** All of these slow down, and rest: this worker has made so many calls in the last second. */
    Future<Void> slowDown(List<String> scopes, Duration rest, long calls) {
        return pool.preparedQuery(SLOW_DOWN)
                .execute(Tuple.of(scopes.toArray(String[]::new), Intervals.of(rest), (double) calls))
                .mapEmpty();
    }

    /** By scope. */
    public Future<Map<String, Brake>> brakes(List<String> scopes) {
        return pool.preparedQuery(BRAKES)
                .execute(Tuple.of((Object) scopes.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, Brake> brakes = new HashMap<>();
                    rows.forEach(row -> brakes.put(
                            row.getString("scope"),
                            new Brake(
                                    Duration.ofMillis((long) (row.getDouble("seconds") * 1_000)),
                                    row.getBoolean("found"))));
                    return brakes;
                });
    }

    private static @Nullable Lease lease(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return null;
        }
        Row row = rows.iterator().next();
        OffsetDateTime[] times = row.getArrayOfOffsetDateTimes("slot_at");
        String[] senders = row.getArrayOfStrings("slot_sender");
        List<Leased> slots = new ArrayList<>(times.length);
        for (int i = 0; i < times.length; i++) {
            slots.add(new Leased(times[i].toInstant(), senders.length == 0 ? null : senders[i]));
        }
        return new Lease(
                row.getOffsetDateTime("database_at").toInstant(),
                row.getOffsetDateTime("resumes_at").toInstant(),
                slots);
    }
}
