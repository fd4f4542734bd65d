package io.heliograph.gateway.notifications.push;

import io.heliograph.address.AllowedAddresses;
import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.http.input.CallableUrls;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.notifications.users.UserFields;
import io.heliograph.gateway.notifications.users.UserStore;
import io.heliograph.providers.routing.Route;
import io.heliograph.providers.routing.RoutingTable;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /v1/users/{id}/push-subscriptions} and {@code /v1/push/vapid-public-key}: in which browsers a user is told. */
public final class PushRoutes {
    private final ApiKeys apiKeys;
    private final Supplier<RoutingTable> tables;
    private final SubscriptionFields fields;
    private final SubscriptionStore store;
    private final UserStore users;

    /** {@code allow}: ranges of addresses at which services may stand though they are not public. */
    public PushRoutes(ApiKeys apiKeys, Pool readPool, Supplier<RoutingTable> tables, String allow) {
        this.apiKeys = apiKeys;
        this.tables = tables;
        this.fields =
                new SubscriptionFields(new CallableUrls(AllowedAddresses.beside(allow), "endpoint"), !allow.isBlank());
        this.store = new SubscriptionStore(readPool);
        this.users = new UserStore(readPool);
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/users/:id/push-subscriptions")
                .get(this::list)
                .put(this::put)
                .andNothingElse();
        new Resource(router, answers, "/v1/users/:id/push-subscriptions/:subscription")
                .delete(this::remove)
                .andNothingElse();
        new Resource(router, answers, "/v1/push/vapid-public-key")
                .get(this::publicKey)
                .andNothingElse();
    }

    private Future<Answer> put(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        String userId = UserFields.requireId(context);
        return store.put(caller.accountId(), userId, fields.read(JsonBody.object(context)))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(row -> {
                    if (row == null) {
                        throw UserFields.noSuchUser().exception();
                    }
                    return row.getBoolean("is_new") ? Answer.created(view(row)) : Answer.ok(view(row));
                });
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        String userId = UserFields.requireId(context);
        return users.require(caller.accountId(), userId)
                .compose(_ -> store.list(caller.accountId(), userId))
                .map(rows -> {
                    JsonArray subscriptions = new JsonArray();
                    rows.forEach(row -> subscriptions.add(view(row)));
                    return Answer.ok(new JsonObject().put("push_subscriptions", subscriptions));
                });
    }

    private Future<Answer> remove(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        String userId = UserFields.requireId(context);
        return store.remove(caller.accountId(), userId, context.pathParam("subscription"))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(removed -> {
                    if (!removed) {
                        throw Problem.of(ProblemCode.NOT_FOUND, "The user has no push subscription with this id.")
                                .exception();
                    }
                    return Answer.noContent();
                });
    }

    private Future<Answer> publicKey(RoutingContext context) {
        Caller _ = apiKeys.require(context, Scope.MESSAGES_READ);
        String key = publicKey(tables.get());
        if (key == null) {
            throw Problem.of(
                            ProblemCode.NOT_FOUND,
                            "No provider carries web_push here, so there is no key to subscribe with.")
                    .exception();
        }
        return Future.succeededFuture(Answer.ok(new JsonObject().put("public_key", key)));
    }

    /** Of the provider that carries them; null when none does. */
    private static @Nullable String publicKey(RoutingTable table) {
        Route route = table.route(Channel.WEB_PUSH, "", Lane.NORMAL);
        return route == null
                ? null
                : route.legs().stream()
                        .map(leg -> table.account(leg.provider()))
                        .filter(Objects::nonNull)
                        .map(RoutingTable.Account::pushKey)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    /** Without what it takes to write to it. */
    private static JsonObject view(Row row) {
        JsonObject view = new JsonObject()
                .put("id", row.getString("id"))
                .put("service", URI.create(row.getString("endpoint")).getHost());
        if (row.getString("user_agent") != null) {
            view.put("user_agent", row.getString("user_agent"));
        }
        if (row.getOffsetDateTime("expires_at") != null) {
            view.put("expires_at", Times.text(row.getOffsetDateTime("expires_at")));
        }
        return view.put("created_at", Times.text(row.getOffsetDateTime("created_at")))
                .put("seen_at", Times.text(row.getOffsetDateTime("seen_at")));
    }
}
