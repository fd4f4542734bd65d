package io.heliograph.gateway.notifications.telling;

import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.catalog.Variable;
import io.heliograph.gateway.notifications.catalog.VariableType;
import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an inbox item has beside its texts: what it leads to, and what the event brought, for the application to open the right screen. Where
 * a type says which of its variables are safe, those alone.
 */
final class InboxExtras {
    private InboxExtras() {}

    /** The first URL, in the order of the type's variables. */
    static @Nullable String link(PostedEvent event) {
        boolean isHealthData = isHealthData(event.type());
        return event.type().variables().entrySet().stream()
                .filter(variable -> variable.getValue().type() == VariableType.URL)
                .filter(variable -> !isHealthData || variable.getValue().phiSafe())
                .map(variable -> event.data().getString(variable.getKey()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    static @Nullable JsonObject data(PostedEvent event) {
        JsonObject data = event.data();
        if (isHealthData(event.type())) {
            JsonObject safe = new JsonObject();
            for (Map.Entry<String, Variable> variable : event.type().variables().entrySet()) {
                if (variable.getValue().phiSafe() && data.containsKey(variable.getKey())) {
                    safe.put(variable.getKey(), data.getValue(variable.getKey()));
                }
            }
            data = safe;
        }
        return data.isEmpty() ? null : data;
    }

    private static boolean isHealthData(NotificationType type) {
        return type.variables().values().stream().anyMatch(Variable::phiSafe);
    }
}
