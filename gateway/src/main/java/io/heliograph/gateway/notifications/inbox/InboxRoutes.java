package io.heliograph.gateway.notifications.inbox;

import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.notifications.inbox.InboxFields.Change;
import io.heliograph.gateway.notifications.inbox.InboxFields.Changes;
import io.heliograph.gateway.notifications.inbox.InboxFields.Filter;
import io.heliograph.gateway.notifications.inbox.InboxStore.Page;
import io.heliograph.gateway.notifications.users.UserFields;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** An inbox under a path: an account's application reads and changes any user's, a person with a token that person's. */
public final class InboxRoutes {
    /** Whose inbox a request is about; throws or fails with the problem of one that may not. */
    public interface Door extends BiFunction<RoutingContext, Scope, Future<InboxOwner>> {}

    private final Door door;
    private final InboxStore store;

    public InboxRoutes(Door door, Pool readPool) {
        this.door = door;
        this.store = new InboxStore(readPool);
    }

    public void mount(Router router, Answers answers, String path) {
        new Resource(router, answers, path)
                .get(this::list)
                .patch(this::patchMany)
                .andNothingElse();
        new Resource(router, answers, path + "/read").post(this::readUpTo).andNothingElse();
        new Resource(router, answers, path + "/:item")
                .get(this::get)
                .patch(this::patch)
                .delete(this::delete)
                .andNothingElse();
    }

    private Future<Answer> list(RoutingContext context) {
        return door.apply(context, Scope.MESSAGES_READ).compose(owner -> {
            Filter filter = InboxFields.filter(context.queryParams());
            return store.list(owner, filter).map(page -> {
                if (page == null) {
                    throw UserFields.noSuchUser().exception();
                }
                return Answer.ok(page(page, filter.limit()));
            });
        });
    }

    private static JsonObject page(Page page, int limit) {
        List<Row> rows = page.rows();
        return new JsonObject()
                .put("items", InboxView.items(rows))
                .put("unread_count", page.unread())
                .put(
                        "next_cursor",
                        rows.size() < limit
                                ? null
                                : rows.getLast().getUUID("id").toString());
    }

    private Future<Answer> get(RoutingContext context) {
        return door.apply(context, Scope.MESSAGES_READ)
                .compose(owner -> store.get(owner, List.of(id(context))))
                .map(InboxRoutes::only);
    }

    private Future<Answer> patch(RoutingContext context) {
        return inTime(door.apply(context, Scope.MESSAGES_WRITE).compose(owner -> {
            List<UUID> ids = List.of(id(context));
            Change change = InboxFields.change(JsonBody.object(context));
            return store.change(owner, ids, change)
                    .compose(done -> store.get(owner, ids))
                    .map(InboxRoutes::only);
        }));
    }

    /** What is not in the inbox is named, and the rest is changed. */
    private Future<Answer> patchMany(RoutingContext context) {
        return inTime(door.apply(context, Scope.MESSAGES_WRITE).compose(owner -> {
            Changes changes = InboxFields.changes(JsonBody.object(context));
            return store.change(owner, changes.ids(), changes.change())
                    .compose(done -> store.get(owner, changes.ids()))
                    .compose(rows -> store.unread(owner).map(unread -> changed(changes.ids(), rows, unread)));
        }));
    }

    private static Answer changed(List<UUID> asked, List<Row> rows, int unread) {
        List<UUID> found = rows.stream().map(row -> row.getUUID("id")).toList();
        JsonArray unknown = new JsonArray();
        asked.stream().filter(id -> !found.contains(id)).distinct().forEach(id -> unknown.add(id.toString()));
        return Answer.ok(new JsonObject()
                .put("items", InboxView.items(rows))
                .put("unknown_ids", unknown)
                .put("unread_count", unread));
    }

    private Future<Answer> readUpTo(RoutingContext context) {
        return inTime(door.apply(context, Scope.MESSAGES_WRITE).compose(owner -> {
            UUID upTo = InboxFields.upTo(JsonBody.objectOrEmpty(context));
            return store.readUpTo(owner, upTo)
                    .compose(marked -> store.unread(owner)
                            .map(unread -> Answer.ok(
                                    new JsonObject().put("marked", marked).put("unread_count", unread))));
        }));
    }

    private Future<Answer> delete(RoutingContext context) {
        return inTime(door.apply(context, Scope.MESSAGES_WRITE)
                .compose(owner -> store.delete(owner, id(context)))
                .map(done -> {
                    if (!done) {
                        throw noSuchItem();
                    }
                    return Answer.noContent();
                }));
    }

    private static Answer only(List<Row> rows) {
        if (rows.isEmpty()) {
            throw noSuchItem();
        }
        return Answer.ok(InboxView.item(rows.getFirst()));
    }

    private static UUID id(RoutingContext context) {
        UUID id = InboxFields.id(context.pathParam("item"));
        if (id == null) {
            throw noSuchItem();
        }
        return id;
    }

    private static Problem.ProblemException noSuchItem() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no item with this id in the inbox.")
                .exception();
    }

    private static Future<Answer> inTime(Future<Answer> answer) {
        return answer.timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }
}
