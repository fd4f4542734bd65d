package io.heliograph.gateway.sos.replies;

import io.heliograph.gateway.http.Times;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;

/** The audit, as answers show it: who was told of whom, and not what. */
final class RevealView {
    private RevealView() {}

    static JsonObject page(List<Row> rows, int limit) {
        JsonArray reveals = new JsonArray();
        rows.forEach(row -> reveals.add(view(row)));
        String next = rows.size() < limit ? null : rows.getLast().getUUID("id").toString();
        return new JsonObject().put("reveals", reveals).put("next_cursor", next);
    }

    private static JsonObject view(Row row) {
        return new JsonObject()
                .put("id", row.getUUID("id").toString())
                .put("response", row.getUUID("response_id").toString())
                .put("donor", row.getString("donor_id"))
                .put("patient", row.getString("patient_id"))
                .put("way", row.getString("way"))
                .put(
                        "message_id",
                        row.getUUID("message_id") == null
                                ? null
                                : row.getUUID("message_id").toString())
                .put("revealed_at", Times.text(row.getOffsetDateTime("revealed_at")));
    }
}
