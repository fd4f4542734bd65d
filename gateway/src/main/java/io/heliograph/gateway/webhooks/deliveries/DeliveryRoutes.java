package io.heliograph.gateway.webhooks.deliveries;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.webhooks.EndpointPath;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.util.UUID;
import java.util.function.Supplier;

/** {@code /v1/webhook-endpoints/{id}}: what was sent there, and what is to be sent again. */
public final class DeliveryRoutes {
    private final ApiKeys apiKeys;
    private final TryStore tries;
    private final ReplayStore replays;
    private final Supplier<UUID> ids;

    public DeliveryRoutes(ApiKeys apiKeys, Pool pool, Supplier<UUID> ids) {
        this.apiKeys = apiKeys;
        this.tries = new TryStore(pool);
        this.replays = new ReplayStore(pool);
        this.ids = ids;
    }

    public void mount(Router router, Answers answers) {
        String endpoint = EndpointPath.PATH + "/:id";
        new Resource(router, answers, endpoint + "/deliveries").get(this::list).andNothingElse();
        new Resource(router, answers, endpoint + "/replay").post(this::replay).andNothingElse();
        new Resource(router, answers, endpoint + "/test").post(this::tryOut).andNothingElse();
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        UUID id = EndpointPath.id(context);
        TryFilter filter = TryFilter.read(context.queryParams());
        return replays.requireEndpoint(id, caller.accountId())
                .compose(there -> tries.list(id, caller.accountId(), filter))
                .map(look -> Answer.ok(TryView.page(caller, look)));
    }

    private Future<Answer> replay(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        ReplayRequest request = ReplayRequest.read(JsonBody.object(context));
        return replays.replay(EndpointPath.id(context), caller.accountId(), request)
                .map(replayed -> Answer.ok(json(replayed, request)));
    }

    private static JsonObject json(ReplayStore.Replayed replayed, ReplayRequest request) {
        return new JsonObject()
                .put("promised", replayed.promised())
                .put("dry_run", request.dryRun())
                .put(
                        "next_cursor",
                        replayed.next() == null ? null : replayed.next().toString());
    }

    private Future<Answer> tryOut(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        JsonObject body = JsonBody.objectOrEmpty(context);
        return replays.tryOut(EndpointPath.id(context), caller.accountId(), ids.get(), EndpointPath.key(context, body))
                .map(tried -> {
                    Answer answer = Answer.accepted(
                            new JsonObject().put("event_id", tried.eventId().toString()));
                    return tried.replayed() ? answer.replayed() : answer;
                });
    }
}
