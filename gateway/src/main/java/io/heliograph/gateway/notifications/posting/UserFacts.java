package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of a user to decide how to tell them something.
 *
 * @param switched what they have switched on or off themselves
 */
record UserFacts(
        @Nullable String phone,
        @Nullable String email,
        @Nullable String locale,
        @Nullable String timeZone,
        Map<Switch, Boolean> switched) {

    /** One of a user's switches. */
    record Switch(String category, NotificationChannel channel) {}

    UserFacts {
        switched = Map.copyOf(switched);
    }

    @Nullable
    String address(NotificationChannel channel) {
        return switch (channel) {
            case SMS, WHATSAPP -> phone;
            case EMAIL -> email;
            case IN_APP, WEB_PUSH, WEBHOOK -> null;
        };
    }
}
