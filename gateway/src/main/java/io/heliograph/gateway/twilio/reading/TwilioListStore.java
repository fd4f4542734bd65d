package io.heliograph.gateway.twilio.reading;

import io.heliograph.gateway.twilio.words.TwilioMessage;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lists messages to people. No index knows when a message was sent, because an index on a column that changes would make every send
 * dearer; so a page goes over so many messages along an index and no more, and says where it stopped.
 */
final class TwilioListStore {
    // Each goes along the one index that has its order, which is that of the result, until enough were found. Compared
    // as a pair: an address
    // that is equal would be no part of the order, which the account's index would then have as well. The id by itself
    // is for the partitions.
    private static final Walk OLDER = new Walk("""
        SELECT id, channel, recipient, sender, body, media_urls, segments, status, reason, attempt, created_at, sent_at, settled_at,
               messaging_service_sid, answers
        FROM (SELECT * FROM message
              WHERE account_id = $1 AND id > $2 AND id < $3 ORDER BY id DESC LIMIT $4) AS looked_at
        WHERE deleted_at IS NULL AND channel IN ('sms', 'whatsapp')
          AND ($6::timestamptz IS NULL OR sent_at >= $6) AND ($7::timestamptz IS NULL OR sent_at < $7)
        LIMIT $5""", """
        SELECT id FROM message
        WHERE account_id = $1 AND id > $2 AND id < $3 ORDER BY id DESC OFFSET $4 - 1 LIMIT 1""");

    private static final Walk NEWER = new Walk("""
        SELECT id, channel, recipient, sender, body, media_urls, segments, status, reason, attempt, created_at, sent_at, settled_at,
               messaging_service_sid, answers
        FROM (SELECT * FROM message
              WHERE account_id = $1 AND id > $2 AND id < $3 ORDER BY id LIMIT $4) AS looked_at
        WHERE deleted_at IS NULL AND channel IN ('sms', 'whatsapp')
          AND ($6::timestamptz IS NULL OR sent_at >= $6) AND ($7::timestamptz IS NULL OR sent_at < $7)
        LIMIT $5""", """
        SELECT id FROM message
        WHERE account_id = $1 AND id > $2 AND id < $3 ORDER BY id OFFSET $4 - 1 LIMIT 1""");

    private static final Walk OLDER_TO_RECIPIENT = new Walk("""
        SELECT id, channel, recipient, sender, body, media_urls, segments, status, reason, attempt, created_at, sent_at, settled_at,
               messaging_service_sid, answers
        FROM (SELECT * FROM message
              WHERE account_id = $1 AND (recipient, id) > ($5, $2) AND (recipient, id) < ($5, $3)
                AND id > $2 AND id < $3
              ORDER BY recipient DESC, id DESC LIMIT $4) AS looked_at
        WHERE deleted_at IS NULL AND channel IN ('sms', 'whatsapp')
          AND ($7::timestamptz IS NULL OR sent_at >= $7) AND ($8::timestamptz IS NULL OR sent_at < $8)
          AND channel = $9 AND ($10::text IS NULL OR sender = $10)
        LIMIT $6""", """
        SELECT id FROM message
        WHERE account_id = $1 AND (recipient, id) > ($5, $2) AND (recipient, id) < ($5, $3)
          AND id > $2 AND id < $3
        ORDER BY recipient DESC, id DESC OFFSET $4 - 1 LIMIT 1""");

    private static final Walk NEWER_TO_RECIPIENT = new Walk("""
        SELECT id, channel, recipient, sender, body, media_urls, segments, status, reason, attempt, created_at, sent_at, settled_at,
               messaging_service_sid, answers
        FROM (SELECT * FROM message
              WHERE account_id = $1 AND (recipient, id) > ($5, $2) AND (recipient, id) < ($5, $3)
                AND id > $2 AND id < $3
              ORDER BY recipient, id LIMIT $4) AS looked_at
        WHERE deleted_at IS NULL AND channel IN ('sms', 'whatsapp')
          AND ($7::timestamptz IS NULL OR sent_at >= $7) AND ($8::timestamptz IS NULL OR sent_at < $8)
          AND channel = $9 AND ($10::text IS NULL OR sender = $10)
        LIMIT $6""", """
        SELECT id FROM message
        WHERE account_id = $1 AND (recipient, id) > ($5, $2) AND (recipient, id) < ($5, $3)
          AND id > $2 AND id < $3
        ORDER BY recipient, id OFFSET $4 - 1 LIMIT 1""");

