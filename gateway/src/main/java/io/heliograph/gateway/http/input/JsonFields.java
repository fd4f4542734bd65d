package io.heliograph.gateway.http.input;

import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Texts;
import io.heliograph.gateway.http.Times;
import io.heliograph.runtime.Durations;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one JSON object and collects every mistake with its pointer. A getter answers null for what is
 * missing or wrong; null itself counts as missing. Whoever has read all fields asks {@link #mistakes} once.
 */
public final class JsonFields {
    private static final int MISTAKES_MAX = 100;

    private final JsonObject json;
    private final String base;
    private final List<FieldMistake> mistakes = new ArrayList<>();
    private int untold;
    private final Set<String> known = new TreeSet<>();

    /** {@code base} is the pointer to the object itself: empty for the whole body. */
    public JsonFields(JsonObject json, String base) {
        this.json = json;
        this.base = base;
    }

    public @Nullable String text(String name, int lengthMax) {
        Object value = any(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            mistake(name, ProblemCode.WRONG_TYPE, name + " must be a string.");
            return null;
        }
        if (!Texts.isStorable(text)) {
            mistake(name, ProblemCode.INVALID_TEXT, name + " holds a NUL or half of a character.");
            return null;
        }
        if (text.codePointCount(0, text.length()) > lengthMax) {
            mistake(name, ProblemCode.TOO_LONG, name + " must be at most " + lengthMax + " characters long.");
            return null;
        }
        return text;
    }

    public @Nullable String requiredText(String name, int lengthMax) {
        String text = text(name, lengthMax);
        if (text == null && isMissing(name)) {
            mistake(name, ProblemCode.MISSING, name + " is required.");
        } else if (text != null && text.isBlank()) {
            mistake(name, ProblemCode.EMPTY, name + " must not be empty.");
            return null;
        }
        return text;
    }

    public String oneOf(String name, List<String> words, String defaultWord) {
        String word = text(name, Integer.MAX_VALUE);
        if (word == null) {
            return defaultWord;
        }
        if (!words.contains(word)) {
            mistake(name, ProblemCode.NOT_ALLOWED, name + " must be one of: " + String.join(", ", words) + ".");
            return defaultWord;
        }
        return word;
    }

    public int integer(String name, int defaultValue, int min, int max) {
        Object value = any(name);
        if (value == null) {
            return defaultValue;
        }
        if (value instanceof Integer number && number >= min && number <= max) {
            return number;
        }
        mistake(name, ProblemCode.NOT_ALLOWED, name + " must be a whole number from " + min + " to " + max + ".");
        return defaultValue;
    }

    /** False when it is missing. */
    public boolean flag(String name) {
        Object value = any(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        mistake(name, ProblemCode.WRONG_TYPE, name + " must be true or false.");
        return false;
    }

    public @Nullable Instant time(String name) {
        String text = text(name, Integer.MAX_VALUE);
        try {
            return text == null ? null : Times.read(text).toInstant();
        } catch (DateTimeException e) {
            mistake(
                    name,
                    ProblemCode.INVALID_TIME,
                    name + " must be a time with its offset, such as 2026-12-01T10:00:00Z.");
            return null;
        }
    }

    /** A whole number of seconds, or a number with its unit. */
    public @Nullable Duration duration(String name, Duration min, Duration max) {
        Duration duration = switch (any(name)) {
            case null -> null;
            case Integer seconds -> Duration.ofSeconds(seconds);
            case String text -> parse(text);
            // No duration, and so out of any range.
            default -> Duration.ofSeconds(-1);
        };
        if (duration != null && (duration.compareTo(min) < 0 || duration.compareTo(max) > 0)) {
            mistake(
                    name,
                    ProblemCode.INVALID_DURATION,
                    name + " must be seconds, or a duration such as 30s, 10m, 4h or 2d, from " + Durations.write(min)
                            + " to " + Durations.write(max) + ".");
            return null;
        }
        return duration;
    }

    private static Duration parse(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            return Duration.ofSeconds(-1);
        }
    }

    public @Nullable UUID cursor(String name) {
        String text = text(name, Integer.MAX_VALUE);
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            mistake(name, ProblemCode.INVALID_CURSOR, name + " must be the next_cursor of an earlier answer.");
            return null;
        }
    }

    public @Nullable JsonObject object(String name) {
        Object value = any(name);
        if (value == null || value instanceof JsonObject) {
            return (JsonObject) value;
        }
        mistake(name, ProblemCode.WRONG_TYPE, name + " must be an object.");
        return null;
    }

    public @Nullable JsonArray array(String name) {
        Object value = any(name);
        if (value == null || value instanceof JsonArray) {
            return (JsonArray) value;
        }
        mistake(name, ProblemCode.WRONG_TYPE, name + " must be an array.");
        return null;
    }

    /** The value whatever its type; marks the field as known. */
    public @Nullable Object any(String name) {
        boolean _ = known.add(name);
        return json.getValue(name);
    }

    /** All that there are, in the order in which they were written. */
    public Set<String> names() {
        return json.fieldNames();
    }

    public boolean isMissing(String name) {
        return json.getValue(name) == null;
    }

    public void mistake(String name, ProblemCode code, String detail) {
        mistakeAt(FieldMistake.pointer(base, name), code, detail);
    }

    /** About one item of an array. */
    public void mistake(String name, int index, ProblemCode code, String detail) {
        mistakeAt(FieldMistake.pointer(base, name) + "/" + index, code, detail);
    }

    /** The fields of an object among them; its mistakes are told with these when {@link #mistakesOf} has been given it. */
    public @Nullable JsonFields child(String name) {
        JsonObject child = object(name);
        return child == null ? null : new JsonFields(child, FieldMistake.pointer(base, name));
    }

    /** Where this field stands, for whoever reads what is in it by other means. */
    public String pointer(String name) {
        return FieldMistake.pointer(base, name);
    }

    /** The fields of one object of an array; likewise. */
    public JsonFields item(String name, int index, JsonObject item) {
        return new JsonFields(item, FieldMistake.pointer(base, name) + "/" + index);
    }

    /** After all fields of the child were read. */
    public void mistakesOf(JsonFields child) {
        Mistakes mistakes = child.mistakes();
        mistakes.told().forEach(this::add);
        untold += mistakes.untold();
    }

    /** Everything that is wrong, unknown fields included: call it after all fields were read. */
    public Mistakes mistakes() {
        String unknown = "This field is not known here. Known are: " + String.join(", ", known) + ".";
        for (String name : json.fieldNames()) {
            if (!known.contains(name)) {
                mistake(name, ProblemCode.UNKNOWN_FIELD, unknown);
            }
        }
        return new Mistakes(mistakes, untold);
    }

    private void mistakeAt(String pointer, ProblemCode code, String detail) {
        add(FieldMistake.at(pointer, code, detail));
    }

    private void add(FieldMistake mistake) {
        if (mistakes.size() < MISTAKES_MAX) {
            mistakes.add(mistake);
        } else {
            untold++;
        }
    }
}
