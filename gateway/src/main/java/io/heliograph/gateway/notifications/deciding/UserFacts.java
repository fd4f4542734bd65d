package io.heliograph.gateway.notifications.deciding;

import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.consents.Purpose;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of a user to decide how to tell them something.
 *
 * @param switched what they have switched on or off themselves
 * @param agreed true for a grant that is in force, false for a withdrawal
 */
public record UserFacts(
        @Nullable String phone,
        @Nullable String email,
        @Nullable String locale,
        @Nullable String timeZone,
        Map<Switch, Boolean> switched,
        Map<Agreement, Boolean> agreed) {

    /** One of a user's switches. */
    record Switch(String category, NotificationChannel channel) {}

    /** What a user can agree to. */
    record Agreement(NotificationChannel channel, Purpose purpose) {}

    public UserFacts {
        switched = Map.copyOf(switched);
        agreed = Map.copyOf(agreed);
    }

    @Nullable
    String address(NotificationChannel channel) {
        return switch (channel) {
            case SMS, WHATSAPP -> phone;
            case EMAIL -> email;
            // The inbox is the user's own: there is no other address.
            case IN_APP -> "";
            case WEB_PUSH, WEBHOOK -> null;
        };
    }
}
