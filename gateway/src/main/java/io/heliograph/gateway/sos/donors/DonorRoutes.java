package io.heliograph.gateway.sos.donors;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.notifications.users.UserFields;
import io.heliograph.gateway.sos.badges.Badges;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.concurrent.TimeUnit;

/** {@code /v1/users/{id}/donor}: whether a user gives blood, and what they are honoured for. */
public final class DonorRoutes {
    private static final Problem NO_DONOR = Problem.of(ProblemCode.NOT_FOUND, "There is no donor with this id.");

    private final ApiKeys apiKeys;
    private final DonorStore store;
    private final Badges badges;

    public DonorRoutes(ApiKeys apiKeys, Pool pool, Badges badges) {
        this.apiKeys = apiKeys;
        this.store = new DonorStore(pool);
        this.badges = badges;
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/users/:id/donor")
                .get(this::get)
                .put(this::put)
                .delete(this::remove)
                .andNothingElse();
    }

    private Future<Answer> put(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        String userId = UserFields.requireId(context);
        return store.put(caller.accountId(), userId, DonorFields.read(JsonBody.object(context)))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(row -> {
                    if (row == null) {
                        throw UserFields.noSuchUser().exception();
                    }
                    JsonObject view = view(caller, row);
                    return row.getBoolean("is_new") ? Answer.created(view) : Answer.ok(view);
                });
    }

    private Future<Answer> get(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        String userId = UserFields.requireId(context);
        return store.get(caller.accountId(), userId).compose(row -> {
            if (row == null) {
                throw NO_DONOR.exception();
            }
            return badges.of(caller.accountId(), userId)
                    .map(earned -> Answer.ok(view(caller, row)
                            .put("badges", earned)
                            .put(
                                    "responses",
                                    new JsonObject()
                                            .put("alerts", row.getLong("alerts"))
                                            .put("answers", row.getLong("answers"))
                                            .put("yes", row.getLong("yes"))
                                            .put("shared", row.getLong("shares")))));
        });
    }

    private Future<Answer> remove(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        return store.remove(caller.accountId(), UserFields.requireId(context))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(removed -> {
                    if (!removed) {
                        throw NO_DONOR.exception();
                    }
                    return Answer.noContent();
                });
    }

    private static JsonObject view(Caller caller, Row row) {
        JsonObject view = new JsonObject().put("user", row.getString("user_id"));
        if (caller.mayRead()) {
            view.put("name", row.getString("name"));
        }
        return view.put("blood_group", row.getString("blood_group"))
                .put("city", row.getString("city"))
                .put("area", row.getString("area"))
                .put("available", row.getBoolean("available"))
                .put("created_at", Times.text(row.getOffsetDateTime("created_at")))
                .put("updated_at", Times.text(row.getOffsetDateTime("updated_at")));
    }
}
