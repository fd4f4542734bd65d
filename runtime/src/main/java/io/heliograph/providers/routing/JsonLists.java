package io.heliograph.providers.routing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists and sets in JSON and back. */
final class JsonLists {
    private JsonLists() {}

    static <T> JsonArray objects(Collection<T> items, Function<T, JsonObject> write) {
        return new JsonArray(items.stream().map(write).toList());
    }

    static <T> List<T> objects(JsonObject json, String key, Function<JsonObject, T> read) {
        return json.getJsonArray(key).stream()
                .map(item -> read.apply((JsonObject) item))
                .toList();
    }

    /** Sorted, since a set has no order of its own. */
    static <T extends Enum<T>> JsonArray words(Set<T> items, Function<T, String> word) {
        return new JsonArray(new TreeSet<>(items).stream().map(word).toList());
    }

    static <T> Set<T> words(JsonObject json, String key, Function<String, T> of) {
        Set<T> items = new LinkedHashSet<>();
        json.getJsonArray(key).forEach(word -> items.add(of.apply((String) word)));
        return items;
    }

    /** Throws when it is not there. */
    static String text(JsonObject json, String key) {
        String text = json.getString(key);
        if (text == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return text;
    }

    /** Null when it is not there: no limit. */
    static @Nullable Double number(JsonObject json, String key) {
        return json.getDouble(key);
    }
}
