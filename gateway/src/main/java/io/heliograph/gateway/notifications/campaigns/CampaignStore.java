package io.heliograph.gateway.notifications.campaigns;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads campaigns for their account, with what became of their audience at that moment. */
public final class CampaignStore {
    private static final String SHOWN = """
        SELECT c.*, c.counting IS NOT NULL AS is_counting,
               (SELECT jsonb_object_agg(kind || ' ' || word, n)
                FROM (SELECT kind, word, sum(n) AS n FROM campaign_count WHERE campaign_id = c.id
                      GROUP BY kind, word HAVING sum(n) <> 0) AS summed) AS counts
        FROM campaign c
        """;

    private static final String FIND = SHOWN + "WHERE c.id = $1 AND c.account_id = $2";

    private static final String LIST = SHOWN + """
        WHERE c.account_id = $1 AND c.id < $2 AND ($3::text IS NULL OR c.status = $3)
        ORDER BY c.id DESC LIMIT $4""";

    private static final String HOLD = "SELECT * FROM campaign WHERE id = $1 AND account_id = $2 FOR UPDATE";

    private CampaignStore() {}

    /** Fails with the problem that there is no such campaign. */
    public static Future<Row> find(SqlClient client, UUID id, long accountId) {
        return first(client, FIND, Tuple.of(id, accountId));
    }

    /** Whoever asks holds the campaign until the end of the transaction. */
    public static Future<Campaign> hold(SqlClient client, UUID id, long accountId) {
        return first(client, HOLD, Tuple.of(id, accountId)).map(Campaign::of);
    }

    /** The newest first; {@code before} is outside. */
    public static Future<List<Row>> list(Pool pool, long accountId, UUID before, @Nullable String status, int limit) {
        Future<RowSet<Row>> rows = pool.preparedQuery(LIST).execute(Tuple.of(accountId, before, status, limit));
        return rows.map(
                found -> StreamSupport.stream(found.spliterator(), false).toList());
    }

    private static Future<Row> first(SqlClient client, String statement, Tuple parameters) {
        return client.preparedQuery(statement).execute(parameters).map(rows -> {
            if (rows.size() == 0) {
                throw Campaign.none().exception();
            }
            return rows.iterator().next();
        });
    }
}
