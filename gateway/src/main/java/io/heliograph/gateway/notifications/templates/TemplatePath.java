package io.heliograph.gateway.notifications.templates;

import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.notifications.catalog.Locales;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.TemplateKey;
import io.heliograph.gateway.notifications.catalog.TypeFields;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Which template a request is about. */
final class TemplatePath {
    static final String PATH = "/v1/templates";
    static final String ONE = PATH + "/:type/:channel/:locale";

    private TemplatePath() {}

    /** Throws the problem of a path that can lead to no template, with all that is wrong with it. */
    static TemplateKey key(RoutingContext context) {
        JsonFields fields = new JsonFields(
                new JsonObject()
                        .put("type", context.pathParam("type"))
                        .put("channel", context.pathParam("channel"))
                        .put("locale", context.pathParam("locale")),
                "");
        TemplateKey key = key(fields, "");
        var mistakes = fields.mistakes();
        if (key == null || !mistakes.isEmpty()) {
            throw Problem.invalid(mistakes.told().stream()
                            .map(mistake -> FieldMistake.inParameter(
                                    mistake.at().substring(1), mistake.code(), mistake.detail()))
                            .toList())
                    .exception();
        }
        return key;
    }

    /** Null where something is wrong; a locale that is missing is {@code otherwise}, or is required where that is empty. */
    static @Nullable TemplateKey key(JsonFields fields, String otherwise) {
        String type = fields.requiredText("type", Integer.MAX_VALUE);
        if (type != null && !TypeFields.isName(type)) {
            fields.mistake("type", ProblemCode.UNKNOWN_TYPE, "There is no notification type of this name.");
        }
        if (fields.isMissing("channel")) {
            fields.mistake("channel", ProblemCode.MISSING, "channel is required.");
        }
        String channel = fields.oneOf("channel", NotificationChannel.WORDS, NotificationChannel.SMS.word());
        String tag = fields.text("locale", Integer.MAX_VALUE);
        String locale = Locales.normal(tag == null ? otherwise : tag);
        if (locale == null) {
            fields.mistake("locale", ProblemCode.NOT_ALLOWED, "locale must be a language tag, such as en or hi-IN.");
        }
        return type == null || locale == null ? null : new TemplateKey(type, NotificationChannel.of(channel), locale);
    }
}
