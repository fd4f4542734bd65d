package io.heliograph.gateway.notifications.templates;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.Content;
import io.heliograph.gateway.notifications.catalog.ContentFields;
import io.heliograph.gateway.notifications.catalog.TemplateKey;
import io.heliograph.providers.routing.RoutingTable;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.util.function.Supplier;

/** {@code /v1/templates}: what is said, written as a draft and then published. */
public final class TemplateRoutes {
    private final ApiKeys apiKeys;
    private final CatalogTransactionStore catalogs;
    private final Catalog catalog;
    private final PublishTemplate publish;
    private final PreviewTemplate preview;
    private final ImportCatalog imports;
    private final TypeRoutes types;

    /** {@code tables} knows what messages cost. */
    public TemplateRoutes(ApiKeys apiKeys, Pool pool, Catalog catalog, Supplier<RoutingTable> tables) {
        this.apiKeys = apiKeys;
        this.catalogs = new CatalogTransactionStore(pool, catalog);
        this.catalog = catalog;
        this.publish = new PublishTemplate(catalogs);
        this.preview = new PreviewTemplate(catalogs, new Prices(tables));
        this.imports = new ImportCatalog(catalogs);
        this.types = new TypeRoutes(apiKeys, catalogs);
    }

    public void mount(Router router, Answers answers) {
        types.mount(router, answers);
        new Resource(router, answers, TemplatePath.PATH).get(this::list).andNothingElse();
        new Resource(router, answers, TemplatePath.PATH + "/preview")
                .post(context -> preview.preview(context, reader(context)))
                .andNothingElse();
        new Resource(router, answers, TemplatePath.PATH + "/export")
                .get(context -> ExportCatalog.export(context, reader(context), catalogs))
                .andNothingElse();
        new Resource(router, answers, TemplatePath.PATH + "/import")
                .post(context -> imports.take(context, writer(context)))
                .andNothingElse();
        new Resource(router, answers, TemplatePath.ONE)
                .get(this::get)
                .delete(this::remove)
                .andNothingElse();
        new Resource(router, answers, TemplatePath.ONE + "/draft")
                .put(this::putDraft)
                .andNothingElse();
        new Resource(router, answers, TemplatePath.ONE + "/publish")
                .post(context -> publish.publish(context, writer(context)))
                .andNothingElse();
        new Resource(router, answers, TemplatePath.ONE + "/versions")
                .get(this::versions)
                .andNothingElse();
    }

    private Future<Answer> list(RoutingContext context) {
        ListTemplates asked = ListTemplates.read(new QueryFields(context.queryParams()));
        return TemplateStore.list(catalogs.reading(), reader(context).accountId())
                .map(own -> asked.page(own, catalog.shipped()));
    }

    private Future<Answer> get(RoutingContext context) {
        Caller caller = reader(context);
        TemplateKey key = TemplatePath.key(context);
        return TemplateStore.versions(catalogs.reading(), caller.accountId(), key)
                .map(versions -> {
                    Content shipped = catalog.shipped().contents().get(key);
                    if (versions.isEmpty() && shipped == null) {
                        throw none();
                    }
                    return Answer.ok(TemplateView.of(key, versions, shipped));
                });
    }

    /** The newest first. */
    private Future<Answer> versions(RoutingContext context) {
        Caller caller = reader(context);
        TemplateKey key = TemplatePath.key(context);
        return TemplateStore.versions(catalogs.reading(), caller.accountId(), key)
                .map(rows -> {
                    JsonArray versions = new JsonArray();
                    rows.forEach(row -> versions.add(TemplateView.version(row)));
                    return Answer.ok(TemplateView.of(key).put("versions", versions));
                });
    }

    /** Takes what is unfinished; whether it fits its type is asked when it is published. */
    private Future<Answer> putDraft(RoutingContext context) {
        Caller caller = writer(context);
        TemplateKey key = TemplatePath.key(context);
        JsonFields fields = new JsonFields(JsonBody.object(context), "");
        Content content = ContentFields.read(key.channel(), fields);
        var mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return catalogs.change(caller.accountId(), (transaction, own) -> {
            if (own.type(key.type()) == null) {
                throw PublishTemplate.unknownType();
            }
            return TemplateStore.putDraft(transaction, caller.accountId(), key, content)
                    .map(row -> row.getBoolean("is_new")
                            ? Answer.created(TemplateView.version(row))
                            : Answer.ok(TemplateView.version(row)));
        });
    }

    private Future<Answer> remove(RoutingContext context) {
        Caller caller = writer(context);
        TemplateKey key = TemplatePath.key(context);
        return catalogs.change(
                        caller.accountId(),
                        (transaction, own) -> TemplateStore.remove(transaction, caller.accountId(), key))
                .map(removed -> {
                    if (!removed) {
                        throw none();
                    }
                    return Answer.noContent();
                });
    }

    private Caller reader(RoutingContext context) {
        return apiKeys.require(context, Scope.MESSAGES_READ);
    }

    private Caller writer(RoutingContext context) {
        return apiKeys.require(context, Scope.ADMIN);
    }

    private static Problem.ProblemException none() {
        return Problem.of(ProblemCode.NOT_FOUND, "The account has no such template.")
                .exception();
    }
}
