package io.heliograph.gateway.notifications.catalog;

import io.vertx.core.json.JsonArray;
import java.util.Locale;

/** What the value of a variable must be. */
public enum VariableType {
    TEXT("a string"),
    NUMBER("a number"),
    FLAG("true or false"),
    /** Of strings or objects: a section of a template is repeated for each. */
    LIST("an array");

    private final String expected;

    VariableType(String expected) {
        this.expected = expected;
    }

    /** As a mistake says it. */
    public String expected() {
        return expected;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static VariableType of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public boolean takes(Object value) {
        return switch (this) {
            case TEXT -> value instanceof String;
            case NUMBER -> value instanceof Number;
            case FLAG -> value instanceof Boolean;
            case LIST -> value instanceof JsonArray;
        };
    }
}
