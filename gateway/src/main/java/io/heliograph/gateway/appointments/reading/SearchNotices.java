package io.heliograph.gateway.appointments.reading;

import static io.heliograph.gateway.appointments.reading.AppointmentView.address;
import static io.heliograph.gateway.appointments.reading.AppointmentView.put;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.appointments.reading.NoticeReadStore.Found;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.messages.fields.Recipients;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.UUID;

/** Shows what patients were told of their visits, and what became of it. */
public final class SearchNotices {
    private final ApiKeys apiKeys;
    private final Recipients recipients;
    private final NoticeReadStore store;

    public SearchNotices(ApiKeys apiKeys, Pool pool, Recipients recipients) {
        this.apiKeys = apiKeys;
        this.recipients = recipients;
        this.store = new NoticeReadStore(pool);
    }

    public Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        NoticeFilter filter = NoticeFilter.read(context.queryParams(), recipients);
        return store.search(caller.accountId(), filter).map(found -> Answer.ok(page(caller, found)));
    }

    private static JsonObject page(Caller caller, Found found) {
        JsonArray notices = new JsonArray();
        found.rows().forEach(row -> notices.add(view(caller, row)));
        UUID next = found.next();
        return new JsonObject().put("notices", notices).put("next_cursor", next == null ? null : next.toString());
    }

    private static JsonObject view(Caller caller, Row row) {
        String reason = row.getString("reason");
        JsonObject view = new JsonObject()
                .put("id", row.getUUID("id").toString())
                .put("appointment_id", row.getUUID("appointment_id").toString())
                .put("booking_id", row.getString("booking_id"))
                .put("revision", row.getInteger("revision"))
                .put("kind", row.getString("kind"))
                .put("channel", row.getString("channel"))
                .put("created_at", Times.text(row.getOffsetDateTime("created_at")));
        if (reason != null) {
            return view.put("status", NoticeFilter.SKIPPED).put("reason", reason);
        }
        put(view, "message_id", row.getUUID("id").toString());
        put(view, "status", row.getString("status"));
        put(view, "reason", row.getString("message_reason"));
        put(view, "to", address(caller, row.getString("recipient")));
        put(view, "text", row.getString("body"));
        put(view, "provider", row.getString("provider"));
        put(view, "provider_message_id", row.getString("provider_message_id"));
        put(view, "code", row.getString("code"));
        put(view, "send_at", Times.text(row.getOffsetDateTime("send_at")));
        put(view, "sent_at", Times.text(row.getOffsetDateTime("sent_at")));
        put(view, "settled_at", Times.text(row.getOffsetDateTime("settled_at")));
        return view;
    }
}
