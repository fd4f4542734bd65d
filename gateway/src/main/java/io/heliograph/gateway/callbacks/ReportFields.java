package io.heliograph.gateway.callbacks;

import io.heliograph.gateway.http.Texts;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One report as it came: everything is kept, also what nobody knew when this was written. */
public final class ReportFields {
    private static final int WORD_LENGTH_MAX = 64;

    private final JsonObject fields;

    private ReportFields(JsonObject fields) {
        this.fields = fields;
    }

    /** Of a form or a query; an array where a name came more than once. */
    public static ReportFields of(MultiMap form) {
        JsonObject fields = new JsonObject();
        form.forEach((name, value) -> {
            if (Texts.isStorable(name) && Texts.isStorable(value)) {
                add(fields, name, value);
            }
        });
        return new ReportFields(fields);
    }

    static ReportFields of(JsonObject json) {
        JsonObject fields = new JsonObject();
        json.forEach(field -> {
            if (Texts.isStorable(field.getKey()) && Texts.isAllStorable(field.getValue())) {
                fields.put(field.getKey(), field.getValue());
            }
        });
        return new ReportFields(fields);
    }

    public JsonObject all() {
        return fields;
    }

    /** The value under the first of the names that is there; null unless it is a word of a sensible length. */
    public @Nullable String word(String... names) {
        String word = text(names);
        return word == null || word.length() > WORD_LENGTH_MAX ? null : word;
    }

    /** The same, cut where it is longer than a word. */
    @Nullable
    String start(String... names) {
        String text = text(names);
        return text == null || text.length() <= WORD_LENGTH_MAX
                ? text
                // Not through the middle of a character.
                : text.substring(0, text.offsetByCodePoints(0, WORD_LENGTH_MAX / 2));
    }

    /** The same, however long; empty when it is not there. */
    public String whole(String... names) {
        String text = text(names);
        return text == null ? "" : text;
    }

    /** The list under the first of the names that has one, as it came. */
    static @Nullable JsonArray list(JsonObject json, String... names) {
        for (String name : names) {
            if (value(json, name) instanceof JsonArray list) {
                return list;
            }
        }
        return null;
    }

    private @Nullable String text(String... names) {
        for (String name : names) {
            Object value = value(fields, name);
            if (value != null) {
                String text = switch (value) {
                    case String one -> one;
                    case Number number -> number.toString();
                    case JsonArray several
                    when !several.isEmpty() && several.getValue(0) instanceof String first -> first;
                    default -> "";
                };
                return text.isBlank() ? null : text;
            }
        }
        return null;
    }

    /** Under its name, or under the names between the dots, one in the other; null when it is not there. */
    private static @Nullable Object value(JsonObject fields, String name) {
        JsonObject at = fields;
        String rest = name;
        while (!at.containsKey(rest)) {
            int dot = rest.indexOf('.');
            if (dot < 0 || !(at.getValue(rest.substring(0, dot)) instanceof JsonObject deeper)) {
                return null;
            }
            at = deeper;
            rest = rest.substring(dot + 1);
        }
        return at.getValue(rest);
    }

    static @Nullable UUID uuid(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static @Nullable Short attempt(@Nullable String text) {
        try {
            return text == null ? null : Short.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static void add(JsonObject fields, String name, String value) {
        switch (fields.getValue(name)) {
            case null -> fields.put(name, value);
            case JsonArray values -> values.add(value);
            case Object first -> fields.put(name, new JsonArray().add(first).add(value));
        }
    }
}
