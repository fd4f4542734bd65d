package io.heliograph.gateway.outbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** Notifications as parameters behind those of their messages: an array for each column. */
final class NotificationColumns {
    private NotificationColumns() {}

    static Tuple add(Tuple messages, List<NewNotification> notifications) {
        return messages.addArrayOfUUID(Columns.of(notifications, UUID[]::new, NewNotification::id))
                .addArrayOfLong(Columns.of(notifications, Long[]::new, NewNotification::accountId))
                .addArrayOfString(Columns.of(notifications, String[]::new, NewNotification::userId))
                .addArrayOfString(Columns.of(notifications, String[]::new, NewNotification::type))
                .addArrayOfString(Columns.of(notifications, String[]::new, NewNotification::outcomes))
                .addArrayOfString(Columns.of(
                        notifications,
                        String[]::new,
                        notification -> notification.key() == null
                                ? null
                                : notification.key().value()))
                .addArrayOfBuffer(Columns.of(
                        notifications,
                        Buffer[]::new,
                        notification -> notification.key() == null
                                ? null
                                : notification.key().requestHash()));
    }
}
