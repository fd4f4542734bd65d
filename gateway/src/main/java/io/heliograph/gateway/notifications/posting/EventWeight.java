package io.heliograph.gateway.notifications.posting;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much an event brings. Writing it out as JSON would cost more than all else that is done with most events. */
final class EventWeight {
    /** Characters of JSON. */
    static final int LENGTH_MAX = 16 * 1024;

    private static final int VALUE_CHARACTERS = 30;
    /** A character is written with so many at the most. */
    private static final int ESCAPED_CHARACTERS_MAX = 6;

    private EventWeight() {}

    static boolean isTooLong(JsonObject data) {
        return weight(data.getMap()) * ESCAPED_CHARACTERS_MAX > LENGTH_MAX
                && data.encode().length() > LENGTH_MAX;
    }

    /** The characters of all texts, and for each value as many as any number and all that is between values have. */
    static int weight(@Nullable Object value) {
        return switch (value) {
            case String text -> VALUE_CHARACTERS + text.length();
            case Map<?, ?> map -> {
                int weight = VALUE_CHARACTERS;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    weight += ((String) entry.getKey()).length() + weight(entry.getValue());
                }
                yield weight;
            }
            case List<?> list -> {
                int weight = VALUE_CHARACTERS;
                for (Object item : list) {
                    weight += weight(item);
                }
                yield weight;
            }
            case Number number -> VALUE_CHARACTERS + number.toString().length();
            case null, default -> VALUE_CHARACTERS;
        };
    }
}
