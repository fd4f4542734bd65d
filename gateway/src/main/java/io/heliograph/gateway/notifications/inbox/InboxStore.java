package io.heliograph.gateway.notifications.inbox;

import io.heliograph.gateway.notifications.inbox.InboxFields.Change;
import io.heliograph.gateway.notifications.inbox.InboxFields.Filter;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads and changes what is in inboxes. Every statement names account and user: there is no other way to an item. Whatever is changed gets a
 * new position, by which streams learn of it.
 */
final class InboxStore {
    // An inbox keeps no more than some hundred items, so they are counted where they lie: a count that is kept would be
    // a row for
    // which all that happens to a person waits in turn.
    private static final String UNREAD = """
        SELECT count(*)::int AS unread FROM (
          SELECT FROM inbox_item
          WHERE account_id = $1 AND user_id = $2 AND read_at IS NULL AND archived_at IS NULL AND deleted_at IS NULL AND expires_at > now()
          LIMIT 500) i""";

    private static final String LIST = """
        SELECT c.unread, i.*
        FROM app_user u
        CROSS JOIN LATERAL (%s) c
        LEFT JOIN LATERAL (
          SELECT * FROM inbox_item i
          WHERE i.account_id = u.account_id AND i.user_id = u.id AND i.id < $3 AND deleted_at IS NULL AND expires_at > now()
            AND ($4::boolean IS NULL OR (read_at IS NULL) = $4) AND (archived_at IS NOT NULL) = $5
            AND ($6::text IS NULL OR category = $6)
          ORDER BY i.id DESC LIMIT $7) i ON true
        WHERE u.account_id = $1 AND u.id = $2
        ORDER BY i.id DESC""".formatted(UNREAD);

    private static final String GET = """
        SELECT * FROM inbox_item
        WHERE account_id = $1 AND user_id = $2 AND id = ANY ($3::uuid[]) AND deleted_at IS NULL AND expires_at > now()
        ORDER BY id DESC""";

    // What is as it is wanted to be stays untouched: a repetition tells nobody anything. Rows are locked in the order
    // of their ids.
    private static final String CHANGE = """
        WITH held AS MATERIALIZED (
          SELECT id FROM inbox_item
          WHERE account_id = $1 AND user_id = $2 AND id = ANY ($3::uuid[]) AND deleted_at IS NULL AND expires_at > now()
            AND ($4 AND seen_at IS NULL OR (read_at IS NULL) = $5 OR (archived_at IS NULL) = $6)
          ORDER BY id FOR NO KEY UPDATE
        )
        UPDATE inbox_item i
        SET seen_at = CASE WHEN $4 OR $5 THEN coalesce(seen_at, now()) ELSE seen_at END,
            read_at = CASE WHEN $5 THEN coalesce(read_at, now()) WHEN $5 IS NULL THEN read_at END,
            archived_at = CASE WHEN $6 THEN coalesce(archived_at, now()) WHEN $6 IS NULL THEN archived_at END,
            xid = event_xid(), sequence = nextval('inbox_sequence')
        FROM held h WHERE i.account_id = $1 AND i.user_id = $2 AND i.id = h.id""";

    private static final String READ_UP_TO = """
        WITH held AS MATERIALIZED (
          SELECT id FROM inbox_item
          WHERE account_id = $1 AND user_id = $2 AND id <= $3 AND read_at IS NULL AND deleted_at IS NULL AND expires_at > now()
          ORDER BY id LIMIT 2000 FOR NO KEY UPDATE
        )
        UPDATE inbox_item i
        SET seen_at = coalesce(seen_at, now()), read_at = now(), xid = event_xid(), sequence = nextval('inbox_sequence')
        FROM held h WHERE i.account_id = $1 AND i.user_id = $2 AND i.id = h.id""";

    private static final String DELETE = """
        UPDATE inbox_item
        SET deleted_at = now(), title = '', body = '', link = NULL, data = NULL, xid = event_xid(), sequence = nextval('inbox_sequence')
        WHERE account_id = $1 AND user_id = $2 AND id = $3 AND deleted_at IS NULL AND expires_at > now()""";

    /** The rows of a page, and how many in the whole inbox were not read. */
    record Page(int unread, List<Row> rows) {}

    private final Pool pool;

    InboxStore(Pool pool) {
        this.pool = pool;
    }

    /** Null when there is no such user. */
    Future<@Nullable Page> list(InboxOwner owner, Filter filter) {
        Tuple parameters = Tuple.of(owner.accountId(), owner.userId(), filter.before())
                .addBoolean(filter.unread())
                .addBoolean(filter.archived())
                .addString(filter.category())
                .addInteger(filter.limit());
        Future<RowSet<Row>> rows = pool.preparedQuery(LIST).execute(parameters);
        return rows.map(found -> found.size() == 0
                ? null
                : new Page(
                        found.iterator().next().getInteger("unread"),
                        StreamSupport.stream(found.spliterator(), false)
                                .filter(row -> row.getUUID("id") != null)
                                .toList()));
    }

    Future<Integer> unread(InboxOwner owner) {
        return pool.preparedQuery(UNREAD)
                .execute(Tuple.of(owner.accountId(), owner.userId()))
                .map(rows -> rows.iterator().next().getInteger("unread"));
    }

    /** Those that there are, the newest first. */
    Future<List<Row>> get(InboxOwner owner, List<UUID> ids) {
        return pool.preparedQuery(GET)
                .execute(Tuple.of(owner.accountId(), owner.userId(), ids.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList());
    }

    Future<Void> change(InboxOwner owner, List<UUID> ids, Change change) {
        return pool.preparedQuery(CHANGE)
                .execute(Tuple.of(owner.accountId(), owner.userId(), ids.toArray(UUID[]::new))
                        .addBoolean(change.seen())
                        .addBoolean(change.read())
                        .addBoolean(change.archived()))
                .mapEmpty();
    }

    /** Answers how many were marked. */
    Future<Integer> readUpTo(InboxOwner owner, UUID id) {
        return pool.preparedQuery(READ_UP_TO)
                .execute(Tuple.of(owner.accountId(), owner.userId(), id))
                .map(RowSet::rowCount);
    }

    /** False when there is none. */
    Future<Boolean> delete(InboxOwner owner, UUID id) {
        return pool.preparedQuery(DELETE)
                .execute(Tuple.of(owner.accountId(), owner.userId(), id))
                .map(rows -> rows.rowCount() > 0);
    }
}
