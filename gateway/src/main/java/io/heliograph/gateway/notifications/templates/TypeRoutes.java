package io.heliograph.gateway.notifications.templates;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.catalog.OwnCatalog;
import io.heliograph.gateway.notifications.catalog.TypeFields;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlClient;
import java.util.List;

/** {@code /v1/notification-types}: what can happen, as shipped and as the account has it. */
final class TypeRoutes {
    private static final String PATH = "/v1/notification-types";

    private final ApiKeys apiKeys;
    private final CatalogTransactionStore catalogs;

    TypeRoutes(ApiKeys apiKeys, CatalogTransactionStore catalogs) {
        this.apiKeys = apiKeys;
        this.catalogs = catalogs;
    }

    void mount(Router router, Answers answers) {
        new Resource(router, answers, PATH).get(this::list).andNothingElse();
        new Resource(router, answers, PATH + "/:name")
                .get(this::get)
                .put(this::put)
                .delete(this::remove)
                .andNothingElse();
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return catalogs.read(caller.accountId()).map(catalog -> {
            JsonArray types = new JsonArray();
            catalog.all().forEach(type -> types.add(view(type, catalog)));
            return Answer.ok(new JsonObject().put("notification_types", types));
        });
    }

    private Future<Answer> get(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        String name = context.pathParam("name");
        return catalogs.read(caller.accountId()).map(catalog -> {
            NotificationType type = catalog.type(name);
            if (type == null) {
                throw none("There is no notification type of this name.");
            }
            return Answer.ok(view(type, catalog));
        });
    }

    private Future<Answer> put(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        NotificationType type = read(context.pathParam("name"), JsonBody.object(context));
        return catalogs.change(caller.accountId(), (transaction, own) -> {
            OwnCatalog changed = Merged.with(own, type);
            List<FieldMistake> mistakes = Merged.mistakes(changed, type, "");
            if (!mistakes.isEmpty()) {
                throw Problem.invalid(mistakes).exception();
            }
            JsonObject view = view(type, changed);
            boolean isNew = !own.types().containsKey(type.name());
            return TypeStore.putAll(transaction, caller.accountId(), List.of(type))
                    .map(stored -> isNew ? Answer.created(view) : Answer.ok(view));
        });
    }

    private Future<Answer> remove(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        String name = context.pathParam("name");
        return catalogs.change(
                caller.accountId(), (transaction, own) -> remove(transaction, own, caller.accountId(), name));
    }

    /** A shipped type of the name is in force again; without one the templates have nothing more to tell. */
    private static Future<Answer> remove(SqlClient transaction, OwnCatalog own, long account, String name) {
        if (!own.types().containsKey(name)) {
            throw none("The account has no notification type of its own with this name.");
        }
        NotificationType shipped = own.shipped().type(account, name);
        if (shipped != null
                && !Merged.mistakes(Merged.without(own, name), shipped, "").isEmpty()) {
            throw Problem.of(
                            ProblemCode.TYPE_IN_USE,
                            "Templates of the account do not fit the shipped type of this name. Delete them first.")
                    .exception();
        }
        return TypeStore.remove(transaction, account, name)
                .compose(removed -> shipped == null
                        ? TemplateStore.removeAllOf(transaction, account, name)
                        : Future.succeededFuture())
                .map(removed -> Answer.noContent());
    }

    private static NotificationType read(String name, JsonObject body) {
        if (!TypeFields.isName(name)) {
            throw Problem.of(
                            ProblemCode.NOT_ALLOWED,
                            "The name of a type is 1 to 50 lower-case letters, digits and _, beginning with a letter.")
                    .exception();
        }
        JsonFields fields = new JsonFields(body, "");
        NotificationType type = TypeFields.read(name, fields);
        var mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return type;
    }

    private static JsonObject view(NotificationType type, OwnCatalog catalog) {
        return new JsonObject()
                .put("name", type.name())
                .put("own", catalog.types().containsKey(type.name()))
                .mergeIn(type.json());
    }

    private static Problem.ProblemException none(String detail) {
        return Problem.of(ProblemCode.NOT_FOUND, detail).exception();
    }
}
