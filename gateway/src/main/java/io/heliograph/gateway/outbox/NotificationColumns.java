package io.heliograph.gateway.outbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Notifications as parameters behind those of their messages: an array for each column. */
final class NotificationColumns {
    private NotificationColumns() {}

    /** The messages tell of no notification, or of one that is stored already. */
    static Tuple none(Tuple messages) {
        return columns(messages, List.of()).addBoolean(true);
    }

    static Tuple add(Tuple messages, List<NewNotification> notifications) {
        return columns(messages, notifications).addBoolean(false);
    }

    private static Tuple columns(Tuple messages, List<NewNotification> notifications) {
        return messages.addArrayOfUUID(column(notifications, UUID[]::new, NewNotification::id))
                .addArrayOfLong(column(notifications, Long[]::new, NewNotification::accountId))
                .addArrayOfString(column(notifications, String[]::new, NewNotification::userId))
                .addArrayOfString(column(notifications, String[]::new, NewNotification::type))
                .addArrayOfString(column(
                        notifications,
                        String[]::new,
                        notification -> notification.outcomes().encode()))
                .addArrayOfString(column(
                        notifications,
                        String[]::new,
                        notification -> notification.key() == null
                                ? null
                                : notification.key().value()))
                .addArrayOfBuffer(column(
                        notifications,
                        Buffer[]::new,
                        notification -> notification.key() == null
                                ? null
                                : notification.key().requestHash()));
    }

    private static <T> T[] column(
            List<NewNotification> notifications, IntFunction<T[]> array, Function<NewNotification, @Nullable T> value) {
        T[] column = array.apply(notifications.size());
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(notifications.get(i));
        }
        return column;
    }
}
