package io.heliograph.gateway.notifications.reading;

import io.heliograph.gateway.notifications.inbox.InboxView;
import io.heliograph.runtime.Ids;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads notifications, and where their messages are now. */
final class NotificationReadStore {
    private static final String GET = "SELECT * FROM notification WHERE account_id = $1 AND id = $2";

    private static final String LIST = """
        SELECT * FROM notification WHERE account_id = $1 AND user_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4""";

    // The bounds let the partitions out in which none of them can be.
    private static final String MESSAGES = """
        SELECT id, status, reason FROM message
        WHERE account_id = $1 AND id = ANY ($2::uuid[]) AND id >= $3 AND id <= $4""";

    private static final String ITEMS = """
        SELECT * FROM inbox_item
        WHERE account_id = $1 AND user_id = $2 AND id = ANY ($3::uuid[]) AND deleted_at IS NULL AND expires_at > now()""";

    private final Pool pool;

    NotificationReadStore(Pool pool) {
        this.pool = pool;
    }

    Future<List<JsonObject>> get(long accountId, UUID id) {
        return pool.preparedQuery(GET).execute(Tuple.of(accountId, id)).compose(rows -> views(accountId, rows));
    }

    /** The newest first, from below that id on. */
    Future<List<JsonObject>> list(long accountId, String userId, UUID before, int limit) {
        return pool.preparedQuery(LIST)
                .execute(Tuple.of(accountId, userId, before, limit))
                .compose(rows -> views(accountId, rows));
    }

    private Future<List<JsonObject>> views(long accountId, Iterable<Row> rows) {
        List<JsonObject> views = new ArrayList<>();
        rows.forEach(row -> views.add(ReadView.of(row)));
        return withMessages(accountId, views).compose(_ -> withItems(accountId, views));
    }

    private Future<List<JsonObject>> withMessages(long accountId, List<JsonObject> views) {
        List<UUID> ids = ReadView.messageIds(views).stream().sorted(Ids.ORDER).toList();
        return ids.isEmpty()
                ? Future.succeededFuture(views)
                : messages(accountId, ids).map(messages -> {
                    views.forEach(view -> ReadView.add(view, messages));
                    return views;
                });
    }

    /** All of one user. */
    private Future<List<JsonObject>> withItems(long accountId, List<JsonObject> views) {
        List<UUID> ids = ReadView.itemIds(views);
        return ids.isEmpty()
                ? Future.succeededFuture(views)
                : pool.preparedQuery(ITEMS)
                        .execute(Tuple.of(
                                accountId, views.getFirst().getString("user"), (Object) ids.toArray(UUID[]::new)))
                        .map(rows -> {
                            Map<UUID, JsonObject> items = HashMap.newHashMap(rows.size());
                            rows.forEach(row -> items.put(row.getUUID("id"), InboxView.item(row)));
                            views.forEach(view -> ReadView.addItem(view, items));
                            return views;
                        });
    }

    private Future<Map<UUID, Row>> messages(long accountId, Collection<UUID> ids) {
        List<UUID> sorted = List.copyOf(ids);
        return pool.preparedQuery(MESSAGES)
                .execute(Tuple.of(accountId, sorted.toArray(UUID[]::new), sorted.getFirst(), sorted.getLast()))
                .map(rows -> {
                    Map<UUID, Row> messages = HashMap.newHashMap(rows.size());
                    rows.forEach(row -> messages.put(row.getUUID("id"), row));
                    return messages;
                });
    }
}
