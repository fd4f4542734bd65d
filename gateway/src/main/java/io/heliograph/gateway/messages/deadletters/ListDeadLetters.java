package io.heliograph.gateway.messages.deadletters;

import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.input.QueryFields;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code GET /v1/dead-letters}: newest first, a look at a time. */
final class ListDeadLetters {
    private static final int LIMIT_MAX = 200;
    private static final int LIMIT_DEFAULT = 50;

    private final DeadLetterStore store;

    ListDeadLetters(DeadLetterStore store) {
        this.store = store;
    }

    /** Throws the problem of a query that is not one. */
    Future<JsonObject> list(Caller caller, MultiMap parameters) {
        QueryFields query = new QueryFields(parameters);
        DeadLetterFilter filter = DeadLetterFilter.read(query).before(query.cursor("cursor"));
        int limit = query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return store.list(caller.accountId(), filter, limit).map(ListDeadLetters::page);
    }

    private static JsonObject page(DeadLetterStore.Look look) {
        JsonArray deadLetters = new JsonArray();
        look.found().forEach(row -> deadLetters.add(DeadLetterView.of(row)));
        return new JsonObject()
                .put("dead_letters", deadLetters)
                .put("next_cursor", look.next() == null ? null : look.next().toString());
    }
}
