package io.heliograph.gateway.notifications.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A kind of thing that can happen.
 *
 * @param category what a user switches on and off as one
 * @param channels the ways in which it may be told, in no order of preference
 * @param variables what an event of this type brings, by name
 */
public record NotificationType(
        String name,
        String category,
        Priority priority,
        List<NotificationChannel> channels,
        Map<String, VariableType> variables) {

    /** Critical passes quiet hours and caps, and goes in the critical lane. */
    public enum Priority {
        CRITICAL,
        REGULAR,
        /** Only with consent, and in the hours in which the law allows it. */
        PROMOTIONAL;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Priority of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public NotificationType {
        channels = List.copyOf(channels);
        variables = Map.copyOf(variables);
    }
}
