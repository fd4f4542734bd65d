package io.heliograph.gateway.outbox;

import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Inbox items as parameters behind those of their notifications, for a statement of its own: the usual one pays nothing for them. */
final class InboxColumns {
    /** Goes between what is stored and what is answered. An item whose notification is not stored is not stored either. */
    static final String STORE = """
        , shelved AS (
          INSERT INTO inbox_item (account_id, user_id, id, notification_id, type, category, variant, title, body, link, data, created_at,
                                  expires_at)
          SELECT t.account_id, t.user_id, i.id, t.id, t.type, i.category, i.variant, i.title, i.body, i.link, i.data::jsonb, now(),
                 now() + i.days * interval '1 day'
          FROM unnest($47::uuid[], $48::uuid[], $49::text[], $50::text[], $51::text[], $52::text[], $53::text[], $54::text[], $55::int[])
            AS i (notification_id, id, category, variant, title, body, link, data, days)
          JOIN told t ON t.id = i.notification_id
        )
        """;

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
                .addArrayOfUUID(column(items, UUID[]::new, NewInboxItem::id))
                .addArrayOfString(column(items, String[]::new, NewInboxItem::category))
                .addArrayOfString(column(items, String[]::new, NewInboxItem::variant))
                .addArrayOfString(column(items, String[]::new, NewInboxItem::title))
                .addArrayOfString(column(items, String[]::new, NewInboxItem::body))
                .addArrayOfString(column(items, String[]::new, NewInboxItem::link))
                .addArrayOfString(column(
                        items,
                        String[]::new,
                        item -> item.data() == null ? null : item.data().encode()))
                .addArrayOfInteger(column(items, Integer[]::new, NewInboxItem::days));
    }

    private static <T> T[] column(
            List<NewInboxItem> items, IntFunction<T[]> array, Function<NewInboxItem, @Nullable T> value) {
        T[] column = array.apply(items.size());
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(items.get(i));
        }
        return column;
    }
}
