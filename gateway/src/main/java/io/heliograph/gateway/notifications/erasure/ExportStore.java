package io.heliograph.gateway.notifications.erasure;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Reads all that is known of a person, a page at a time, each page as of one moment. */
final class ExportStore {
    private static final String AS_OF_ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";

    static final String OTHERS = """
        SELECT coalesce((SELECT jsonb_agg(to_jsonb(p) - 'account_id' - 'user_id' ORDER BY category, channel) FROM preference p
                         WHERE account_id = $1 AND user_id = $2), '[]') AS preferences,
               coalesce((SELECT jsonb_agg(to_jsonb(l) - 'account_id' - 'user_id' - 'token_hash' ORDER BY created_at) FROM preference_link l
                         WHERE account_id = $1 AND user_id = $2), '[]') AS preference_links,
               coalesce((SELECT jsonb_agg(to_jsonb(t) - 'account_id' - 'user_id' - 'token_hash' ORDER BY created_at) FROM inbox_token t
                         WHERE account_id = $1 AND user_id = $2), '[]') AS inbox_tokens,
               (SELECT to_jsonb(d) - 'account_id' - 'user_id' - 'city_key' FROM donor d
                WHERE account_id = $1 AND user_id = $2) AS donor""";

    /** Rows of one table with ids, newest first. */
    record Section(String name, List<Entry> entries) {}

    record Entry(UUID id, JsonObject row) {}

    private final Pool pool;

    ExportStore(Pool pool) {
        this.pool = pool;
    }

    /** At most so many of each. */
    Future<List<Section>> page(long accountId, String userId, UUID before, int limit) {
        Tuple parameters = Tuple.of(accountId, userId, before, limit);
        return pool.withTransaction(connection -> {
            Future<List<Section>> sections =
                    connection.query(AS_OF_ONE_MOMENT).execute().map(_ -> new ArrayList<>());
            for (ExportPart part : ExportPart.ALL) {
                sections = sections.compose(
                        sofar -> section(connection, part, parameters).map(section -> {
                            boolean _ = sofar.add(section);
                            return sofar;
                        }));
            }
            return sections;
        });
    }

    private static Future<Section> section(SqlClient client, ExportPart part, Tuple parameters) {
        Future<RowSet<Row>> rows = client.preparedQuery(part.sql()).execute(parameters);
        return rows.map(found -> new Section(
                part.name(),
                StreamSupport.stream(found.spliterator(), false)
                        .map(row -> new Entry(row.getUUID("id"), row.getJsonObject("row")))
                        .toList()));
    }

    /** What there is once: a few rows. */
    Future<JsonObject> others(long accountId, String userId) {
        return pool.preparedQuery(OTHERS).execute(Tuple.of(accountId, userId)).map(rows -> {
            Row row = rows.iterator().next();
            JsonArray preferences = row.getJsonArray("preferences");
            return new JsonObject()
                    .put("preferences", preferences)
                    .put("preference_links", row.getJsonArray("preference_links"))
                    .put("inbox_tokens", row.getJsonArray("inbox_tokens"))
                    .put("donor", row.getJsonObject("donor"));
        });
    }
}