    private static final Walk OLDER_FROM_SENDER = new Walk("""
        SELECT id, channel, recipient, sender, body, media_urls, segments, status, reason, attempt, created_at, sent_at, settled_at,
               messaging_service_sid, answers
        FROM (SELECT * FROM message
              WHERE account_id = $1 AND sender IS NOT NULL AND (sender, id) > ($5, $2) AND (sender, id) < ($5, $3)
                AND id > $2 AND id < $3
              ORDER BY sender DESC, id DESC LIMIT $4) AS looked_at
        WHERE deleted_at IS NULL AND channel IN ('sms', 'whatsapp')
          AND ($7::timestamptz IS NULL OR sent_at >= $7) AND ($8::timestamptz IS NULL OR sent_at < $8)
          AND channel = $9
        LIMIT $6""", """
        SELECT id FROM message
        WHERE account_id = $1 AND sender IS NOT NULL AND (sender, id) > ($5, $2) AND (sender, id) < ($5, $3)
          AND id > $2 AND id < $3
        ORDER BY sender DESC, id DESC OFFSET $4 - 1 LIMIT 1""");

    private static final Walk NEWER_FROM_SENDER = new Walk("""
        SELECT id, channel, recipient, sender, body, media_urls, segments, status, reason, attempt, created_at, sent_at, settled_at,
               messaging_service_sid, answers
        FROM (SELECT * FROM message
              WHERE account_id = $1 AND sender IS NOT NULL AND (sender, id) > ($5, $2) AND (sender, id) < ($5, $3)
                AND id > $2 AND id < $3
              ORDER BY sender, id LIMIT $4) AS looked_at
        WHERE deleted_at IS NULL AND channel IN ('sms', 'whatsapp')
          AND ($7::timestamptz IS NULL OR sent_at >= $7) AND ($8::timestamptz IS NULL OR sent_at < $8)
          AND channel = $9
        LIMIT $6""", """
        SELECT id FROM message
        WHERE account_id = $1 AND sender IS NOT NULL AND (sender, id) > ($5, $2) AND (sender, id) < ($5, $3)
          AND id > $2 AND id < $3
        ORDER BY sender, id OFFSET $4 - 1 LIMIT 1""");

    private final Pool pool;
    private final int lookMax;

    /** {@code lookMax}: the messages that one page goes over. */
    TwilioListStore(Pool pool, int lookMax) {
        this.pool = pool;
        this.lookMax = lookMax;
    }

    /** At most {@code limit}, from the bound that the page begins at, away from it. */
    Future<Look> list(long accountId, MessageFilter filter, PageRequest page, int limit) {
        String address = filter.recipient() == null ? filter.sender() : filter.recipient();
        Stretch stretch = Stretch.of(accountId, filter, page, lookMax, address);
        Tuple parameters = filter.addTo(stretch.parameters().addInteger(limit));
        Walk walk;
        if (address == null) {
            walk = page.backwards() ? NEWER : OLDER;
        } else if (filter.recipient() == null) {
            walk = page.backwards() ? NEWER_FROM_SENDER : OLDER_FROM_SENDER;
        } else {
            parameters.addString(filter.sender());
            walk = page.backwards() ? NEWER_TO_RECIPIENT : OLDER_TO_RECIPIENT;
        }
        return look(pool, walk, stretch, parameters, limit, TwilioMessage::of);
    }

    /** What is short of the limit has gone over the whole stretch, so that its end has to be known. */
    static Future<Look> look(
            Pool pool, Walk walk, Stretch stretch, Tuple parameters, int limit, Function<Row, TwilioMessage> read) {
        return pool.preparedQuery(walk.list()).execute(parameters).compose(rows -> {
            List<TwilioMessage> found =
                    StreamSupport.stream(rows.spliterator(), false).map(read).toList();
            return found.size() >= limit
                    ? Future.succeededFuture(new Look(found, null))
                    : end(pool, walk, stretch).map(end -> new Look(found, end));
        });
    }

    private static Future<@Nullable UUID> end(Pool pool, Walk walk, Stretch stretch) {
        return pool.preparedQuery(walk.last())
                .execute(stretch.parameters())
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getUUID("id"));
    }
}
