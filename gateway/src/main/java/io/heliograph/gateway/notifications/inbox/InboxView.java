package io.heliograph.gateway.notifications.inbox;

import io.heliograph.gateway.http.Times;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;

/** What is in an inbox, as answers and streams show it. */
public final class InboxView {
    private InboxView() {}

    /** Of a row of the table, which was not deleted. */
    public static JsonObject item(Row row) {
        JsonObject item = new JsonObject()
                .put("id", row.getUUID("id").toString())
                .put("notification_id", row.getUUID("notification_id").toString())
                .put("type", row.getString("type"))
                .put("category", row.getString("category"))
                .put("title", row.getString("title"))
                .put("body", row.getString("body"));
        if (row.getString("link") != null) {
            item.put("link", row.getString("link"));
        }
        if (row.getJsonObject("data") != null) {
            item.put("data", row.getJsonObject("data"));
        }
        return item.put("created_at", Times.text(row.getOffsetDateTime("created_at")))
                .put("seen_at", Times.text(row.getOffsetDateTime("seen_at")))
                .put("read_at", Times.text(row.getOffsetDateTime("read_at")))
                .put("archived_at", Times.text(row.getOffsetDateTime("archived_at")))
                .put("expires_at", Times.text(row.getOffsetDateTime("expires_at")));
    }

    static JsonArray items(List<Row> rows) {
        JsonArray items = new JsonArray();
        rows.forEach(row -> items.add(item(row)));
        return items;
    }
}
