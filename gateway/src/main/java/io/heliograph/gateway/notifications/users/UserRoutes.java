package io.heliograph.gateway.notifications.users;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.messages.fields.Masked;
import io.heliograph.gateway.messages.fields.Recipients;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code /v1/users}: who can be told of what happens to them. */
public final class UserRoutes {
    private final ApiKeys apiKeys;
    private final Recipients recipients;
    private final UserFields fields;
    private final UserStore store;
    private final Resource.Method erase;

    /** {@code erase} is what DELETE does. */
    public UserRoutes(ApiKeys apiKeys, Pool readPool, Recipients recipients, Resource.Method erase) {
        this.apiKeys = apiKeys;
        this.recipients = recipients;
        this.erase = erase;
        this.fields = new UserFields(recipients);
        this.store = new UserStore(readPool);
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/users").get(this::list).andNothingElse();
        new Resource(router, answers, "/v1/users/:id")
                .get(this::get)
                .put(this::put)
                .patch(this::patch)
                .delete(erase)
                .andNothingElse();
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        UserFilter filter = UserFilter.read(context.queryParams(), recipients);
        return store.list(caller.accountId(), filter).map(rows -> Answer.ok(page(rows, filter.limit())));
    }

    private Future<Answer> patch(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        String id = UserFields.requireId(context);
        return store.change(caller.accountId(), id, fields.readChange(id, JsonBody.object(context)))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(row -> found(caller, row));
    }

    private Future<Answer> put(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        User user = fields.read(UserFields.requireId(context), JsonBody.object(context));
        return store.put(caller.accountId(), user)
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(row ->
                        row.getBoolean("is_new") ? Answer.created(view(caller, row)) : Answer.ok(view(caller, row)));
    }

    private Future<Answer> get(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return store.get(caller.accountId(), UserFields.requireId(context)).map(row -> found(caller, row));
    }

    private static Answer found(Caller caller, @Nullable Row row) {
        if (row == null) {
            throw UserFields.noSuchUser().exception();
        }
        return Answer.ok(view(caller, row));
    }

    private static JsonObject page(List<Row> rows, int limit) {
        JsonArray users = new JsonArray();
        rows.forEach(row -> users.add(view(row)));
        String next = rows.size() < limit ? null : rows.getLast().getString("id");
        return new JsonObject().put("users", users).put("next_cursor", next);
    }

    /** To whoever may not read, no more than tells one's own users from each other. */
    private static JsonObject view(Caller caller, Row row) {
        JsonObject view = view(row);
        if (!caller.mayRead()) {
            for (String name : new String[] {"phone", "email"}) {
                if (view.getString(name) != null) {
                    JsonObject _ = view.put(name, Masked.address(view.getString(name)));
                }
            }
            Object _ = view.remove("attributes");
        }
        return view;
    }

    /** Of a row of the table. */
    public static JsonObject view(Row row) {
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
