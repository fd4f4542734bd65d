package io.heliograph.gateway.notifications.preferences;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.preferences.PreferenceStore.Known;
import io.heliograph.gateway.notifications.users.UserFields;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** {@code /v1/users/{id}/preferences}, and links to the page on which users do the same by themselves. */
public final class PreferenceRoutes {
    private final ApiKeys apiKeys;
    private final Catalog catalog;
    private final PreferenceStore store;
    private final LinkStore links;
    private final RandomGenerator random;
    private final String publicUrl;

    /** {@code random} is a strong one. */
    public PreferenceRoutes(ApiKeys apiKeys, Catalog catalog, Pool readPool, RandomGenerator random, String publicUrl) {
        this.apiKeys = apiKeys;
        this.catalog = catalog;
        this.store = new PreferenceStore(readPool);
        this.links = new LinkStore(readPool);
        this.random = random;
        this.publicUrl = publicUrl;
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/users/:id/preferences")
                .get(this::get)
                .patch(this::patch)
                .andNothingElse();
        new Resource(router, answers, "/v1/users/:id/preference-link")
                .post(this::makeLink)
                .delete(this::revokeLinks)
                .andNothingElse();
    }

    private Future<Answer> get(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return read(caller.accountId(), UserFields.requireId(context))
                .map(known -> Answer.ok(switches(known).json()));
    }

    private Future<Answer> patch(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        String userId = UserFields.requireId(context);
        JsonObject body = JsonBody.object(context);
        return read(caller.accountId(), userId)
                .compose(known -> {
                    Map<Switch, Optional<Boolean>> changes =
                            PreferenceFields.read(body, switches(known).on().keySet());
                    return store.change(caller.accountId(), userId, changes);
                })
                .compose(_ -> read(caller.accountId(), userId))
                .map(known -> Answer.ok(switches(known).json()))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private Future<Answer> makeLink(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        String userId = UserFields.requireId(context);
        Duration validFor = PreferenceFields.validFor(JsonBody.objectOrEmpty(context));
        Token token = Token.next(random);
        return links.add(caller.accountId(), userId, token.hash(), validFor)
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(expiresAt -> {
                    if (expiresAt == null) {
                        throw UserFields.noSuchUser().exception();
                    }
                    return Answer.created(new JsonObject()
                            .put("url", publicUrl + PreferencePage.PATHS + token.value())
                            .put("expires_at", Times.text(expiresAt)));
                });
    }

    private Future<Answer> revokeLinks(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        return links.revokeAll(caller.accountId(), UserFields.requireId(context))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(Answer.noContent());
    }

    private Switches switches(Known known) {
        return Switches.of(catalog.types(known.accountId()), known.set(), known.agreed());
    }

    private Future<Known> read(long accountId, String userId) {
        return catalog.ready(accountId)
                .compose(ready -> store.read(accountId, userId))
                .map(known -> {
                    if (known == null) {
                        throw UserFields.noSuchUser().exception();
                    }
                    return known;
                });
    }
}
