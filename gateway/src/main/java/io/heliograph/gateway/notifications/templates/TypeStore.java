package io.heliograph.gateway.notifications.templates;

import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;

/** An account's own notification types. What changes them runs in a transaction that {@link CatalogTransactionStore} has begun. */
final class TypeStore {
    private static final String PUT = """
        INSERT INTO notification_type (account_id, name, definition, created_at, updated_at)
        VALUES ($1, $2, $3, now(), now())
        ON CONFLICT (account_id, name) DO UPDATE SET definition = excluded.definition, updated_at = now()""";

    private static final String REMOVE = """
        DELETE FROM notification_type WHERE account_id = $1 AND name = $2""";

    private TypeStore() {}

    static Future<Void> putAll(SqlClient client, long account, Collection<NotificationType> types) {
        return types.isEmpty()
                ? Future.succeededFuture()
                : client.preparedQuery(PUT)
                        .executeBatch(types.stream()
                                .map(type -> Tuple.of(account, type.name(), type.json()))
                                .toList())
                        .mapEmpty();
    }

    static Future<Void> remove(SqlClient client, long account, String name) {
        return client.preparedQuery(REMOVE).execute(Tuple.of(account, name)).mapEmpty();
    }
}
