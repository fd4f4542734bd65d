package io.heliograph.gateway.notifications.catalog;

import io.vertx.core.Future;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What can be told, from memory. */
public interface Catalog {
    /** Null when the account has no such type. */
    @Nullable
    NotificationType type(long account, String name);

    /** All that the account can tell, in the order of their names. */
    Collection<NotificationType> types(long account);

    /** Whether a type of the account is of this category. */
    default boolean hasCategory(long account, String category) {
        return types(account).stream().anyMatch(type -> type.category().equals(category));
    }

    /**
     * In that language, else in the first of {@link Locales#chain}; null when there is none of them.
     *
     * @param locale null for the account's
     */
    @Nullable
    Template template(long account, String type, NotificationChannel channel, @Nullable String locale);

    /** What every account has. */
    ShippedCatalog shipped();

    /**
     * Comes before the questions above: succeeds when what the account has of its own is in memory, where it stays for a minute at
     * least.
     */
    default Future<Void> ready(long account) {
        return Future.succeededFuture();
    }

    /** Reads anew what the account has of its own, which another gateway may have changed a moment ago. */
    default Future<Void> reread(long account) {
        return Future.succeededFuture();
    }

    /** Something of the account's own was changed by this gateway, and is in force here when this has succeeded. */
    default Future<Void> changed(long account) {
        return Future.succeededFuture();
    }
}
