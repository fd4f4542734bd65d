package io.heliograph.gateway.notifications.catalog;

import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Texts;
import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Holds what an event brings against what its type declares: everything that is missing or of the wrong type is named. */
public final class DataFields {
    /** What a section of a template may be repeated. */
    private static final int ITEMS_MAX = 100;

    private DataFields() {}

    /** What is undeclared is told with the mistakes of the fields, like every unknown field. */
    public static void check(NotificationType type, JsonFields given) {
        type.variables().forEach((name, variable) -> {
            Object value = given.any(name);
            if (value != null) {
                check(given, name, variable, value);
            } else if (!variable.optional()) {
                given.mistake(name, ProblemCode.MISSING, name + " is a variable of " + type.name() + ".");
            }
        });
    }

    /** The same for a part of what is needed: what is missing comes from elsewhere. */
    public static void checkGiven(NotificationType type, JsonFields given) {
        type.variables().forEach((name, variable) -> {
            Object value = given.any(name);
            if (value != null) {
                check(given, name, variable, value);
            }
        });
    }

    private static void check(JsonFields given, String name, Variable variable, Object value) {
        if (!variable.type().takes(value)) {
            given.mistake(
                    name,
                    ProblemCode.WRONG_TYPE,
                    name + " must be " + variable.type().expected() + ".");
        } else if (value instanceof JsonArray items) {
            checkItems(given, name, variable.fields(), items);
        } else if (!Texts.isAllStorable(value)) {
            given.mistake(name, ProblemCode.INVALID_TEXT, name + " holds a NUL or half of a character.");
        }
    }

    private static void checkItems(JsonFields given, String name, Map<String, VariableType> fields, JsonArray items) {
        if (items.size() > ITEMS_MAX) {
            given.mistake(name, ProblemCode.TOO_MANY, name + " takes at most " + ITEMS_MAX + " items.");
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            Object item = items.getValue(i);
            if (fields.isEmpty() && !(item instanceof String text && Texts.isStorable(text))) {
                given.mistake(name, i, ProblemCode.WRONG_TYPE, "Each item of " + name + " must be a string.");
            } else if (!fields.isEmpty() && item instanceof JsonObject object) {
                checkItem(given, given.item(name, i, object), fields);
            } else if (!fields.isEmpty()) {
                given.mistake(name, i, ProblemCode.WRONG_TYPE, "Each item of " + name + " must be an object.");
            }
        }
    }

    private static void checkItem(JsonFields given, JsonFields item, Map<String, VariableType> fields) {
        fields.forEach((name, type) -> {
            Object value = item.any(name);
            if (value == null) {
                item.mistake(name, ProblemCode.MISSING, "Every item has " + name + ".");
            } else if (!type.takes(value)) {
                item.mistake(name, ProblemCode.WRONG_TYPE, name + " must be " + type.expected() + ".");
            } else if (!Texts.isAllStorable(value)) {
                item.mistake(name, ProblemCode.INVALID_TEXT, name + " holds a NUL or half of a character.");
            }
        });
        given.mistakesOf(item);
    }
}
