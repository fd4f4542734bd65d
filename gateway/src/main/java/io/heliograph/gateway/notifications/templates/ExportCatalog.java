package io.heliograph.gateway.notifications.templates;

import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.gateway.notifications.catalog.Content;
import io.heliograph.gateway.notifications.catalog.OwnCatalog;
import io.heliograph.gateway.notifications.catalog.TemplateKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code GET /v1/templates/export}: types and published templates, in the shape that the import takes. */
final class ExportCatalog {
    private ExportCatalog() {}

    static Future<Answer> export(RoutingContext context, Caller caller, CatalogTransactionStore catalogs) {
        QueryFields query = new QueryFields(context.queryParams());
        boolean withShipped = "true".equals(query.oneOf("shipped", List.of("true", "false")));
        var mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return catalogs.read(caller.accountId())
                .map(own -> Answer.ok(new JsonObject()
                        .put("types", types(own, withShipped))
                        .put("templates", templates(own, withShipped))));
    }

    private static JsonObject types(OwnCatalog own, boolean withShipped) {
        JsonObject types = new JsonObject();
        own.all().stream()
                .filter(type -> withShipped || own.types().containsKey(type.name()))
                .forEach(type -> types.put(type.name(), type.json()));
        return types;
    }

    /** By locale, type and channel. */
    private static JsonObject templates(OwnCatalog own, boolean withShipped) {
        Map<TemplateKey, Content> all = new TreeMap<>();
        if (withShipped) {
            own.shipped().contents().keySet().forEach(key -> {
                Content content = own.content(key);
                if (content != null) {
                    all.put(key, content);
                }
            });
        }
        all.putAll(own.contents());
        JsonObject templates = new JsonObject();
        all.forEach((key, content) -> within(within(templates, key.locale()), key.type())
                .put(key.channel().word(), content.json()));
        return templates;
    }

    private static JsonObject within(JsonObject object, String name) {
        JsonObject found = object.getJsonObject(name);
        JsonObject inner = found == null ? new JsonObject() : found;
        object.put(name, inner);
        return inner;
    }
}
