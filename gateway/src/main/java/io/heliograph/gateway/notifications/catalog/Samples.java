package io.heliograph.gateway.notifications.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values that any variable of a type takes, short enough for any slot. */
final class Samples {
    private Samples() {}

    static Map<String, Object> of(NotificationType type) {
        Map<String, Object> sample = new HashMap<>();
        type.variables().forEach((name, variable) -> sample.put(name, value(variable)));
        return sample;
    }

    private static Object value(Variable variable) {
        if (variable.type() != VariableType.LIST) {
            return value(variable.type());
        }
        Map<String, Object> item = new HashMap<>();
        variable.fields().forEach((name, field) -> item.put(name, value(field)));
        return List.of(item.isEmpty() ? "1" : item);
    }

    private static Object value(VariableType type) {
        return switch (type) {
            case TEXT -> "1";
            case NUMBER -> 1;
            case FLAG -> true;
            case URL -> "https://a.in";
            case LIST -> List.of();
        };
    }
}
