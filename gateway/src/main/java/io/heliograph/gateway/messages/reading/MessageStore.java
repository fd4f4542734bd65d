package io.heliograph.gateway.messages.reading;

import io.heliograph.runtime.Ids;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads messages for their account. */
public final class MessageStore {
    // The message's own number counts the claims that were given back unsent, too: here it is tries.
    private static final String FIND = """
        SELECT m.*,
               (SELECT count(*) FROM attempt a WHERE a.message_id = m.id) + (m.status = 'sending')::int AS attempts_made
        FROM message m WHERE m.id = $1 AND m.account_id = $2 AND m.deleted_at IS NULL""";

    /** What was answered at first, and no content: there may be a thousand of them, and emails are large. */
    private static final String FIND_ALL = """
        SELECT id, channel, recipient, lane, segments, encoding, created_at, estimated_send_at, send_at, reference,
               batch_id
        FROM message WHERE id = ANY ($1) AND id >= $2 AND id <= $3 AND deleted_at IS NULL""";

    private static final String ATTEMPTS = """
        SELECT n, provider, provider_message_id, outcome, code, started_at, finished_at
        FROM attempt WHERE message_id = $1 ORDER BY n LIMIT 200""";

    private static final String RECEIPTS = """
        SELECT attempt, provider, provider_message_id, provider_status, status, code, received_at
        FROM callback WHERE message_id = $1 ORDER BY received_at, id LIMIT 200""";

    // Four statements rather than one: each is planned for the index of its most selective filter.
    private static final String LIST = """
        SELECT id FROM message
        WHERE account_id = $1 AND id < $2 AND id >= $3 AND ($4::text IS NULL OR status = $4)
          AND deleted_at IS NULL
        ORDER BY id DESC LIMIT $5""";

    private static final String LIST_BY_RECIPIENT = """
        SELECT id FROM message
        WHERE account_id = $1 AND recipient = $6 AND id < $2 AND id >= $3 AND ($4::text IS NULL OR status = $4)
          AND deleted_at IS NULL
        ORDER BY id DESC LIMIT $5""";

    private static final String LIST_BY_REFERENCE = """
        SELECT id FROM message
        WHERE account_id = $1 AND reference = $7 AND id < $2 AND id >= $3 AND ($4::text IS NULL OR status = $4)
          AND deleted_at IS NULL
          AND ($6::text IS NULL OR recipient = $6)
        ORDER BY id DESC LIMIT $5""";

    private static final String LIST_BY_PROVIDER_MESSAGE_ID = """
        SELECT m.id
        FROM (SELECT DISTINCT message_id FROM attempt WHERE provider_message_id = $8) a
        JOIN message m ON m.id = a.message_id
        WHERE m.account_id = $1 AND m.id < $2 AND m.id >= $3 AND ($4::text IS NULL OR m.status = $4)
          AND m.deleted_at IS NULL
          AND ($6::text IS NULL OR m.recipient = $6) AND ($7::text IS NULL OR m.reference = $7)
        ORDER BY m.id DESC LIMIT $5""";

    /** The last one, should an earlier one have been withdrawn. Made after the message, by a clock that is not put back further. */
    private static final String FOLLOWER = """
        SELECT id, created_at, channel FROM message
        WHERE fallback_of = $1 AND id >= uuid_v7_floor($2::timestamptz - interval '1 hour')
        ORDER BY id DESC LIMIT 1""";

    /** As they stand in a list: without HTML and fallbacks, of which a page could hold more than a process has room for. */
    private static final String LISTED = """
        SELECT m.id, m.status, m.reason, m.channel, m.recipient, m.sender, m.body, m.lane, m.segments, m.encoding, m.provider,
               m.on_unknown, m.created_at, m.expires_at, m.sent_at, m.settled_at, m.redacted_at, m.send_at, m.reference, m.metadata,
               m.media_urls, m.possible_duplicate, m.content - 'html' AS content, m.replay_of, m.batch_id, m.retry,
               m.on_undelivered, NULL::jsonb AS fallback, m.fallback_of, m.avoided_providers, m.notification_id, m.notification_type,
               m.variant,
               (SELECT count(*) FROM attempt a WHERE a.message_id = m.id) + (m.status = 'sending')::int AS attempts_made
        FROM message m WHERE m.id = ANY ($1) AND m.id >= $2 AND m.id <= $3
        ORDER BY m.id DESC""";

