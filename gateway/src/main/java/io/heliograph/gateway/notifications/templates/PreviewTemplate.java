package io.heliograph.gateway.notifications.templates;

import io.heliograph.contract.Lane;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.notifications.catalog.Content;
import io.heliograph.gateway.notifications.catalog.ContentFields;
import io.heliograph.gateway.notifications.catalog.DataFields;
import io.heliograph.gateway.notifications.catalog.Fitting;
import io.heliograph.gateway.notifications.catalog.Locales;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.catalog.OwnCatalog;
import io.heliograph.gateway.notifications.catalog.Template;
import io.heliograph.gateway.notifications.catalog.TemplateKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/templates/preview}: what a person would get to see, and what it would cost. Stores and sends nothing. */
final class PreviewTemplate {
    private static final int NUMBER_LENGTH_MAX = 16;
    private static final Pattern PREFIX = Pattern.compile("\\+[0-9]{1,15}");
    /** What is shown when the body brings nothing of its own, the first of these that there is. */
    private static final List<String> STATES = List.of("draft", "published");

    /** {@code given} is what the body brings; null for what is stored. */
    private record Asked(
            TemplateKey key,
            @Nullable Content given,
            int version,
            JsonObject data,
            @Nullable String to) {}

    private final CatalogTransactionStore catalogs;
    private final Prices prices;

    PreviewTemplate(CatalogTransactionStore catalogs, Prices prices) {
        this.catalogs = catalogs;
        this.prices = prices;
    }

    Future<Answer> preview(RoutingContext context, Caller caller) {
        Asked asked = read(JsonBody.object(context));
        return catalogs.read(caller.accountId())
                .compose(own -> asked.given() != null
                        ? Future.succeededFuture(answer(asked, asked.given(), own))
                        : TemplateStore.versions(catalogs.reading(), caller.accountId(), asked.key())
                                .map(versions -> answer(asked, stored(asked, versions, own), own)))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static Asked read(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        TemplateKey key = TemplatePath.key(fields, Locales.DEFAULT);
        JsonFields content = fields.child("content");
        Content given = null;
        if (key != null && content != null) {
            given = ContentFields.read(key.channel(), content);
            fields.mistakesOf(content);
        }
        JsonObject data = fields.object("data");
        String to = fields.text("to", NUMBER_LENGTH_MAX);
        if (to != null && !PREFIX.matcher(to).matches()) {
            fields.mistake("to", ProblemCode.INVALID_RECIPIENT, "to must be + and digits: a number, or its beginning.");
        }
        int version = fields.integer("version", 0, 1, Integer.MAX_VALUE);
        Mistakes mistakes = fields.mistakes();
        if (key == null || !mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return new Asked(key, given, version, data == null ? new JsonObject() : data, to);
    }

    private static Content stored(Asked asked, List<Row> versions, OwnCatalog own) {
        for (Row row : versions) {
            if (row.getInteger("version") == asked.version()) {
                return content(asked.key(), row);
            }
        }
        if (asked.version() == 0) {
            for (String state : STATES) {
                for (Row row : versions) {
                    if (row.getString("state").equals(state)) {
                        return content(asked.key(), row);
                    }
                }
            }
        }
        Content shipped = asked.version() == 0 ? own.content(asked.key()) : null;
        if (shipped == null) {
            throw Problem.of(ProblemCode.NOT_FOUND, "There is no such template.")
                    .exception();
        }
        return shipped;
    }

    private static Content content(TemplateKey key, Row row) {
        return ContentFields.read(key.channel(), new JsonFields(row.getJsonObject("content"), ""));
    }

    private Answer answer(Asked asked, Content content, OwnCatalog own) {
        NotificationType type = own.type(asked.key().type());
        if (type == null) {
            throw PublishTemplate.unknownType();
        }
        List<FieldMistake> unfit = Fitting.mistakes(type, asked.key().channel(), content, "/content");
        JsonFields data = new JsonFields(asked.data(), "/data");
        DataFields.check(type, data);
        Mistakes mistakes = new Mistakes(unfit, 0).and(data.mistakes());
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        Template template = Template.compile(asked.key().channel(), asked.key().locale(), content, type);
        Lane lane = type.priority().lane();
        JsonArray previews = new JsonArray();
        template.variants()
                .forEach(variant -> previews.add(new Preview(template, variant, asked.to(), lane)
                        .json(asked.data().getMap(), prices)));
        return Answer.ok(TemplateView.of(asked.key()).put("previews", previews));
    }
}
