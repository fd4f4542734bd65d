package io.heliograph.gateway.webhooks;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.CallableUrls;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.runtime.Ids;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** {@code /v1/webhook-endpoints}: making and keeping them. */
public final class EndpointRoutes {
    private static final int LIMIT_MAX = EndpointStore.ENDPOINTS_MAX;

    private final ApiKeys apiKeys;
    private final EndpointStore store;
    private final EndpointFields fields;
    private final Supplier<UUID> ids;

    public EndpointRoutes(ApiKeys apiKeys, Pool pool, CallableUrls targets, Supplier<UUID> ids) {
        this.apiKeys = apiKeys;
        this.store = new EndpointStore(pool);
        this.fields = new EndpointFields(targets);
        this.ids = ids;
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, EndpointPath.PATH)
                .get(this::list)
                .post(this::create)
                .andNothingElse();
        new Resource(router, answers, EndpointPath.PATH + "/:id")
                .get(this::show)
                .patch(this::change)
                .delete(this::remove)
                .andNothingElse();
        new Resource(router, answers, EndpointPath.PATH + "/:id/secret")
                .get(this::secret)
                .andNothingElse();
        new Resource(router, answers, EndpointPath.PATH + "/:id/rotate-secret")
                .post(this::rotate)
                .andNothingElse();
        new Resource(router, answers, EndpointPath.PATH + "/:id/enable")
                .post(this::enable)
                .andNothingElse();
    }

    private Future<Answer> create(RoutingContext context) {
        Caller caller = caller(context);
        JsonObject body = JsonBody.object(context);
        return store.add(
                        ids.get(),
                        caller.accountId(),
                        fields.readNew(body),
                        EndpointSecret.make(),
                        EndpointPath.key(context, body))
                .map(kept -> answer(Answer.created(EndpointView.withSecret(kept.row())), kept));
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = caller(context);
        QueryFields query = new QueryFields(context.queryParams());
        UUID cursor = query.cursor("cursor");
        int limit = query.integer("limit", LIMIT_MAX, 1, LIMIT_MAX);
        var mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return store.list(caller.accountId(), cursor == null ? Ids.LAST : cursor, limit)
                .map(rows -> Answer.ok(page(rows, limit)));
    }

    private static JsonObject page(List<Row> rows, int limit) {
        JsonArray endpoints = new JsonArray();
        rows.forEach(row -> endpoints.add(EndpointView.of(row)));
        return new JsonObject()
                .put("webhook_endpoints", endpoints)
                .put(
                        "next_cursor",
                        rows.size() < limit
                                ? null
                                : rows.getLast().getUUID("id").toString());
    }

    private Future<Answer> show(RoutingContext context) {
        return store.find(EndpointPath.id(context), caller(context).accountId())
                .map(row -> Answer.ok(EndpointView.of(row)));
    }

    private Future<Answer> change(RoutingContext context) {
        Caller caller = caller(context);
        return store.change(EndpointPath.id(context), caller.accountId(), fields.readChange(JsonBody.object(context)))
                .map(row -> Answer.ok(EndpointView.of(row)));
    }

    private Future<Answer> remove(RoutingContext context) {
        Caller caller = caller(context);
        return store.remove(EndpointPath.id(context), caller.accountId()).map(row -> Answer.noContent());
    }

    private Future<Answer> secret(RoutingContext context) {
        Caller caller = caller(context);
        return store.find(EndpointPath.id(context), caller.accountId())
                .map(row -> Answer.ok(EndpointView.secrets(row)));
    }

    /** The body may be left out. */
    private Future<Answer> rotate(RoutingContext context) {
        Caller caller = caller(context);
        JsonObject body = JsonBody.objectOrEmpty(context);
        return store.rotate(
                        EndpointPath.id(context),
                        caller.accountId(),
                        EndpointSecret.make(),
                        EndpointFields.readOverlap(body),
                        EndpointPath.key(context, body))
                .map(kept -> answer(Answer.ok(EndpointView.secrets(kept.row())), kept));
    }

    private Future<Answer> enable(RoutingContext context) {
        Caller caller = caller(context);
        return store.enable(EndpointPath.id(context), caller.accountId()).map(row -> Answer.ok(EndpointView.of(row)));
    }

    private Caller caller(RoutingContext context) {
        return apiKeys.require(context, Scope.ADMIN);
    }

    private static Answer answer(Answer answer, EndpointStore.Kept kept) {
        return kept.replayed() ? answer.replayed() : answer;
    }
}
