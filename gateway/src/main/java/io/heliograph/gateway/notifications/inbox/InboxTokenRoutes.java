package io.heliograph.gateway.notifications.inbox;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.notifications.preferences.Token;
import io.heliograph.gateway.notifications.users.UserFields;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** {@code /v1/users/{id}/inbox-tokens}: tokens with which a person's own browser or app reads that person's inbox, for a while. */
public final class InboxTokenRoutes {
    private final ApiKeys apiKeys;
    private final InboxTokenStore store;
    private final RandomGenerator random;

    /** {@code random} is a strong one. */
    public InboxTokenRoutes(ApiKeys apiKeys, Pool readPool, RandomGenerator random) {
        this.apiKeys = apiKeys;
        this.store = new InboxTokenStore(readPool);
        this.random = random;
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/users/:id/inbox-tokens")
                .post(this::make)
                .delete(this::revoke)
                .andNothingElse();
    }

    private Future<Answer> make(RoutingContext context) {
        InboxOwner owner = owner(apiKeys, context, Scope.MESSAGES_WRITE);
        Duration validFor = InboxFields.validFor(JsonBody.objectOrEmpty(context));
        Token token = Token.next(random);
        return store.add(owner, token.hash(), validFor)
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(expiresAt -> {
                    if (expiresAt == null) {
                        throw UserFields.noSuchUser().exception();
                    }
                    return Answer.created(new JsonObject()
                            .put("token", InboxTokens.PREFIX + token.value())
                            .put("expires_at", Times.text(expiresAt)));
                });
    }

    private Future<Answer> revoke(RoutingContext context) {
        return store.revokeAll(owner(apiKeys, context, Scope.MESSAGES_WRITE))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(Answer.noContent());
    }

    /** The user that the path names, of the account that asks. */
    public static InboxOwner owner(ApiKeys apiKeys, RoutingContext context, Scope scope) {
        return new InboxOwner(apiKeys.require(context, scope).accountId(), UserFields.requireId(context));
    }
}
