package io.heliograph.gateway.notifications.catalog;

import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.notifications.catalog.NotificationType.Priority;
import io.heliograph.gateway.notifications.text.Placeholders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a notification type as it is written, in a request or in a file. */
public final class TypeFields {
    private static final int VARIABLES_MAX = 50;
    private static final int WORD_LENGTH_MAX = 50;
    /** The items of a list hold no lists. */
    private static final List<String> ITEM_WORDS = VariableType.WORDS.stream()
            .filter(word -> !word.equals(VariableType.LIST.word()))
            .toList();

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,49}");

    private TypeFields() {}

    /** Of a type, and of a category. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** What is wrong is told by the fields; then the type is of no use. */
    public static NotificationType read(String name, JsonFields fields) {
        return new NotificationType(
                name, category(fields), priority(fields), channels(fields), variables(fields, "variables"));
    }

    private static String category(JsonFields fields) {
        String category = fields.requiredText("category", WORD_LENGTH_MAX);
        if (category != null && !isName(category)) {
            fields.mistake("category", ProblemCode.NOT_ALLOWED, "category must be lower-case letters, digits and _.");
        }
        return category == null ? "" : category;
    }

    private static Priority priority(JsonFields fields) {
        if (fields.isMissing("priority")) {
            fields.mistake("priority", ProblemCode.MISSING, "priority is required.");
        }
        return Priority.of(fields.oneOf("priority", Priority.WORDS, Priority.REGULAR.word()));
    }

    private static List<NotificationChannel> channels(JsonFields fields) {
        JsonArray words = fields.array("channels");
        List<NotificationChannel> channels = new ArrayList<>();
        if (words == null || words.isEmpty()) {
            fields.mistake("channels", ProblemCode.MISSING, "channels needs one at least.");
            return channels;
        }
        // Each may be named once, so the list is no longer than there are channels before something is wrong with it.
        for (int i = 0; i < Math.min(words.size(), NotificationChannel.WORDS.size() + 1); i++) {
            if (words.getValue(i) instanceof String word
                    && NotificationChannel.WORDS.contains(word)
                    && !channels.contains(NotificationChannel.of(word))) {
                channels.add(NotificationChannel.of(word));
            } else {
                fields.mistake(
                        "channels",
                        i,
                        ProblemCode.NOT_ALLOWED,
                        "This must be one of " + String.join(", ", NotificationChannel.WORDS) + ", each once.");
            }
        }
        return channels;
    }

    private static Map<String, Variable> variables(JsonFields fields, String name) {
        JsonObject written = fields.object(name);
        Map<String, Variable> variables = new LinkedHashMap<>();
        if (written == null) {
            return variables;
        }
        if (written.size() > VARIABLES_MAX) {
            fields.mistake(name, ProblemCode.TOO_MANY, name + " takes at most " + VARIABLES_MAX + ".");
            return variables;
        }
        JsonFields each = new JsonFields(written, fields.pointer(name));
        for (String variable : written.fieldNames()) {
            Variable is = named(each, variable) ? variable(each, variable) : null;
            if (is != null) {
                variables.put(variable, is);
            }
        }
        fields.mistakesOf(each);
        return variables;
    }

    private static boolean named(JsonFields each, String name) {
        boolean isName = Placeholders.isName(name);
        if (!isName) {
            Object _ = each.any(name);
            each.mistake(
                    name,
                    ProblemCode.NOT_ALLOWED,
                    "The name of a variable begins with a lower-case letter; letters, digits and _ may follow.");
        }
        return isName;
    }

    /** The word of its type, or an object with more. */
    private static @Nullable Variable variable(JsonFields each, String name) {
        if (each.any(name) instanceof String) {
            return new Variable(type(each, name), false, false, Map.of());
        }
        JsonFields fields = each.child(name);
        if (fields == null) {
            return null;
        }
        if (fields.isMissing("type")) {
            fields.mistake("type", ProblemCode.MISSING, "type is required.");
        }
        Variable variable = new Variable(
                type(fields, "type"), fields.flag("optional"), fields.flag("phi_safe"), itemFields(fields));
        if (variable.type() != VariableType.LIST && !variable.fields().isEmpty()) {
            fields.mistake("fields", ProblemCode.NOT_ALLOWED, "fields is for the type list only.");
        }
        each.mistakesOf(fields);
        return variable;
    }

    private static Map<String, VariableType> itemFields(JsonFields fields) {
        JsonObject written = fields.object("fields");
        Map<String, VariableType> types = new LinkedHashMap<>();
        if (written == null) {
            return types;
        }
        if (written.size() > VARIABLES_MAX) {
            fields.mistake("fields", ProblemCode.TOO_MANY, "fields takes at most " + VARIABLES_MAX + ".");
            return types;
        }
        JsonFields each = new JsonFields(written, fields.pointer("fields"));
        for (String name : written.fieldNames()) {
            if (named(each, name)) {
                types.put(name, VariableType.of(each.oneOf(name, ITEM_WORDS, VariableType.TEXT.word())));
            }
        }
        fields.mistakesOf(each);
        return types;
    }

    private static VariableType type(JsonFields fields, String name) {
        return VariableType.of(fields.oneOf(name, VariableType.WORDS, VariableType.TEXT.word()));
    }
}
