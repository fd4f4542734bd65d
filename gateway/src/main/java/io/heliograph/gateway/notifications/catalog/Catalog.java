package io.heliograph.gateway.notifications.catalog;

import org.jspecify.annotations.Nullable;

/** What can be told, from memory. */
public interface Catalog {
    /** Null when the account has no such type. */
    @Nullable
    NotificationType type(long account, String name);

    /** Whether a type of the account is of this category. */
    boolean hasCategory(long account, String category);

    /**
     * In that language, else in the language without its region, else in English; null when there is none of them.
     */
    @Nullable
    Template template(long account, String type, NotificationChannel channel, String locale);
}
