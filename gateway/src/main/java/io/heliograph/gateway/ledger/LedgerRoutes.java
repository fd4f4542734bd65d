package io.heliograph.gateway.ledger;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Resource;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;

/** {@code GET /v1/ledger}: the proof, for the caller's account. */
public final class LedgerRoutes {
    private final ApiKeys apiKeys;
    private final LedgerStore store;

    public LedgerRoutes(ApiKeys apiKeys, Pool readPool) {
        this.apiKeys = apiKeys;
        this.store = new LedgerStore(readPool);
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/ledger").get(this::show).andNothingElse();
    }

    private Future<Answer> show(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return store.count(caller.accountId()).map(LedgerCounts::json).map(Answer::ok);
    }
}
