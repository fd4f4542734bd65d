package io.heliograph.gateway.sos.badges;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Which badges a donor has; and {@code /v1/sos/badge-rules}: for what there are any. */
public final class Badges {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,40}");

    private final ApiKeys apiKeys;
    private final BadgeStore store;

    public Badges(ApiKeys apiKeys, Pool pool) {
        this.apiKeys = apiKeys;
        this.store = new BadgeStore(pool);
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/sos/badge-rules").get(this::list).andNothingElse();
        new Resource(router, answers, "/v1/sos/badge-rules/:badge")
                .put(this::put)
                .delete(this::remove)
                .andNothingElse();
    }

    /** As they follow from all that the donor did until now. */
    public Future<JsonArray> of(long accountId, String donor) {
        return store.earned(accountId, donor).map(rows -> {
            JsonArray badges = new JsonArray();
            rows.forEach(row -> badges.add(
                    new JsonObject().put("badge", row.getString("badge")).put("title", row.getString("title"))));
            return badges;
        });
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return store.list(caller.accountId()).map(rows -> {
            JsonArray rules = new JsonArray();
            rows.forEach(row -> rules.add(view(row)));
            return Answer.ok(new JsonObject().put("badge_rules", rules));
        });
    }

    private Future<Answer> put(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        BadgeRule rule = BadgeRule.read(name(context), JsonBody.object(context));
        return store.put(caller.accountId(), rule)
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(rows -> {
                    if (rows.isEmpty()) {
                        throw Problem.of(
                                        ProblemCode.NOT_ALLOWED,
                                        "The account has " + BadgeStore.OWN_MAX + " rules of its own already.")
                                .exception();
                    }
                    return Answer.ok(view(rows.getFirst()));
                });
    }

    private Future<Answer> remove(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        return store.remove(caller.accountId(), name(context))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(removed -> {
                    if (!removed) {
                        throw Problem.of(ProblemCode.NOT_FOUND, "The account has no rule of its own for this badge.")
                                .exception();
                    }
                    return Answer.noContent();
                });
    }

    private static String name(RoutingContext context) {
        String name = context.pathParam("badge");
        if (!NAME.matcher(name).matches()) {
            throw Problem.of(
                            ProblemCode.NOT_ALLOWED,
                            "A badge is named by 1 to 40 lower-case letters, digits and underscores.")
                    .exception();
        }
        return name;
    }

    private static JsonObject view(Row row) {
        return new JsonObject()
                .put("badge", row.getString("badge"))
                .put("title", row.getString("title"))
                .put("metric", row.getString("metric"))
                .put("at_least", row.getInteger("at_least"))
                .put("within_minutes", row.getInteger("within_minutes"))
                .put("enabled", row.getBoolean("enabled"))
                .put("own", row.getBoolean("is_own"));
    }
}
