package io.heliograph.gateway.messages.reading;

import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.messages.fields.Recipients;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;

/** {@code GET /v1/messages}: an account's messages, newest first, a page at a time. */
public final class ListMessages {
    private final MessageStore store;
    private final Recipients recipients;

    public ListMessages(MessageStore store, Recipients recipients) {
        this.store = store;
        this.recipients = recipients;
    }

    /** Throws the problem of a query that is not one. */
    public Future<JsonObject> list(Caller caller, MultiMap query) {
        MessageFilter filter = MessageFilter.read(query, recipients);
        return store.list(caller.accountId(), filter).map(rows -> page(rows, filter.limit()));
    }

    private static JsonObject page(List<Row> rows, int limit) {
        JsonArray messages = new JsonArray();
        rows.forEach(row -> messages.add(MessageView.full(row)));
        // A full page may be the last one too; the next page then is empty, which costs less than counting.
        String next = rows.size() < limit ? null : rows.getLast().getUUID("id").toString();
        return new JsonObject().put("messages", messages).put("next_cursor", next);
    }
}
