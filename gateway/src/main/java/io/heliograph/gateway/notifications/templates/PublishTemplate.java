package io.heliograph.gateway.notifications.templates;

import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.notifications.catalog.ContentFields;
import io.heliograph.gateway.notifications.catalog.Fitting;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.catalog.OwnCatalog;
import io.heliograph.gateway.notifications.catalog.TemplateKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import java.util.List;

/**
 * {@code POST /v1/templates/{type}/{channel}/{locale}/publish}: puts a version in force, in place of another in the same commit. By default the
 * draft; an earlier version rolls back. Publishing what is in force changes nothing, so that it can be repeated.
 */
final class PublishTemplate {
    private static final int DRAFT = 0;

    private final CatalogTransactionStore catalogs;

    PublishTemplate(CatalogTransactionStore catalogs) {
        this.catalogs = catalogs;
    }

    Future<Answer> publish(RoutingContext context, Caller caller) {
        TemplateKey key = TemplatePath.key(context);
        JsonFields fields = new JsonFields(JsonBody.objectOrEmpty(context), "");
        int wanted = fields.integer("version", DRAFT, 1, Integer.MAX_VALUE);
        var mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        long account = caller.accountId();
        return catalogs.change(
                account,
                (transaction, own) -> TemplateStore.versions(transaction, account, key)
                        .compose(versions -> publish(transaction, account, key, version(versions, wanted), own))
                        .map(row -> Answer.ok(TemplateView.version(row))));
    }

    private static Future<Row> publish(SqlClient transaction, long account, TemplateKey key, Row row, OwnCatalog own) {
        if (row.getString("state").equals("published")) {
            return Future.succeededFuture(row);
        }
        NotificationType type = own.type(key.type());
        if (type == null) {
            throw unknownType();
        }
        JsonObject content = row.getJsonObject("content");
        List<FieldMistake> mistakes = Fitting.mistakes(
                type, key.channel(), ContentFields.read(key.channel(), new JsonFields(content, "")), "");
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return TemplateStore.publish(transaction, account, key, row.getInteger("version"));
    }

    private static Row version(List<Row> versions, int wanted) {
        for (Row row : versions) {
            if (wanted == DRAFT ? row.getString("state").equals("draft") : row.getInteger("version") == wanted) {
                return row;
            }
        }
        throw wanted == DRAFT
                ? Problem.of(
                                ProblemCode.NO_DRAFT,
                                "There is no draft. PUT one, or say which version is to be in force.")
                        .exception()
                : Problem.of(ProblemCode.NOT_FOUND, "The template has no such version.")
                        .exception();
    }

    static Problem.ProblemException unknownType() {
        return Problem.of(
                        ProblemCode.UNKNOWN_TYPE,
                        "There is no notification type of this name. GET /v1/notification-types lists them.")
                .exception();
    }
}
