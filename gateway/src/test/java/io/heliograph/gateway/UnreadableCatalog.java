package io.heliograph.gateway;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.catalog.ShippedCatalog;
import io.heliograph.gateway.notifications.catalog.Template;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** What ships with the gateway; of some accounts nothing else can be read, as when the memory is full. */
final class UnreadableCatalog implements Catalog {
    private final ShippedCatalog shipped = ShippedCatalog.read();
    private final LongPredicate accounts;

    UnreadableCatalog(LongPredicate accounts) {
        this.accounts = accounts;
    }

    @Override
    public @Nullable NotificationType type(long account, String name) {
        return shipped.type(account, name);
    }

    @Override
    public Collection<NotificationType> types(long account) {
        return shipped.types(account);
    }

    @Override
    public @Nullable Template template(
            long account, String type, NotificationChannel channel, @Nullable String locale) {
        return shipped.template(account, type, channel, locale);
    }

    @Override
    public ShippedCatalog shipped() {
        return shipped;
    }

    @Override
    public Future<Void> ready(long account) {
        return accounts.test(account)
                ? Future.failedFuture(Problem.unavailable("Later.").exception())
                : Future.succeededFuture();
    }
}
