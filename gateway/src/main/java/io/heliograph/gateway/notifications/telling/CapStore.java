package io.heliograph.gateway.notifications.telling;

import io.heliograph.gateway.notifications.deciding.CapCounter;
import io.heliograph.gateway.notifications.deciding.CapCounter.Period;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** How many notifications users got. Whoever asks holds the counts until the end of the transaction. */
final class CapStore {
    // In the order of the keys, so that two gateways wait for each other in one direction.
    private static final String HOLD = """
        INSERT INTO cap_count AS c (account_id, user_id, category, period, starts_on, told)
        SELECT *, 0
        FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::date[]) AS k (account_id, user_id, category, period, starts_on)
        ORDER BY account_id, user_id, category, period, starts_on
        ON CONFLICT (account_id, user_id, category, period, starts_on) DO UPDATE SET told = c.told
        RETURNING *""";

    private static final String ADD = """
        UPDATE cap_count c SET told = c.told + k.more
        FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::date[], $6::int[])
          AS k (account_id, user_id, category, period, starts_on, more)
        WHERE c.account_id = k.account_id AND c.user_id = k.user_id AND c.category = k.category AND c.period = k.period
          AND c.starts_on = k.starts_on""";

    // Months that are over, wherever on earth.
    private static final String DROP_OLD = """
        DELETE FROM cap_count
        WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM cap_count WHERE starts_on < $1::date - 40 ORDER BY starts_on LIMIT $2 FOR UPDATE SKIP LOCKED))""";

    private static final int DROPPED_AT_ONCE_MAX = 5_000;

    private CapStore() {}

    static Future<Map<CapCounter, Integer>> hold(SqlClient client, Collection<CapCounter> counters) {
        if (counters.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return client.preparedQuery(HOLD).execute(keys(List.copyOf(counters))).map(rows -> {
            Map<CapCounter, Integer> counts = HashMap.newHashMap(rows.size());
            rows.forEach(row -> counts.put(
                    new CapCounter(
                            row.getLong("account_id"),
                            row.getString("user_id"),
                            row.getString("category"),
                            Period.valueOf(row.getString("period").toUpperCase(Locale.ROOT)),
                            row.getLocalDate("starts_on")),
                    row.getInteger("told")));
            return counts;
        });
    }

    static Future<Void> add(SqlClient client, Map<CapCounter, Integer> more) {
        if (more.isEmpty()) {
            return Future.succeededFuture();
        }
        List<CapCounter> counters = List.copyOf(more.keySet());
        Tuple parameters = keys(counters).addArrayOfInteger(column(counters, Integer[]::new, more::get));
        return client.preparedQuery(ADD).execute(parameters).mapEmpty();
    }

    /** Answers how many. */
    static Future<Integer> dropOld(SqlClient client, LocalDate today) {
        return client.preparedQuery(DROP_OLD)
                .execute(Tuple.of(today, DROPPED_AT_ONCE_MAX))
                .map(rows -> rows.rowCount());
    }

    private static Tuple keys(List<CapCounter> counters) {
        return Tuple.tuple()
                .addArrayOfLong(column(counters, Long[]::new, CapCounter::accountId))
                .addArrayOfString(column(counters, String[]::new, CapCounter::userId))
                .addArrayOfString(column(counters, String[]::new, CapCounter::category))
                .addArrayOfString(column(
                        counters, String[]::new, counter -> counter.period().word()))
                .addArrayOfLocalDate(column(counters, LocalDate[]::new, CapCounter::startsOn));
    }

    private static <T> T[] column(
            List<CapCounter> counters, IntFunction<T[]> array, Function<CapCounter, @Nullable T> value) {
        return counters.stream().map(value).toArray(array);
    }
}
