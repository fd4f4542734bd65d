package io.heliograph.gateway.notifications.reading;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.gateway.notifications.users.UserFields;
import io.heliograph.runtime.Ids;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.UUID;

/** {@code /v1/notifications/{id}} and {@code /v1/users/{id}/notifications}: what users were told, and what became of it. */
public final class NotificationReadRoutes {
    private static final int LIMIT_MAX = 200;
    private static final int LIMIT_DEFAULT = 50;

    private final ApiKeys apiKeys;
    private final NotificationReadStore store;

    public NotificationReadRoutes(ApiKeys apiKeys, Pool readPool) {
        this.apiKeys = apiKeys;
        this.store = new NotificationReadStore(readPool);
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/notifications/:id").get(this::show).andNothingElse();
        new Resource(router, answers, "/v1/users/:id/notifications")
                .get(this::list)
                .andNothingElse();
    }

    private Future<Answer> show(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return store.get(caller.accountId(), id(context)).map(found -> {
            if (found.isEmpty()) {
                throw noSuchNotification();
            }
            return Answer.ok(found.getFirst());
        });
    }

    /** Of a user whom nobody knows, or no longer, the list is empty or what is still kept. */
    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        String user = context.pathParam("id");
        if (!UserFields.isId(user)) {
            throw Problem.of(
                            ProblemCode.NOT_ALLOWED,
                            "A user's id is 1 to 128 letters, digits and . _ @ : + - characters.")
                    .exception();
        }
        QueryFields query = new QueryFields(context.queryParams());
        UUID cursor = query.cursor("cursor");
        int limit = query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return store.list(caller.accountId(), user, cursor == null ? Ids.LAST : cursor, limit)
                .map(found -> Answer.ok(page(found, limit)));
    }

    private static JsonObject page(List<JsonObject> found, int limit) {
        String next = found.size() < limit ? null : found.getLast().getString("id");
        return new JsonObject().put("notifications", new JsonArray(found)).put("next_cursor", next);
    }

    private static UUID id(RoutingContext context) {
        try {
            return UUID.fromString(context.pathParam("id"));
        } catch (IllegalArgumentException e) {
            throw noSuchNotification();
        }
    }

    private static Problem.ProblemException noSuchNotification() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no notification with this id.")
                .exception();
    }
}
