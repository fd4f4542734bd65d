package io.heliograph.gateway.notifications.users;

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
import io.heliograph.gateway.messages.fields.Recipients;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.concurrent.TimeUnit;

/** {@code /v1/users/{id}}: who can be told of what happens to them. */
public final class UserRoutes {
    private final ApiKeys apiKeys;
    private final UserFields fields;
    private final UserStore store;

    public UserRoutes(ApiKeys apiKeys, Pool readPool, Recipients recipients) {
        this.apiKeys = apiKeys;
        this.fields = new UserFields(recipients);
        this.store = new UserStore(readPool);
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/users/:id")
                .get(this::get)
                .put(this::put)
                .andNothingElse();
    }

    private Future<Answer> put(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        User user = fields.read(id(context), JsonBody.object(context));
        return store.put(caller.accountId(), user)
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(row -> row.getBoolean("is_new") ? Answer.created(view(row)) : Answer.ok(view(row)));
    }

    private Future<Answer> get(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return store.get(caller.accountId(), id(context)).map(row -> {
            if (row == null) {
                throw Problem.of(ProblemCode.NOT_FOUND, "There is no user with this id.")
                        .exception();
            }
            return Answer.ok(view(row));
        });
    }

    /** Throws the problem of an id that cannot be one. */
    private static String id(RoutingContext context) {
        String id = context.pathParam("id");
        if (!UserFields.isId(id)) {
            throw Problem.of(
                            ProblemCode.NOT_ALLOWED,
                            "A user's id is 1 to 128 letters, digits and . _ @ : + - characters.")
                    .exception();
        }
        return id;
    }

    private static JsonObject view(Row row) {
        JsonObject view = new JsonObject().put("id", row.getString("id"));
        for (String name : new String[] {"phone", "email", "locale", "time_zone"}) {
            String value = row.getString(name);
            if (value != null) {
                view.put(name, value);
            }
        }
        if (row.getJsonObject("attributes") != null) {
            view.put("attributes", row.getJsonObject("attributes"));
        }
        return view.put("created_at", Times.text(row.getOffsetDateTime("created_at")))
                .put("updated_at", Times.text(row.getOffsetDateTime("updated_at")));
    }
}
