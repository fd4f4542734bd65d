package io.heliograph.simulator.script;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object field by field and notes every mistake with its JSON pointer, so that a person mends all of them
 * at once. After a mistake it answers the default.
 */
public final class Fields {
    private final JsonObject json;
    private final String pointer;
    private final List<Mistake> mistakes;
    private final Set<String> known = new HashSet<>();

    public Fields(JsonObject json, String pointer, List<Mistake> mistakes) {
        this.json = json;
        this.pointer = pointer;
        this.mistakes = mistakes;
    }

    public boolean has(String name) {
        return value(name) != null;
    }

    public @Nullable String text(String name) {
        Object value = value(name);
        if (value != null && !(value instanceof String)) {
            mistake(name, "wants a text");
        }
        return value instanceof String text ? text : null;
    }

    public long integer(String name, long fallback, long min, long max) {
        return switch (value(name)) {
            case null -> fallback;
            case Integer number when number >= min && number <= max -> number;
            case Long number when number >= min && number <= max -> number;
            default -> mistaken(name, "wants a whole number from " + min + " to " + max, fallback);
        };
    }

    public double number(String name, double fallback, double min, double max) {
        return switch (value(name)) {
            case null -> fallback;
            case Number number when number.doubleValue() >= min && number.doubleValue() <= max -> number.doubleValue();
            default -> mistaken(name, "wants a number from " + min + " to " + max, fallback);
        };
    }

    public boolean flag(String name, boolean fallback) {
        return switch (value(name)) {
            case null -> fallback;
            case Boolean flag -> flag;
            default -> mistaken(name, "wants true or false", fallback);
        };
    }

    public <T> T choice(String name, T fallback, Map<String, T> choices) {
        Object value = value(name);
        if (value == null) {
            return fallback;
        }
        T chosen = value instanceof String word ? choices.get(word) : null;
        return chosen != null ? chosen : mistaken(name, "wants one of " + new TreeSet<>(choices.keySet()), fallback);
    }

    public @Nullable Fields object(String name) {
        Object value = value(name);
        if (value != null && !(value instanceof JsonObject)) {
            mistake(name, "wants an object");
        }
        return value instanceof JsonObject object ? new Fields(object, at(name), mistakes) : null;
    }

    /** A single object stands for a list of one. */
    public List<Fields> objectOrObjects(String name) {
        if (value(name) instanceof JsonArray) {
            return objects(name);
        }
        Fields single = object(name);
        return single == null ? List.of() : List.of(single);
    }

    public List<Fields> objects(String name) {
        Object value = value(name);
        List<Fields> objects = new ArrayList<>();
        if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.getValue(i) instanceof JsonObject object) {
                    objects.add(new Fields(object, at(name) + '/' + i, mistakes));
                } else {
                    mistake(name + '/' + i, "wants an object");
                }
            }
        } else if (value != null) {
            mistake(name, "wants an array of objects");
        }
        return objects;
    }

    /** An object whose values are all texts. */
    public Map<String, String> texts(String name) {
        Fields object = object(name);
        Map<String, String> texts = new LinkedHashMap<>();
        if (object != null) {
            for (String key : object.json.fieldNames()) {
                String text = object.text(key);
                texts.put(key, text == null ? "" : text);
            }
        }
        return texts;
    }

    public void mistake(String name, String what) {
        mistakes.add(new Mistake(at(name), what));
    }

    /** Notes what is there and was never asked for: a misspelt field would otherwise do nothing, silently. */
    public void end() {
        for (String name : json.fieldNames()) {
            if (!known.contains(name)) {
                mistake(name, "is not known here; known are " + new TreeSet<>(known));
            }
        }
    }

    private @Nullable Object value(String name) {
        known.add(name);
        return json.getValue(name);
    }

    private String at(String name) {
        return pointer + '/' + name;
    }

    private <T> T mistaken(String name, String what, T fallback) {
        mistake(name, what);
        return fallback;
    }
}
