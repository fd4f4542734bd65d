package io.heliograph.gateway.notifications.templates;

import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.notifications.catalog.Content;
import io.heliograph.gateway.notifications.catalog.Fitting;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.catalog.OwnCatalog;
import io.heliograph.gateway.notifications.catalog.TemplateKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an account would have after a change, and what would be wrong with it. */
final class Merged {
    private static final int TYPES_MAX = 200;

    private Merged() {}

    static OwnCatalog with(OwnCatalog own, NotificationType type) {
        return with(own, Map.of(type.name(), type), Map.of());
    }

    static OwnCatalog with(
            OwnCatalog own, Map<String, NotificationType> newTypes, Map<TemplateKey, Content> newContents) {
        Map<String, NotificationType> types = new HashMap<>(own.types());
        types.putAll(newTypes);
        Map<TemplateKey, Content> contents = new HashMap<>(own.contents());
        contents.putAll(newContents);
        return new OwnCatalog(own.shipped(), types, contents);
    }

    static OwnCatalog without(OwnCatalog own, String type) {
        Map<String, NotificationType> types = new HashMap<>(own.types());
        types.remove(type);
        return new OwnCatalog(own.shipped(), types, own.contents());
    }

    /** Where the account's templates in force do not fit the type; {@code pointer} is where that stands. */
    static List<FieldMistake> mistakes(OwnCatalog catalog, NotificationType type, String pointer) {
        List<FieldMistake> mistakes = new ArrayList<>();
        if (catalog.types().size() > TYPES_MAX) {
            mistakes.add(FieldMistake.at(
                    pointer, ProblemCode.TOO_MANY, "An account has at most " + TYPES_MAX + " types of its own."));
        }
        catalog.contents().forEach((key, content) -> {
            if (key.type().equals(type.name())) {
                String name = "The published template " + key.channel().word() + "/" + key.locale() + ": ";
                Fitting.mistakes(type, key.channel(), content, "")
                        .forEach(found -> mistakes.add(
                                FieldMistake.at(pointer + "/variables", found.code(), name + found.detail())));
            }
        });
        return mistakes;
    }
}
