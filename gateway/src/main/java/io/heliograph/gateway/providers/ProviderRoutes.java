package io.heliograph.gateway.providers;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Resource;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;

/** {@code GET /v1/providers}: state, rates and queues of every provider account, for the operator. */
public final class ProviderRoutes {
    private final ApiKeys apiKeys;
    private final ProviderStore store;

    public ProviderRoutes(ApiKeys apiKeys, Pool readPool) {
        this.apiKeys = apiKeys;
        this.store = new ProviderStore(readPool);
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/providers").get(this::show).andNothingElse();
    }

    private Future<Answer> show(RoutingContext context) {
        var _ = apiKeys.require(context, Scope.ADMIN);
        return store.all().map(providers -> Answer.ok(new JsonObject().put("providers", providers)));
    }
}
