package io.heliograph.gateway.notifications.catalog;

import io.heliograph.contract.Lane;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
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
        Map<String, Variable> variables) {

    /** Critical passes quiet hours and caps, and goes in the critical lane. */
    public enum Priority {
        CRITICAL,
        REGULAR,
        /** Only with consent, and in the hours in which the law allows it. */
        PROMOTIONAL;

        public static final List<String> WORDS =
                Arrays.stream(values()).map(Priority::word).toList();

        /** Of messages that tell it. */
        public Lane lane() {
            return switch (this) {
                case CRITICAL -> Lane.CRITICAL;
                case REGULAR -> Lane.NORMAL;
                case PROMOTIONAL -> Lane.BULK;
            };
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Priority of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public NotificationType {
        channels = List.copyOf(channels);
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /** As it is written, without its name. */
    public JsonObject json() {
        JsonObject written = new JsonObject();
        variables.forEach((variable, is) -> written.put(variable, is.json()));
        return new JsonObject()
                .put("category", category)
                .put("priority", priority.word())
                .put(
                        "channels",
                        new JsonArray(
                                channels.stream().map(NotificationChannel::word).toList()))
                .put("variables", written);
    }
}