    private static final String FIND_BY_KEYS = """
        SELECT m.id, m.channel, m.recipient, m.lane, m.segments, m.encoding, m.created_at,
               m.estimated_send_at, m.send_at, m.reference,
               i.key, i.request_hash
        FROM idempotency i JOIN message m ON m.id = i.message_id
        WHERE i.account_id = $1 AND i.key = ANY ($2) AND m.deleted_at IS NULL""";

    private final Pool pool;

    public MessageStore(Pool pool) {
        this.pool = pool;
    }

    /** Null when the account has none with this id. */
    public Future<@Nullable Row> find(UUID id, long accountId) {
        return pool.preparedQuery(FIND).execute(Tuple.of(id, accountId)).map(MessageStore::firstOrNull);
    }

    /** In no order. The caller has checked that they are its account's. */
    Future<List<Row>> findAll(List<UUID> ids) {
        UUID[] sorted = ids.stream().sorted(Ids.ORDER).toArray(UUID[]::new);
        return rows(FIND_ALL, Tuple.of(sorted, sorted[0], sorted[sorted.length - 1]));
    }

    Future<List<Row>> attempts(UUID id) {
        return rows(ATTEMPTS, Tuple.of(id));
    }

    Future<List<Row>> receipts(UUID id) {
        return rows(RECEIPTS, Tuple.of(id));
    }

    /** The message that followed this one, if any: one row or none. */
    Future<List<Row>> follower(Row message) {
        boolean isFollowed = message.getValue("fallback") != null || message.getValue("on_undelivered") != null;
        return isFollowed
                ? rows(FOLLOWER, Tuple.of(message.getUUID("id"), message.getOffsetDateTime("created_at")))
                : Future.succeededFuture(List.of());
    }

    Future<List<Row>> list(long accountId, MessageFilter filter) {
        return idsOfPage(accountId, filter)
                .compose(rows ->
                        listed(rows.stream().map(row -> row.getUUID("id")).toList()));
    }

    /** As lists show them. The caller has found them among its account's, the newest first. */
    public Future<List<Row>> listed(List<UUID> newestFirst) {
        return newestFirst.isEmpty()
                ? Future.succeededFuture(List.of())
                : rows(
                        LISTED,
                        Tuple.of(newestFirst.toArray(UUID[]::new), newestFirst.getLast(), newestFirst.getFirst()));
    }

    private Future<List<Row>> idsOfPage(long accountId, MessageFilter filter) {
        Tuple parameters = Tuple.of(accountId, filter.before(), filter.from(), filter.status(), filter.limit());
        if (filter.recipient() == null && filter.reference() == null && filter.providerMessageId() == null) {
            return rows(LIST, parameters);
        }
        parameters.addString(filter.recipient());
        if (filter.reference() == null && filter.providerMessageId() == null) {
            return rows(LIST_BY_RECIPIENT, parameters);
        }
        parameters.addString(filter.reference());
        return filter.providerMessageId() == null
                ? rows(LIST_BY_REFERENCE, parameters)
                : rows(LIST_BY_PROVIDER_MESSAGE_ID, parameters.addString(filter.providerMessageId()));
    }

    /** Each with the key and the hash under which it was accepted. */
    Future<List<Row>> findByKeys(long accountId, Collection<String> keys) {
        return rows(FIND_BY_KEYS, Tuple.of(accountId).addArrayOfString(keys.toArray(String[]::new)));
    }

    private Future<List<Row>> rows(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).map(MessageStore::list);
    }

    private static @Nullable Row firstOrNull(RowSet<Row> rows) {
        return rows.size() == 0 ? null : rows.iterator().next();
    }

    private static List<Row> list(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }
}
