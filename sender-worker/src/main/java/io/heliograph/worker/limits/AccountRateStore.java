package io.heliograph.worker.limits;

import io.heliograph.providers.routing.FleetLimits;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits of customer accounts. As with the slots of providers, a turn need not reach the disk: a database that has lost
 * the last of them in a crash takes longer than that to come back.
 */
public final class AccountRateStore {
    /** A call of so many messages, which would leave in that moment; null for at once. */
    record Call(int messages, @Nullable Instant leavesAt) {}

    /** Whether a call may leave then; if not, how much later. */
    record Turn(boolean granted, Duration later) {}

    /** One turn for each call, and the database's time when it gave them. */
    record Turns(Instant databaseAt, List<Turn> each) {}

    // What is known of already, and what the file names; a limit that did not change is not written, nor one of an
    // older file than is in force.
    private static final String DEFINE = """
        WITH in_force AS MATERIALIZED (SELECT version FROM routing_table FOR SHARE)
        INSERT INTO account_rate AS r (account_id, per_second)
        SELECT a.id, coalesce(own.per_second, $3::float8)
        FROM account a
        LEFT JOIN unnest($1::text[], $2::float8[]) AS own (name, per_second) ON own.name = a.name
        WHERE (own.name IS NOT NULL OR EXISTS (SELECT FROM account_rate known WHERE known.account_id = a.id))
          AND coalesce((SELECT version FROM in_force), 0) <= $4
        ORDER BY a.id
        ON CONFLICT (account_id) DO UPDATE SET per_second = excluded.per_second
        WHERE r.per_second IS DISTINCT FROM excluded.per_second""";

    private static final String MAKE_KNOWN = """
        WITH in_force AS MATERIALIZED (SELECT version FROM routing_table FOR SHARE)
        INSERT INTO account_rate AS r (account_id, per_second)
        SELECT a.id, coalesce(own.per_second, $3::float8)
        FROM account a
        LEFT JOIN unnest($1::text[], $2::float8[]) AS own (name, per_second) ON own.name = a.name
        WHERE a.id = ANY ($5::bigint[]) AND coalesce(own.per_second, $3::float8) IS NOT NULL
          AND coalesce((SELECT version FROM in_force), 0) <= $4
        ORDER BY a.id
        ON CONFLICT (account_id) DO UPDATE SET per_second = excluded.per_second
        WHERE r.per_second IS DISTINCT FROM excluded.per_second""";

    private static final String KNOWN = """
        SELECT account_id, per_second FROM account_rate
        WHERE account_id = ANY ($1::bigint[]) AND per_second IS NOT NULL""";

    private static final String TAKE = "SELECT * FROM take_turns($1, $2, $3)";

    private final Pool pool;

    public AccountRateStore(Pool pool) {
        this.pool = pool;
    }

    /** Puts these limits in force for everybody; those of accounts that nobody has sent for yet wait for their first message. */
    public Future<Void> define(FleetLimits limits, int version) {
        return pool.preparedQuery(DEFINE)
                .execute(Tuple.from(parameters(limits, version)))
                .mapEmpty();
    }

    /** The limits of these, by account; one without a limit is not in the answer. */
    Future<Map<Long, Double>> know(FleetLimits limits, int version, Collection<Long> accounts) {
        Long[] ids = accounts.toArray(Long[]::new);
        List<Object> parameters = parameters(limits, version);
        boolean _ = parameters.add(ids);
        return pool.preparedQuery(MAKE_KNOWN)
                .execute(Tuple.from(parameters))
                .compose(_ -> pool.preparedQuery(KNOWN).execute(Tuple.of((Object) ids)))
                .map(rows -> {
                    Map<Long, Double> known = new HashMap<>();
                    rows.forEach(row -> known.put(row.getLong("account_id"), row.getDouble("per_second")));
                    return known;
                });
    }

    /** One for each call; the soonest must be the first. */
    Future<Turns> take(long account, List<Call> calls) {
        OffsetDateTime[] leave = calls.stream().map(AccountRateStore::leavesAt).toArray(OffsetDateTime[]::new);
        Tuple values = Tuple.of(account, calls.stream().map(Call::messages).toArray(Integer[]::new), (Object) leave);
        return pool.preparedQuery(TAKE).execute(values).map(rows -> {
            Row row = rows.iterator().next();
            Boolean[] granted = row.getArrayOfBooleans("granted");
            Double[] later = row.getArrayOfDoubles("wait_seconds");
            List<Turn> turns = new ArrayList<>(granted.length);
            for (int i = 0; i < granted.length; i++) {
                turns.add(new Turn(granted[i], Duration.ofNanos((long) (later[i] * 1e9))));
            }
            return new Turns(row.getOffsetDateTime("database_at").toInstant(), turns);
        });
    }

    private static @Nullable OffsetDateTime leavesAt(Call call) {
        return call.leavesAt() == null ? null : call.leavesAt().atOffset(ZoneOffset.UTC);
    }

    private static List<Object> parameters(FleetLimits limits, int version) {
        List<String> names = List.copyOf(limits.perSecondByAccount().keySet());
        List<Object> parameters = new ArrayList<>();
        boolean _ = parameters.add(names.toArray(String[]::new));
        boolean _ = parameters.add(names.stream().map(limits::perSecond).toArray(Double[]::new));
        boolean _ = parameters.add(limits.defaultPerSecond());
        boolean _ = parameters.add(version);
        return parameters;
    }
}
