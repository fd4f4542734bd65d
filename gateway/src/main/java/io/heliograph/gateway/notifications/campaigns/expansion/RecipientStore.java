package io.heliograph.gateway.notifications.campaigns.expansion;

import io.heliograph.gateway.notifications.campaigns.Campaign;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/** Reads some of an audience with what is known of its users now: all of it in one statement. */
public final class RecipientStore {
    // Of a campaign $1 (c) those who are meant (r), with the switches of the category $2 and the consents for the
    // purpose $3.
    // Somebody who is no user by the file may have become one, whose switches and consents count.
    // Those are no joins: a join may read the whole of a table that looked empty when it was planned.
    private static final String KNOWN = """
        SELECT r.n, r.user_id AS named, r.address, r.locale AS row_locale, r.data, u.*,
               (SELECT p.enabled FROM preference p
                WHERE p.account_id = c.account_id AND p.user_id = u.user_id AND p.category = $2 AND p.channel = c.channel) AS enabled,
               (SELECT k.granted FROM consent_state k
                WHERE k.account_id = c.account_id AND k.user_id = u.user_id AND k.channel = c.channel AND k.purpose = $3) AS granted,
               %2$s
        FROM campaign c
        %3$s
        LEFT JOIN LATERAL (
          SELECT a.id AS user_id, a.phone, a.email, a.locale, a.time_zone, CASE WHEN c.filter IS NOT NULL THEN a.attributes END AS attributes
          FROM app_user a WHERE a.account_id = c.account_id AND a.id = r.user_id
          UNION ALL
          (SELECT a.id, a.phone, a.email, a.locale, a.time_zone, NULL
           FROM app_user a WHERE r.user_id IS NULL AND a.account_id = c.account_id AND a.%1$s = r.address ORDER BY a.id LIMIT 1)
        ) u ON true
        WHERE c.id = $1
        ORDER BY r.n""";

    /** A user whom the file names, and whose address it has beside them as a stranger's, is told once. */
    private static final String IS_THERE_AGAIN = """
        coalesce(r.user_id IS NULL AND u.user_id IS NOT NULL AND EXISTS (
                 SELECT FROM campaign_recipient x
                 WHERE x.account_id = c.account_id AND x.person = 'user ' || u.user_id AND x.audience_id = c.audience_id), false) AS again""";

    private static final String OF_CHUNK =
            "JOIN campaign_recipient r ON r.audience_id = c.audience_id AND r.n > $4 AND r.n <= $5";

    private static final ByAddress READ = ByAddress.of(IS_THERE_AGAIN, OF_CHUNK);

    /** The same for those with numbers and for those with email addresses. */
    public record ByAddress(String phone, String email) {
        /** {@code from} joins those who are meant as r, who have n, user_id, address, locale and data; {@code more} is said of each. */
        public static ByAddress of(String more, String from) {
            return new ByAddress(KNOWN.formatted("phone", more, from), KNOWN.formatted("email", more, from));
        }

        public ByAddress with(String before) {
            return new ByAddress(before + phone, before + email);
        }

        public String by(NotificationChannel channel) {
            return channel.goesToNumber() ? phone : email;
        }
    }

    private RecipientStore() {}

    /** {@code category} and {@code purpose} are those whose switches and consents are asked for. */
    static Future<RowSet<Row>> read(SqlClient client, Chunk chunk, String category, String purpose) {
        Campaign campaign = chunk.campaign();
        return client.preparedQuery(READ.by(campaign.wish().channel()))
                .execute(Tuple.of(campaign.id(), category, purpose, chunk.afterRow(), chunk.lastRow()));
    }
}
