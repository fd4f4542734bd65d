package io.heliograph.gateway.notifications.erasure;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.gateway.notifications.erasure.ExportStore.Entry;
import io.heliograph.gateway.notifications.erasure.ExportStore.Section;
import io.heliograph.gateway.notifications.users.UserFields;
import io.heliograph.gateway.notifications.users.UserRoutes;
import io.heliograph.gateway.notifications.users.UserStore;
import io.heliograph.runtime.Ids;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/users/{id}/export}: everything about a person, in pages; the first has what there is once, too. */
public final class ExportPerson {
    private static final int LIMIT_MAX = 200;

    private final ApiKeys apiKeys;
    private final UserStore users;
    private final ExportStore store;

    public ExportPerson(ApiKeys apiKeys, Pool readPool) {
        this.apiKeys = apiKeys;
        this.users = new UserStore(readPool);
        this.store = new ExportStore(readPool);
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/users/:id/export").get(this::export).andNothingElse();
    }

    private Future<Answer> export(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        String userId = UserFields.requireId(context);
        QueryFields query = new QueryFields(context.queryParams());
        UUID cursor = query.cursor("cursor");
        int limit = query.integer("limit", LIMIT_MAX, 1, LIMIT_MAX);
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return users.require(caller.accountId(), userId)
                .compose(user -> start(cursor, user)
                        .compose(page -> store.page(
                                        caller.accountId(), userId, cursor == null ? Ids.LAST : cursor, limit)
                                .map(sections -> Answer.ok(add(page, sections, limit)))));
    }

    private Future<JsonObject> start(@Nullable UUID cursor, Row user) {
        return cursor == null
                ? store.others(user.getLong("account_id"), user.getString("id"))
                        .map(others -> new JsonObject()
                                .put("user", UserRoutes.view(user))
                                .mergeIn(others))
                : Future.succeededFuture(new JsonObject());
    }

    /** Ids tell the time, in every table: a page ends where the first of its full lists does, and the next one goes on there. */
    private static JsonObject add(JsonObject page, List<Section> sections, int limit) {
        UUID end = sections.stream()
                .filter(section -> section.entries().size() >= limit)
                .map(section -> section.entries().getLast().id())
                .max(Ids.ORDER)
                .orElse(null);
        for (Section section : sections) {
            JsonArray rows = new JsonArray();
            section.entries().stream()
                    .filter(entry -> end == null || Ids.ORDER.compare(entry.id(), end) >= 0)
                    .map(Entry::row)
                    .forEach(rows::add);
            page.put(section.name(), rows);
        }
        return page.put("next_cursor", end == null ? null : end.toString());
    }
}
