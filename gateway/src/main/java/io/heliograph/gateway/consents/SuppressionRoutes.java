package io.heliograph.gateway.consents;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.http.input.JsonBody;
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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code /v1/suppressions}: who wants no messages. Adding and lifting say where that is known from. */
public final class SuppressionRoutes {
    private final ApiKeys apiKeys;
    private final SuppressionStore store;
    private final Addresses addresses;

    public SuppressionRoutes(ApiKeys apiKeys, Pool readPool, Addresses addresses) {
        this.apiKeys = apiKeys;
        this.store = new SuppressionStore(readPool);
        this.addresses = addresses;
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/suppressions")
                .get(this::list)
                .put(this::add)
                .andNothingElse();
        new Resource(router, answers, "/v1/suppressions/:id").delete(this::lift).andNothingElse();
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        SuppressionFilter filter = SuppressionFilter.read(context.queryParams(), addresses);
        return store.list(caller.accountId(), filter).map(rows -> Answer.ok(page(rows, filter.limit())));
    }

    private Future<Answer> add(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        SuppressionStore.Wish wish = SuppressionFields.wish(JsonBody.object(context), addresses);
        return inTime(store.add(caller.accountId(), wish)).map(row -> {
            Answer answer = Answer.ok(view(caller, row));
            return row.getBoolean("is_new") ? new Answer(201, answer.headers(), answer.body()) : answer;
        });
    }

    private Future<Answer> lift(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        SuppressionStore.Told told = SuppressionFields.told(JsonBody.object(context));
        return inTime(store.lift(caller.accountId(), id(context), told)).map(row -> {
            if (row == null) {
                throw noSuchSuppression().exception();
            }
            return Answer.ok(view(caller, row));
        });
    }

    private static <T> Future<T> inTime(Future<T> change) {
        return change.timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static JsonObject page(List<Row> rows, int limit) {
        JsonArray suppressions = new JsonArray();
        rows.forEach(row -> suppressions.add(view(row)));
        String next = rows.size() < limit ? null : rows.getLast().getUUID("id").toString();
        return new JsonObject().put("suppressions", suppressions).put("next_cursor", next);
    }

    private static JsonObject view(Caller caller, Row row) {
        JsonObject view = view(row);
        return caller.mayRead() ? view : view.put("person", Masked.address(view.getString("person")));
    }

    private static JsonObject view(Row row) {
        String sender = row.getString("sender");
        return new JsonObject()
                .put("id", text(row.getUUID("id")))
                .put("channel", row.getString("channel"))
                .put("person", row.getString("person"))
                .put("sender", sender.isEmpty() ? null : sender)
                .put("since", Times.text(row.getOffsetDateTime("since")))
                .put("lifted_at", Times.text(row.getOffsetDateTime("lifted_at")))
                .put("by", row.getString("changed_by"))
                .put("keyword", row.getString("word"))
                .put("inbound_id", text(row.getUUID("inbound_id")))
                .put("message_id", text(row.getUUID("message_id")))
                .put("source", row.getString("source"))
                .put("proof", row.getString("proof"));
    }

    private static UUID id(RoutingContext context) {
        try {
            return UUID.fromString(context.pathParam("id"));
        } catch (IllegalArgumentException e) {
            throw noSuchSuppression().exception();
        }
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    private static Problem noSuchSuppression() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no suppression in force with this id.");
    }
}
