package io.heliograph.gateway.accounts;

import io.heliograph.contract.Lane;
import io.heliograph.gateway.accounts.AccountBacklog.Due;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Reads what a relay has counted of the accounts with a limit. */
final class AccountBacklogStore {
    // Less than what goes in a second is no backlog. A count that nobody has renewed for long says nothing.
    private static final String BACKLOGS = """
        SELECT b.account_id, (extract(epoch FROM turn_gap(r.per_second)))::float8 AS gap_seconds,
               jsonb_object_agg(b.lane, b.due) AS due
        FROM account_backlog b JOIN account_rate r USING (account_id)
        WHERE r.per_second IS NOT NULL AND b.counted_at > now() - interval '5 minutes'
        GROUP BY b.account_id, r.per_second
        HAVING sum(b.due) > r.per_second""";

    private AccountBacklogStore() {}

    static Future<Map<Long, Due>> all(Pool pool) {
        return pool.preparedQuery(BACKLOGS).execute().map(rows -> {
            Map<Long, Due> found = new HashMap<>();
            rows.forEach(row -> found.put(row.getLong("account_id"), due(row)));
            return found;
        });
    }

    private static Due due(Row row) {
        Map<Lane, Long> messages = new EnumMap<>(Lane.class);
        row.getJsonObject("due")
                .forEach(line -> messages.put(Lane.of(line.getKey()), ((Number) line.getValue()).longValue()));
        return new Due(messages, row.getDouble("gap_seconds"));
    }
}
