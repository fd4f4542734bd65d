package io.heliograph.gateway.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of JSON's text can be kept: PostgreSQL stores no NUL, and half of a surrogate pair has no UTF-8. */
public final class Texts {
    private Texts() {}

    public static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Of every name, text and number in it, however deep: by loops, because a stream takes a dozen frames of the stack for a level. */
    public static boolean isAllStorable(@Nullable Object json) {
        return switch (json) {
            case String text -> isStorable(text);
            case JsonObject object -> isAllStorable(object.getMap());
            case Map<?, ?> fields -> isEachStorable(fields.keySet()) && isEachStorable(fields.values());
            case JsonArray array -> isAllStorable(array.getList());
            case List<?> items -> isEachStorable(items);
            // Too large for a double: it would come back as a text.
            case Double number -> Double.isFinite(number);
            case null, default -> true;
        };
    }

    private static boolean isEachStorable(Collection<?> values) {
        for (Object value : values) {
            if (!isAllStorable(value)) {
                return false;
            }
        }
        return true;
    }
}
