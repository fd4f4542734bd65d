package io.heliograph.gateway.notifications.campaigns.expansion;

import io.heliograph.gateway.notifications.campaigns.Campaign;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/** Reads a chunk of an audience with what is known of its users now: all of it in one statement. */
final class RecipientStore {
    // Somebody who is no user by the file may have become one, whose switches and consents count, and who is told once.
    // Those are no joins: a join may read the whole of a table that looked empty when it was planned.
    private static final String READ = """
        SELECT r.n, r.user_id AS named, r.address, r.locale AS row_locale, r.data, u.*,
               (SELECT p.enabled FROM preference p
                WHERE p.account_id = c.account_id AND p.user_id = u.user_id AND p.category = $4 AND p.channel = c.channel) AS enabled,
               (SELECT k.granted FROM consent_state k
                WHERE k.account_id = c.account_id AND k.user_id = u.user_id AND k.channel = c.channel AND k.purpose = $5) AS granted,
               coalesce(r.user_id IS NULL AND u.user_id IS NOT NULL AND EXISTS (
                 SELECT FROM campaign_recipient x
                 WHERE x.account_id = c.account_id AND x.person = 'user ' || u.user_id AND x.audience_id = c.audience_id), false) AS again
        FROM campaign c
        JOIN campaign_recipient r ON r.audience_id = c.audience_id
        LEFT JOIN LATERAL (
          SELECT a.id AS user_id, a.phone, a.email, a.locale, a.time_zone, CASE WHEN c.filter IS NOT NULL THEN a.attributes END AS attributes
          FROM app_user a WHERE a.account_id = c.account_id AND a.id = r.user_id
          UNION ALL
          (SELECT a.id, a.phone, a.email, a.locale, a.time_zone, NULL
           FROM app_user a WHERE r.user_id IS NULL AND a.account_id = c.account_id AND a.%1$s = r.address ORDER BY a.id LIMIT 1)
        ) u ON true
        WHERE c.id = $1 AND r.n > $2 AND r.n <= $3
        ORDER BY r.n""";

    private static final String READ_BY_PHONE = READ.formatted("phone");
    private static final String READ_BY_EMAIL = READ.formatted("email");

    private RecipientStore() {}

    /** {@code category} and {@code purpose} are those whose switches and consents are asked for. */
    static Future<RowSet<Row>> read(SqlClient client, Chunk chunk, String category, String purpose) {
        Campaign campaign = chunk.campaign();
        return client.preparedQuery(campaign.wish().channel().goesToNumber() ? READ_BY_PHONE : READ_BY_EMAIL)
                .execute(Tuple.of(campaign.id(), chunk.afterRow(), chunk.lastRow(), category, purpose));
    }
}
