package io.heliograph.gateway.sos.badges;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.stream.StreamSupport;

/** Rules of badges, an account's own and everybody's, which are account 0's; and whom they honour. */
final class BadgeStore {
    static final int OWN_MAX = 50;

    private static final String LIST = """
        SELECT DISTINCT ON (badge) badge, title, metric, at_least, within_minutes, enabled, account_id <> 0 AS is_own
        FROM badge_rule WHERE account_id IN (0, $1) ORDER BY badge, account_id DESC""";

    private static final String EARNED = """
        WITH rule AS MATERIALIZED (
          SELECT DISTINCT ON (badge) * FROM badge_rule WHERE account_id IN (0, $1) ORDER BY badge, account_id DESC
        ), done AS MATERIALIZED (
          SELECT answer, shared, first_yes_at, alerted_at FROM sos_response
          WHERE account_id = $1 AND donor_id = $2 AND answer IS NOT NULL
        )
        SELECT badge, title FROM rule
        WHERE enabled AND at_least <= (
          SELECT count(*) FROM done
          WHERE CASE rule.metric
                WHEN 'answers' THEN true
                WHEN 'yes' THEN answer = 'yes'
                WHEN 'shared' THEN shared
                ELSE answer = 'yes' AND first_yes_at <= alerted_at + rule.within_minutes * interval '1 minute' END)
        ORDER BY badge""";

    // Nothing comes back when the account has as many as it may.
    private static final String PUT = """
        INSERT INTO badge_rule (account_id, badge, title, metric, at_least, within_minutes, enabled)
        SELECT $1::bigint, $2::text, $3::text, $4::text, $5::smallint, $6::smallint, $7::boolean
        WHERE (SELECT count(*) FROM badge_rule WHERE account_id = $1) < $8
           OR EXISTS (SELECT FROM badge_rule WHERE account_id = $1 AND badge = $2)
        ON CONFLICT (account_id, badge) DO UPDATE
        SET title = excluded.title, metric = excluded.metric, at_least = excluded.at_least, within_minutes = excluded.within_minutes,
            enabled = excluded.enabled
        RETURNING *, true AS is_own""";

    private static final String REMOVE = "DELETE FROM badge_rule WHERE account_id = $1 AND badge = $2";

    private final Pool pool;

    BadgeStore(Pool pool) {
        this.pool = pool;
    }

    Future<List<Row>> list(long accountId) {
        return rows(LIST, Tuple.of(accountId));
    }

    Future<List<Row>> earned(long accountId, String donor) {
        return rows(EARNED, Tuple.of(accountId, donor));
    }

    /** None where the account has as many as it may. */
    Future<List<Row>> put(long accountId, BadgeRule rule) {
        return rows(
                PUT,
                Tuple.of(accountId, rule.badge(), rule.title(), rule.metric())
                        .addShort((short) rule.atLeast())
                        .addShort(
                                rule.withinMinutes() == null
                                        ? null
                                        : rule.withinMinutes().shortValue())
                        .addBoolean(rule.isEnabled())
                        .addInteger(OWN_MAX));
    }

    /** Answers whether the account had it. */
    Future<Boolean> remove(long accountId, String badge) {
        return pool.preparedQuery(REMOVE).execute(Tuple.of(accountId, badge)).map(rows -> rows.rowCount() > 0);
    }

    private Future<List<Row>> rows(String statement, Tuple parameters) {
        Future<RowSet<Row>> rows = pool.preparedQuery(statement).execute(parameters);
        return rows.map(
                found -> StreamSupport.stream(found.spliterator(), false).toList());
    }
}
