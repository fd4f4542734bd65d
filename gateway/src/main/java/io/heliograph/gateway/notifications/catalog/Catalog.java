package io.heliograph.gateway.notifications.catalog;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What can be told, from memory. */
public interface Catalog {
    /** All that the account has, in one order. */
    Collection<NotificationType> types(long account);

    /** Null when the account has no such type. */
    @Nullable
    NotificationType type(long account, String name);

    /**
     * In that language, else in the language without its region, else in English; null when there is none of them.
     */
    @Nullable
    Template template(long account, String type, NotificationChannel channel, String locale);
}
