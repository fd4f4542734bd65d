package io.heliograph.gateway.notifications.catalog;

import io.vertx.core.json.JsonArray;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the value of a variable must be. */
public enum VariableType {
    TEXT("a string"),
    NUMBER("a number"),
    FLAG("true or false"),
    /** What a person may be made to open. */
    URL("a URL that begins with https:// or http://, without white space and quotes"),
    /** Of strings or objects: a section of a template is repeated for each. */
    LIST("an array");

    public static final List<String> WORDS =
            Arrays.stream(values()).map(VariableType::word).toList();

    private static final int URL_LENGTH_MAX = 2_000;

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
            case URL -> value instanceof String text && isUrl(text);
            case LIST -> value instanceof JsonArray;
        };
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            return text.length() <= URL_LENGTH_MAX
                    && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** What stands for one that an event leaves out. */
    Object absent() {
        return switch (this) {
            case TEXT, NUMBER, URL -> "";
            case FLAG -> false;
            case LIST -> List.of();
        };
    }
}
