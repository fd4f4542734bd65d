package io.heliograph.gateway.notifications.preferences;

import io.heliograph.gateway.notifications.preferences.Switches.Agreement;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What users have switched. */
final class PreferenceStore {
    private static final String READ = """
        SELECT u.account_id, u.id, u.phone, u.email, u.locale,
               (SELECT jsonb_agg(jsonb_build_array(category, channel, enabled)) FROM preference p
                WHERE p.account_id = u.account_id AND p.user_id = u.id) AS set,
               (SELECT jsonb_agg(jsonb_build_array(channel, purpose, granted)) FROM consent_state c
                WHERE c.account_id = u.account_id AND c.user_id = u.id) AS agreed
        FROM app_user u WHERE u.account_id = $1 AND u.id = $2""";

    private static final String CHANGE = """
        WITH change AS MATERIALIZED (
          SELECT u.account_id, u.id AS user_id, c.category, c.channel, c.enabled
          FROM app_user u, unnest($3::text[], $4::text[], $5::boolean[]) AS c (category, channel, enabled)
          WHERE u.account_id = $1 AND u.id = $2
        ), untouched AS (
          DELETE FROM preference p USING change c
          WHERE c.enabled IS NULL AND p.account_id = c.account_id AND p.user_id = c.user_id AND p.category = c.category
            AND p.channel = c.channel
        )
        INSERT INTO preference AS p (account_id, user_id, category, channel, enabled, changed_at)
        SELECT account_id, user_id, category, channel, enabled, now() FROM change WHERE enabled IS NOT NULL
        ORDER BY category, channel
        ON CONFLICT (account_id, user_id, category, channel) DO UPDATE SET enabled = excluded.enabled, changed_at = now()
        WHERE p.enabled <> excluded.enabled""";

    /** Whose switches, and what a page shows of them. */
    record Known(
            long accountId,
            String userId,
            @Nullable String phone,
            @Nullable String email,
            @Nullable String locale,
            Map<Switch, Boolean> set,
            Map<Agreement, Boolean> agreed) {

        /** Names nobody. */
        @Override
        public String toString() {
            return "user";
        }
    }

    private final Pool pool;

    PreferenceStore(Pool pool) {
        this.pool = pool;
    }

    /** Null when there is no such user. */
    Future<@Nullable Known> read(long accountId, String userId) {
        Future<RowSet<Row>> rows = pool.preparedQuery(READ).execute(Tuple.of(accountId, userId));
        return rows.map(
                found -> found.size() == 0 ? null : known(found.iterator().next()));
    }

    /** Empty: as if it had never been touched. */
    Future<Void> change(long accountId, String userId, Map<Switch, Optional<Boolean>> changes) {
        List<Switch> switches = new ArrayList<>();
        List<@Nullable Boolean> enabled = new ArrayList<>();
        changes.forEach((one, wanted) -> {
            switches.add(one);
            enabled.add(wanted.orElse(null));
        });
        Tuple parameters = Tuple.of(
                accountId,
                userId,
                switches.stream().map(Switch::category).toArray(String[]::new),
                switches.stream().map(Switch::channel).toArray(String[]::new),
                (Object) enabled.toArray(Boolean[]::new));
        Future<? extends SqlResult<?>> done = pool.preparedQuery(CHANGE).execute(parameters);
        return done.mapEmpty();
    }

    private static Known known(Row row) {
        Map<Switch, Boolean> set = new HashMap<>();
        triples(row.getJsonArray("set"))
                .forEach(one -> set.put(new Switch(one.getString(0), one.getString(1)), one.getBoolean(2)));
        Map<Agreement, Boolean> agreed = new HashMap<>();
        triples(row.getJsonArray("agreed"))
                .forEach(one -> agreed.put(new Agreement(one.getString(0), one.getString(1)), one.getBoolean(2)));
        return new Known(
                row.getLong("account_id"),
                row.getString("id"),
                row.getString("phone"),
                row.getString("email"),
                row.getString("locale"),
                set,
                agreed);
    }

    private static List<JsonArray> triples(@Nullable JsonArray array) {
        return array == null
                ? List.of()
                : array.stream().map(JsonArray.class::cast).toList();
    }
}
