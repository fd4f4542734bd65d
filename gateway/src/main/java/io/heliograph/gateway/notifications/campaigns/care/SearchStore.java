package io.heliograph.gateway.notifications.campaigns.care;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/**
 * Looks for the audiences of launched campaigns, a few thousand at a time in the order of a key: whom another campaign has missed, and
 * users behind a filter. How far it has come stands with the campaign, and moves with what is found.
 */
final class SearchStore {
    private static final int LOOKED_AT_MAX = 5_000;

    /** Where it is; the next begins when one has come to its end. */
    private enum Stage {
        MISSED_MESSAGES,
        MISSED_SKIPS,
        USERS
    }

    private static final String HOLD = """
        SELECT * FROM campaign WHERE at_work AND status = 'running' AND counting IS NOT NULL
        ORDER BY id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED""";

    // $1 campaign, $2 after which key, $3 at most so many; how "looked" and "meant" are found is the stage's own.
    private static final String ADD = """
        WITH looked AS MATERIALIZED (
          %1$s
        ), meant AS (
          %2$s
        ), added AS (
          INSERT INTO campaign_recipient (audience_id, n, account_id, person, user_id, address, locale, data)
          SELECT c.audience_id, c.last_row + m.place, c.account_id, m.person, m.user_id, m.address, m.locale, m.data
          FROM meant m, campaign c WHERE c.id = $1
          ORDER BY m.place
          ON CONFLICT DO NOTHING
          RETURNING n
        )
        UPDATE campaign c
        SET audience = c.audience + (SELECT count(*) FROM added),
            last_row = greatest(c.last_row, (SELECT max(n) FROM added)),
            counting = CASE WHEN (SELECT count(*) FROM looked) = $3 THEN jsonb_build_object('stage', $4::text, 'after', (SELECT max(key) FROM looked))
                            WHEN $5::text IS NOT NULL THEN jsonb_build_object('stage', $5::text) END
        WHERE c.id = $1""";

    private static final String MISSED_MESSAGES = ADD.formatted("""
        SELECT m.id::text AS key, m.status, m.reason, m.user_id, m.recipient
        FROM campaign c JOIN message m ON m.campaign_id = c.follows AND m.id > coalesce($2, '00000000-0000-0000-0000-000000000000')::uuid
        WHERE c.id = $1 ORDER BY m.id LIMIT $3""", """
        SELECT row_number() OVER (ORDER BY l.key) AS place, r.person, r.user_id, r.address, r.locale, r.data
        FROM campaign c JOIN campaign f ON f.id = c.follows CROSS JOIN looked l
        -- OFFSET 0: each by the index, and never the whole audience beside all that were looked at.
        CROSS JOIN LATERAL (
          SELECT * FROM campaign_recipient r
          WHERE r.account_id = c.account_id AND r.audience_id = f.audience_id AND r.person IN ('user ' || l.user_id, l.recipient) OFFSET 0) r
        WHERE c.id = $1 AND c.missed -> 'statuses' ? l.status AND l.reason IS DISTINCT FROM 'outcome_unknown'""");

    private static final String MISSED_SKIPS = ADD.formatted("""
        SELECT lpad(s.n::text, 10, '0') AS key, s.audience_id, s.n, s.reason
        FROM campaign c JOIN campaign f ON f.id = c.follows
        JOIN campaign_skip s ON s.audience_id = f.audience_id AND s.n > coalesce($2, '0')::int
        WHERE c.id = $1 ORDER BY s.n LIMIT $3""", """
        SELECT row_number() OVER (ORDER BY l.n) AS place, r.person, r.user_id, r.address, r.locale, r.data
        FROM campaign c CROSS JOIN looked l JOIN campaign_recipient r ON r.audience_id = l.audience_id AND r.n = l.n
        WHERE c.id = $1 AND c.missed -> 'skip_reasons' ? l.reason AND (r.user_id IS NOT NULL OR r.address IS NOT NULL)""");

    private static final String USERS = ADD.formatted("""
        SELECT u.id AS key, u.*, c.filter, c.launched_at
        FROM campaign c JOIN app_user u ON u.account_id = c.account_id AND u.id > coalesce($2, '')
        WHERE c.id = $1 ORDER BY u.id LIMIT $3""", """
        SELECT row_number() OVER (ORDER BY l.id) AS place, 'user ' || l.id AS person, l.id AS user_id, NULL::text AS address,
               NULL::text AS locale, NULL::jsonb AS data
        FROM looked l
        WHERE l.created_at <= l.launched_at
          AND (l.filter -> 'joined_after' IS NULL OR l.created_at > (l.filter ->> 'joined_after')::timestamptz)
          AND (l.filter -> 'locales' IS NULL OR EXISTS (
            SELECT FROM jsonb_array_elements_text(l.filter -> 'locales') AS w (word) WHERE l.locale = word OR starts_with(l.locale, word || '-')))
          AND (l.filter -> 'phone_prefixes' IS NULL OR EXISTS (
            SELECT FROM jsonb_array_elements_text(l.filter -> 'phone_prefixes') AS w (word) WHERE starts_with(l.phone, word)))
          AND (l.filter -> 'attributes' IS NULL OR l.attributes @> (l.filter -> 'attributes'))
          AND (l.filter -> 'has_phone' IS NULL OR (l.phone IS NOT NULL) = (l.filter ->> 'has_phone')::boolean)
          AND (l.filter -> 'has_email' IS NULL OR (l.email IS NOT NULL) = (l.filter ->> 'has_email')::boolean)""");

    private final Pool pool;

    SearchStore(Pool pool) {
        this.pool = pool;
    }

    /** Answers whether there was anything to look for. */
    Future<Boolean> lookOn() {
        return pool.withTransaction(connection -> connection
                .preparedQuery(HOLD)
                .execute()
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(false)
                        : lookOn(connection, rows.iterator().next()).map(true)));
    }

    private static Future<Void> lookOn(SqlClient client, Row campaign) {
        JsonObject at = campaign.getJsonObject("counting");
        boolean isFiltered = campaign.getValue("filter") != null;
        Stage first = campaign.getValue("missed") == null ? Stage.USERS : Stage.MISSED_MESSAGES;
        Stage stage = at.containsKey("stage") ? Stage.valueOf(at.getString("stage")) : first;
        Stage next = switch (stage) {
            case MISSED_MESSAGES -> Stage.MISSED_SKIPS;
            case MISSED_SKIPS -> isFiltered ? Stage.USERS : null;
            case USERS -> null;
        };
        String statement = switch (stage) {
            case MISSED_MESSAGES -> MISSED_MESSAGES;
            case MISSED_SKIPS -> MISSED_SKIPS;
            case USERS -> USERS;
        };
        return client.preparedQuery(statement)
                .execute(Tuple.of(
                        campaign.getUUID("id"),
                        at.getString("after"),
                        LOOKED_AT_MAX,
                        stage.name(),
                        next == null ? null : next.name()))
                .mapEmpty();
    }
}
