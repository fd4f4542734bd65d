package io.heliograph.gateway.sos.responses;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.messages.fields.Masked;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/** {@code /v1/sos/responses}: who was asked and what they said. Of nobody it says how to reach them, whoever asks. */
public final class Responses {
    public static final String PATH = "/v1/sos/responses";

    private final ApiKeys apiKeys;
    private final ResponseReadStore store;

    public Responses(ApiKeys apiKeys, Pool pool) {
        this.apiKeys = apiKeys;
        this.store = new ResponseReadStore(pool);
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, PATH).get(this::list).andNothingElse();
        new Resource(router, answers, PATH + "/:id").get(this::get).andNothingElse();
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        ResponseFilter filter = ResponseFilter.read(context.queryParams());
        return page(caller.accountId(), filter).map(Answer::ok);
    }

    /** Those, and where the next ones are. */
    public Future<JsonObject> page(long accountId, ResponseFilter filter) {
        return store.list(accountId, filter).map(rows -> page(rows, filter.limit()));
    }

    private static JsonObject page(List<Row> rows, int limit) {
        JsonArray responses = new JsonArray();
        rows.forEach(row -> responses.add(view(row)));
        String next = rows.size() < limit ? null : rows.getLast().getUUID("id").toString();
        return new JsonObject().put("responses", responses).put("next_cursor", next);
    }

    private Future<Answer> get(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return show(caller.accountId(), id(context)).map(Answer::ok);
    }

    /** Fails with the problem that there is none. */
    public Future<JsonObject> show(long accountId, UUID id) {
        return store.find(accountId, id).map(row -> {
            if (row == null) {
                throw none().exception();
            }
            return view(row);
        });
    }

    /** The id in a path. Throws the problem that there is no such response. */
    public static UUID id(RoutingContext context) {
        try {
            return UUID.fromString(context.pathParam("id"));
        } catch (IllegalArgumentException _) {
            throw none().exception();
        }
    }

    public static Problem none() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no response with this id.");
    }

    private static JsonObject view(Row row) {
        return new JsonObject()
                .put("id", row.getUUID("id").toString())
                .put("request", row.getUUID("request_id").toString())
                .put("donor", row.getString("donor_id"))
                .put("phone", Masked.address(row.getString("phone")))
                .put(
                        "message",
                        new JsonObject()
                                .put("id", row.getUUID("message_id").toString())
                                .put("status", row.getString("status"))
                                .put("reason", row.getString("reason")))
                .put("alerts", row.getInteger("alerts"))
                .put("alerted_at", Times.text(row.getOffsetDateTime("alerted_at")))
                .put("answer", row.getString("answer"))
                .put("answered_by", row.getString("answered_by"))
                .put("answered_at", Times.text(row.getOffsetDateTime("answered_at")))
                .put("shared", row.getBoolean("shared"))
                .put("shared_at", Times.text(row.getOffsetDateTime("shared_at")));
    }
}
