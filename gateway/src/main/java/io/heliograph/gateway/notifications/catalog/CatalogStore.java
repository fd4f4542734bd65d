package io.heliograph.gateway.notifications.catalog;

import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what accounts have of their own: types, and the templates that are in force. */
public final class CatalogStore {
    private static final String VERSIONS = """
        SELECT account_id, version FROM catalog_version""";

    // One statement, so that version, types and templates are of the same moment.
    private static final String READ = """
        SELECT v.version,
               (SELECT jsonb_object_agg(t.name, t.definition) FROM notification_type t WHERE t.account_id = v.account_id) AS types,
               (SELECT jsonb_agg(jsonb_build_array(p.type, p.channel, p.locale, p.content))
                FROM template_version p WHERE p.account_id = v.account_id AND p.state = 'published') AS templates,
               (SELECT coalesce(sum(octet_length(p.content::text)), 0)
                FROM template_version p WHERE p.account_id = v.account_id AND p.state = 'published') AS bytes
        FROM catalog_version v WHERE v.account_id = $1""";

    /**
     * As it was at one moment.
     *
     * @param bytes of the templates, as they are stored
     */
    public record Read(long version, long bytes, OwnCatalog catalog) {}

    private CatalogStore() {}

    /** Of every account that has ever had something of its own. */
    static Future<Map<Long, Long>> versions(SqlClient client) {
        return client.preparedQuery(VERSIONS).execute().map(rows -> {
            Map<Long, Long> versions = HashMap.newHashMap(rows.size());
            rows.forEach(row -> versions.put(row.getLong("account_id"), row.getLong("version")));
            return versions;
        });
    }

    public static Future<Read> read(SqlClient client, long account, ShippedCatalog shipped) {
        return client.preparedQuery(READ).execute(Tuple.of(account)).map(rows -> {
            if (rows.size() == 0) {
                return new Read(0, 0, new OwnCatalog(shipped, Map.of(), Map.of()));
            }
            Row row = rows.iterator().next();
            return new Read(
                    row.getLong("version"),
                    row.getLong("bytes"),
                    new OwnCatalog(
                            shipped, types(row.getJsonObject("types")), contents(row.getJsonArray("templates"))));
        });
    }

    private static Map<String, NotificationType> types(JsonObject stored) {
        Map<String, NotificationType> types = new LinkedHashMap<>();
        if (stored != null) {
            stored.fieldNames().stream()
                    .sorted()
                    .forEach(name ->
                            types.put(name, TypeFields.read(name, new JsonFields(stored.getJsonObject(name), ""))));
        }
        return types;
    }

    private static Map<TemplateKey, Content> contents(JsonArray stored) {
        Map<TemplateKey, Content> contents = new LinkedHashMap<>();
        for (int i = 0; stored != null && i < stored.size(); i++) {
            JsonArray row = stored.getJsonArray(i);
            NotificationChannel channel = NotificationChannel.of(row.getString(1));
            contents.put(
                    new TemplateKey(row.getString(0), channel, row.getString(2)),
                    ContentFields.read(channel, new JsonFields(row.getJsonObject(3), "")));
        }
        return contents;
    }
}
