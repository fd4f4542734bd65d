package io.heliograph.gateway.notifications.consents;

import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.catalog.NotificationType.Priority;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a user agrees to be told about. Its word is part of records and of answers: it may not change. */
public enum Purpose {
    /** What the user has asked for themselves: orders, payments, appointments. */
    TRANSACTIONAL,
    PROMOTIONAL,
    /** What says something about the user's health. */
    CLINICAL;

    public static final List<String> WORDS =
            Arrays.stream(values()).map(Purpose::word).toList();

    private static final String CLINICAL_CATEGORY = "clinical";

    public static Purpose of(NotificationType type) {
        if (type.priority() == Priority.PROMOTIONAL) {
            return PROMOTIONAL;
        }
        return type.category().equals(CLINICAL_CATEGORY) ? CLINICAL : TRANSACTIONAL;
    }

    /** Whether nobody is told without having said yes. A critical one is what the user waits for. */
    public static boolean needsYes(NotificationType type, NotificationChannel channel) {
        return type.priority() == Priority.PROMOTIONAL
                || (channel == NotificationChannel.SMS && type.priority() != Priority.CRITICAL);
    }

    public static Purpose of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
