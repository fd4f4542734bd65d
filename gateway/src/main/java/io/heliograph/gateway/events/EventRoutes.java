package io.heliograph.gateway.events;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Resource;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /v1/events}. */
public final class EventRoutes {
    private final ApiKeys apiKeys;
    private final ListEvents listEvents;
    private final Resource.Method post;

    /** {@code post}: what is done with what an application tells, which is none of this package's business. */
    public EventRoutes(ApiKeys apiKeys, EventStore store, Listening listening, Resource.Method post) {
        this.apiKeys = apiKeys;
        this.post = post;
        this.listEvents = new ListEvents(store, listening);
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/events").get(this::list).post(post).andNothingElse();
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return listEvents.list(caller, context.queryParams()).map(Answer::ok);
    }
}
