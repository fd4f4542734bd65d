package io.heliograph.gateway.messages.deadletters;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.messages.AcceptMessage;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.fields.MessageFields;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;

/** {@code /v1/dead-letters}. */
public final class DeadLetterRoutes {
    /** Measured: some 20 ms, when there is nothing to find. */
    private static final int LOOK_MAX = 50_000;

    private final ApiKeys apiKeys;
    private final ListDeadLetters listDeadLetters;
    private final ReplayDeadLetters replayDeadLetters;

    public DeadLetterRoutes(
            ApiKeys apiKeys, Pool readPool, MessageFields fields, AcceptMessage acceptMessage, Origins origins) {
        DeadLetterStore store = new DeadLetterStore(readPool, LOOK_MAX);
        this.apiKeys = apiKeys;
        this.listDeadLetters = new ListDeadLetters(store);
        this.replayDeadLetters = new ReplayDeadLetters(store, fields, acceptMessage, origins);
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/dead-letters").get(this::list).andNothingElse();
        new Resource(router, answers, "/v1/dead-letters/replay")
                .post(this::replay)
                .andNothingElse();
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return listDeadLetters.list(caller, context.queryParams()).map(Answer::ok);
    }

    private Future<Answer> replay(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        return replayDeadLetters.replay(caller, JsonBody.object(context)).map(Answer::ok);
    }
}
