package io.heliograph.gateway.notifications.templates;

import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.notifications.catalog.Content;
import io.heliograph.gateway.notifications.catalog.ContentFields;
import io.heliograph.gateway.notifications.catalog.Locales;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.catalog.TemplateKey;
import io.heliograph.gateway.notifications.catalog.TypeFields;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads types and templates as they stand in files. */
final class ImportFields {
    /** Reads what stands under one name of an object; false where that is told already, and not worth a look. */
    private interface Reading {
        boolean of(JsonFields outer, String name, JsonFields inner);
    }

    /** A template, and where it stands. */
    record Placed(Content content, String pointer) {}

    private final Map<String, NotificationType> types = new LinkedHashMap<>();
    private final Map<TemplateKey, Placed> contents = new LinkedHashMap<>();
    private final boolean dryRun;
    private final Mistakes mistakes;

    ImportFields(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        this.dryRun = fields.flag("dry_run");
        each(fields, "types", this::type);
        each(fields, "templates", this::locale);
        this.mistakes = fields.mistakes();
    }

    Map<String, NotificationType> types() {
        return types;
    }

    Map<TemplateKey, Placed> contents() {
        return contents;
    }

    boolean isDryRun() {
        return dryRun;
    }

    Mistakes mistakes() {
        return mistakes;
    }

    private boolean type(JsonFields outer, String name, JsonFields fields) {
        if (!TypeFields.isName(name)) {
            outer.mistake(
                    name, ProblemCode.NOT_ALLOWED, "The name of a type is 1 to 50 lower-case letters, digits and _.");
            return false;
        }
        types.put(name, TypeFields.read(name, fields));
        return true;
    }

    private boolean locale(JsonFields outer, String tag, JsonFields ofLocale) {
        String locale = Locales.normal(tag);
        if (locale == null) {
            outer.mistake(tag, ProblemCode.NOT_ALLOWED, "This must be a language tag, such as en or hi-IN.");
            return false;
        }
        for (String type : ofLocale.names()) {
            each(ofLocale, type, (channels, word, fields) -> content(channels, word, fields, type, locale));
        }
        return true;
    }

    private boolean content(JsonFields outer, String word, JsonFields fields, String type, String locale) {
        if (!NotificationChannel.WORDS.contains(word)) {
            outer.mistake(
                    word,
                    ProblemCode.NOT_ALLOWED,
                    "This must be one of: " + String.join(", ", NotificationChannel.WORDS) + ".");
            return false;
        }
        NotificationChannel channel = NotificationChannel.of(word);
        contents.put(
                new TemplateKey(type, channel, locale),
                new Placed(ContentFields.read(channel, fields), outer.pointer(word)));
        return true;
    }

    private static void each(JsonFields fields, String name, Reading reading) {
        JsonFields outer = fields.child(name);
        if (outer == null) {
            return;
        }
        for (String inner : outer.names()) {
            JsonFields child = outer.child(inner);
            if (child != null && reading.of(outer, inner, child)) {
                outer.mistakesOf(child);
            }
        }
        fields.mistakesOf(outer);
    }
}
