package io.heliograph.gateway.notifications.preferences;

import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.consents.Purpose;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All switches of a user and how they stand: as the user has set them, else as what needs a yes, and has got it or not, says.
 *
 * @param on in the order of the types
 */
record Switches(Map<Switch, Boolean> on) {
    /** A yes or a no that was recorded. */
    record Agreement(String channel, String purpose) {}

    /** {@code set} by the user; {@code agreed} by records of consent. */
    static Switches of(Collection<NotificationType> types, Map<Switch, Boolean> set, Map<Agreement, Boolean> agreed) {
        Map<Switch, Boolean> on = new LinkedHashMap<>();
        for (NotificationType type : types) {
            for (NotificationChannel channel : type.channels()) {
                Switch one = new Switch(type.category(), channel.word());
                // Of several types in a category the strictest decides: what is shown as on goes out.
                boolean itself = set.getOrDefault(one, isOn(type, channel, agreed));
                boolean _ = on.merge(one, itself, Boolean::logicalAnd);
            }
        }
        return new Switches(on);
    }

    private static boolean isOn(NotificationType type, NotificationChannel channel, Map<Agreement, Boolean> agreed) {
        Boolean yes = agreed.get(new Agreement(channel.word(), Purpose.of(type).word()));
        return yes == null ? !Purpose.needsYes(type, channel) : yes;
    }

    JsonObject json() {
        JsonObject categories = new JsonObject();
        on.forEach((one, enabled) -> {
            if (!categories.containsKey(one.category())) {
                categories.put(one.category(), new JsonObject());
            }
            categories.getJsonObject(one.category()).put(one.channel(), enabled);
        });
        return new JsonObject().put("preferences", categories);
    }
}
