package io.heliograph.gateway.webhooks.deliveries;

import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.messages.fields.Masked;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.UUID;

/** How a try looks from outside. */
final class TryView {
    private TryView() {}

    /** Receivers write what they like into their answers, and some of them a number. */
    static JsonObject page(Caller caller, TryStore.Look look) {
        JsonArray deliveries = new JsonArray();
        look.found().forEach(row -> deliveries.add(of(caller, row)));
        return new JsonObject()
                .put("deliveries", deliveries)
                .put("next_cursor", look.next() == null ? null : look.next().toString());
    }

    private static JsonObject of(Caller caller, Row row) {
        String head = row.getString("answer_head");
        return new JsonObject()
                .put("delivery_id", row.getUUID("delivery_id").toString())
                .put("try", row.getInteger("n"))
                .put("event", event(row))
                .put("tried_at", Times.text(row.getOffsetDateTime("tried_at")))
                .put("duration_ms", row.getInteger("duration_ms"))
                .put("succeeded", row.getBoolean("succeeded"))
                .put("status_code", row.getInteger("status_code"))
                .put("failure", row.getString("failure"))
                .put("answer_head", head == null || caller.mayRead() ? head : Masked.numbersIn(head))
                .put("next_at", Times.text(row.getOffsetDateTime("next_at")));
    }

    /** Its id alone when it is not kept any more. */
    private static JsonObject event(Row row) {
        JsonObject json = new JsonObject().put("id", row.getUUID("event_id").toString());
        if (row.getString("type") != null) {
            json.put("type", row.getString("type"))
                    .put("sequence", row.getLong("sequence"))
                    .put("occurred_at", Times.text(row.getOffsetDateTime("occurred_at")));
        }
        UUID messageId = row.getUUID("message_id");
        return messageId == null ? json : json.put("message_id", messageId.toString());
    }
}
