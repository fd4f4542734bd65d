package io.heliograph.gateway.notifications.catalog;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a template can name beside the variables of its type, because several events may be told as one: {@code several}, {@code count}
 * and {@code items}, each of which has what an event of the type has. An event alone is one of one.
 */
public final class Digest {
    public static final String SEVERAL = "several";
    public static final String COUNT = "count";
    public static final String ITEMS = "items";

    private Digest() {}

    /** Null for any other name, and for one that the type has a variable of. */
    static @Nullable Variable variable(NotificationType type, String name) {
        if (type.variables().containsKey(name)) {
            return null;
        }
        return switch (name) {
            case SEVERAL -> new Variable(VariableType.FLAG, false, true, Map.of());
            case COUNT -> new Variable(VariableType.NUMBER, false, true, Map.of());
            case ITEMS -> new Variable(VariableType.LIST, false, true, fields(type));
            default -> null;
        };
    }

    /** To the variables of an event alone. */
    static void addTo(Map<String, Object> event) {
        List<Map<String, Object>> items = List.of(Map.copyOf(event));
        Object _ = event.putIfAbsent(SEVERAL, false);
        Object _ = event.putIfAbsent(COUNT, 1);
        Object _ = event.putIfAbsent(ITEMS, items);
    }

    /** The variables of one of several events: what it leaves out is empty, and not another's. */
    public static Map<String, Object> item(NotificationType type, Map<String, Object> event) {
        Map<String, Object> item = new HashMap<>(event);
        type.variables().forEach((name, variable) -> {
            Object _ = item.putIfAbsent(name, variable.type().absent());
        });
        return item;
    }

    /** A list of an event is in none of its items: no list stands in another. */
    private static Map<String, VariableType> fields(NotificationType type) {
        Map<String, VariableType> fields = new LinkedHashMap<>();
        type.variables().forEach((name, variable) -> {
            if (variable.type() != VariableType.LIST) {
                fields.put(name, variable.type());
            }
        });
        return fields;
    }
}
