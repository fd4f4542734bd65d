package io.heliograph.gateway.webhooks.deliveries;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.QueryFields;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.util.UUID;

/** {@code /v1/messages/{id}/deliveries}: what was sent to the callback that a message brought with it. */
public final class MessageDeliveryRoutes {
    private final ApiKeys apiKeys;
    private final MessageTryStore tries;

    public MessageDeliveryRoutes(ApiKeys apiKeys, Pool pool) {
        this.apiKeys = apiKeys;
        this.tries = new MessageTryStore(pool);
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/messages/:id/deliveries")
                .get(this::list)
                .andNothingElse();
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        QueryFields query = new QueryFields(context.queryParams());
        TryCursor cursor = TryFilter.cursor(query);
        int limit = TryFilter.limit(query);
        var mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return tries.list(id(context), caller.accountId(), cursor, limit)
                .map(look -> Answer.ok(TryView.page(caller, look)));
    }

    private static UUID id(RoutingContext context) {
        try {
            return UUID.fromString(context.pathParam("id"));
        } catch (IllegalArgumentException _) {
            throw Problem.noSuchMessage().exception();
        }
    }
}
