package io.heliograph.gateway.outbox;

import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Inbox items as parameters behind those of their notifications: an array for each column. */
final class InboxColumns {
    private InboxColumns() {}

    /** Those that leave something in an inbox. */
    static List<NewNotification> shelved(List<NewNotification> notifications) {
        return notifications.stream()
                .filter(notification -> notification.inboxItem() != null)
                .toList();
    }

    static Tuple add(Tuple columns, List<NewNotification> shelved) {
        List<NewInboxItem> items = shelved.stream()
                .map(notification -> Objects.requireNonNull(notification.inboxItem()))
                .toList();
        return columns.addArrayOfUUID(shelved.stream().map(NewNotification::id).toArray(UUID[]::new))
                .addArrayOfUUID(Columns.of(items, UUID[]::new, NewInboxItem::id))
                .addArrayOfString(Columns.of(items, String[]::new, NewInboxItem::category))
                .addArrayOfString(Columns.of(items, String[]::new, NewInboxItem::variant))
                .addArrayOfString(Columns.of(items, String[]::new, NewInboxItem::title))
                .addArrayOfString(Columns.of(items, String[]::new, NewInboxItem::body))
                .addArrayOfString(Columns.of(items, String[]::new, NewInboxItem::link))
                .addArrayOfString(Columns.of(
                        items,
                        String[]::new,
                        item -> item.data() == null ? null : item.data().encode()))
                .addArrayOfInteger(Columns.of(items, Integer[]::new, NewInboxItem::days));
    }
}
