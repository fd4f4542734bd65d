package io.heliograph.worker.limits;

import io.heliograph.providers.routing.FleetLimits;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The limits of customer accounts. As with the slots of providers, a turn need not reach the disk: a database that has lost
 * the last of them in a crash takes longer than that to come back.
 */
public final class AccountRateStore {
    /** A call of so many messages, which would leave after that time. */
    record Call(int messages, Duration ahead) {}

    /** Whether a call may leave then; if not, how much later. */
    record Turn(boolean granted, Duration later) {}

    // What is known of already, and what the file names; a limit that did not change is not written.
    private static final String DEFINE = """
        INSERT INTO account_rate AS r (account_id, per_second)
        SELECT a.id, coalesce(own.per_second, $3::float8)
        FROM account a
        LEFT JOIN unnest($1::text[], $2::float8[]) AS own (name, per_second) ON own.name = a.name
        WHERE own.name IS NOT NULL OR EXISTS (SELECT FROM account_rate known WHERE known.account_id = a.id)
        ORDER BY a.id
        ON CONFLICT (account_id) DO UPDATE SET per_second = excluded.per_second
        WHERE r.per_second IS DISTINCT FROM excluded.per_second""";

    private static final String MAKE_KNOWN = """
        INSERT INTO account_rate AS r (account_id, per_second)
        SELECT a.id, coalesce(own.per_second, $3::float8)
        FROM account a
        LEFT JOIN unnest($1::text[], $2::float8[]) AS own (name, per_second) ON own.name = a.name
        WHERE a.id = ANY ($4::bigint[]) AND coalesce(own.per_second, $3::float8) IS NOT NULL
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
    public Future<Void> define(FleetLimits limits) {
        return pool.preparedQuery(DEFINE)
                .execute(Tuple.from(parameters(limits)))
                .mapEmpty();
    }

    /** The limits of these, by account; one without a limit is not in the answer. */
    Future<Map<Long, Double>> know(FleetLimits limits, Collection<Long> accounts) {
        Long[] ids = accounts.toArray(Long[]::new);
        List<Object> parameters = parameters(limits);
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
    Future<List<Turn>> take(long account, List<Call> calls) {
        Tuple values = Tuple.of(account, calls.stream().map(Call::messages).toArray(Integer[]::new), (Object)
                calls.stream().map(call -> call.ahead().toNanos() / 1e9).toArray(Double[]::new));
        return pool.preparedQuery(TAKE).execute(values).map(rows -> {
            Row row = rows.iterator().next();
            Boolean[] granted = row.getArrayOfBooleans("granted");
            Double[] later = row.getArrayOfDoubles("wait_seconds");
            List<Turn> turns = new ArrayList<>(granted.length);
            for (int i = 0; i < granted.length; i++) {
                turns.add(new Turn(granted[i], Duration.ofNanos((long) (later[i] * 1e9))));
            }
            return turns;
        });
    }

    private static List<Object> parameters(FleetLimits limits) {
        List<String> names = List.copyOf(limits.perSecondByAccount().keySet());
        List<Object> parameters = new ArrayList<>();
        boolean _ = parameters.add(names.toArray(String[]::new));
        boolean _ = parameters.add(names.stream().map(limits::perSecond).toArray(Double[]::new));
        boolean _ = parameters.add(limits.defaultPerSecond());
        return parameters;
    }
}
