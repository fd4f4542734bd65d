package io.heliograph.gateway.sos.requests;

import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.http.Times;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;

/** A request as answers show it. Of its donors they say numbers of them, and nothing else. */
final class RequestView {
    private RequestView() {}

    /** Whoever may not read is not told where the patient is, or by what to answer. */
    static JsonObject of(Caller caller, Row row) {
        JsonObject view = new JsonObject()
                .put("id", row.getUUID("id").toString())
                .put("status", row.getString("status"))
                .put("patient", row.getString("patient_id"))
                .put("blood_group", row.getString("blood_group"))
                .put("units", row.getInteger("units"))
                .put("city", row.getString("city"))
                .put("priority", row.getString("priority"));
        if (caller.mayRead()) {
            view.put("area", row.getString("area"))
                    .put("hospital", row.getString("hospital"))
                    .put("contact", row.getString("contact"))
                    .put("token", row.getString("token"));
        }
        return view.put("token_expires_at", Times.text(row.getOffsetDateTime("token_expires_at")))
                .put("created_at", Times.text(row.getOffsetDateTime("created_at")))
                .put("matched_at", Times.text(row.getOffsetDateTime("matched_at")))
                .put("ended_at", Times.text(row.getOffsetDateTime("ended_at")));
    }

    static JsonObject statistics(Row row) {
        return new JsonObject()
                .put("alerted", row.getLong("alerted"))
                .put("delivered", row.getLong("delivered"))
                .put("answered", row.getLong("answered"))
                .put("yes", row.getLong("yes"))
                .put("no", row.getLong("no"))
                .put("shared", row.getLong("shared"))
                .put("first_yes_seconds", row.getDouble("first_yes_seconds"));
    }
}
