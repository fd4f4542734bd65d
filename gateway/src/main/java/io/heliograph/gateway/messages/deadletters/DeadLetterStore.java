package io.heliograph.gateway.messages.deadletters;

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
 * Finds dead letters: messages that failed, were not delivered, or expired, with the reason why. No index knows them, because an index
 * on a column that changes would make every send dearer; so each look goes over so many of the account's messages and no more, and
 * says where it stopped.
 */
final class DeadLetterStore {
    /** One look: what was found, and where the next one begins; null at the end. */
    record Look(List<Row> found, @Nullable UUID next) {}

    private static final String LAST_OF_LOOK_BACK = """
        SELECT id FROM message WHERE account_id = $1 AND id > $2 AND id < $3 ORDER BY id DESC OFFSET $4 - 1 LIMIT 1""";

    private static final String LAST_OF_LOOK_AHEAD = """
        SELECT id FROM message WHERE account_id = $1 AND id > $2 AND id < $3 ORDER BY id OFFSET $4 - 1 LIMIT 1""";

    private static final String LIST = """
        SELECT m.id, m.status, m.reason, m.channel, m.recipient, m.sender, m.reference, m.provider, m.lane,
               m.notification_type, m.created_at, m.settled_at, m.redacted_at,
               (SELECT count(*) FROM attempt a WHERE a.message_id = m.id) AS attempts_made,
               coalesce((SELECT c.code FROM callback c WHERE c.message_id = m.id AND c.code IS NOT NULL
                         ORDER BY c.received_at DESC LIMIT 1),
                        (SELECT a.code FROM attempt a WHERE a.message_id = m.id ORDER BY a.n DESC LIMIT 1)) AS code,
               message_may_have_been_sent(m.id) AS may_have_been_sent,
               (SELECT r.id FROM message r WHERE r.replay_of = m.id ORDER BY r.id LIMIT 1) AS replayed_as,
               CASE WHEN m.fallback IS NOT NULL OR m.on_undelivered IS NOT NULL
                 THEN (SELECT f.id FROM message f
                       WHERE f.fallback_of = m.id AND f.id >= uuid_v7_floor(m.created_at - interval '1 hour')
                       ORDER BY f.id DESC LIMIT 1) END AS fallback_id
        FROM message m
        WHERE m.account_id = $1 AND m.id > $2 AND m.id < $3 AND m.id >= $4
          AND m.deleted_at IS NULL AND m.status IN ('failed', 'undelivered', 'expired') AND m.reason = ANY ($5)
          AND ($6::text IS NULL OR m.provider = $6) AND ($7::text IS NULL OR m.channel = $7)
        ORDER BY m.id DESC
        LIMIT $8""";

    /** With all that is needed to send them anew; without those that were. */
    private static final String OPEN = """
        SELECT m.*,
               message_may_have_been_sent(m.id) AS may_have_been_sent,
               date_part('epoch', m.expires_at - greatest(m.created_at, m.send_at)) * 1000 AS valid_for_ms
        FROM message m
        WHERE m.account_id = $1 AND m.id > $2 AND m.id < $3 AND m.id <= $4
          AND m.deleted_at IS NULL AND m.status IN ('failed', 'undelivered', 'expired') AND m.reason = ANY ($5)
          AND ($6::text IS NULL OR m.provider = $6) AND ($7::text IS NULL OR m.channel = $7)
          -- The key under which it was sent anew is forgotten after some days; this is not.
          AND NOT EXISTS (SELECT FROM message r WHERE r.replay_of = m.id)
          -- What followed it stands in its place, and may be sent anew when it has failed as well.
          AND ((m.fallback IS NULL AND m.on_undelivered IS NULL)
               OR NOT EXISTS (SELECT FROM message f
                              WHERE f.fallback_of = m.id AND f.id >= uuid_v7_floor(m.created_at - interval '1 hour')
                                AND f.status <> 'canceled'))
        ORDER BY m.id
        LIMIT $8""";

    private final Pool pool;
    private final int lookMax;

    /** {@code lookMax}: the messages that one look goes over. */
    DeadLetterStore(Pool pool, int lookMax) {
        this.pool = pool;
        this.lookMax = lookMax;
    }

    /** Newest first. */
    Future<Look> list(long accountId, DeadLetterFilter filter, int limit) {
        return look(accountId, filter, limit, LAST_OF_LOOK_BACK, LIST, filter.after());
    }

    /** Those that were not sent anew yet, oldest first, which is the order in which they were meant to go. */
    Future<Look> open(long accountId, DeadLetterFilter filter, int limit) {
        return look(accountId, filter, limit, LAST_OF_LOOK_AHEAD, OPEN, filter.before());
    }

    private Future<Look> look(
            long accountId, DeadLetterFilter filter, int limit, String lastOfLook, String find, UUID end) {
        Tuple range = Tuple.of(accountId, filter.after(), filter.before(), lookMax);
        return pool.preparedQuery(lastOfLook).execute(range).compose(rows -> {
            UUID last = rows.size() == 0 ? null : rows.iterator().next().getUUID("id");
            return pool.preparedQuery(find)
                    .execute(parameters(accountId, filter, last == null ? end : last, limit))
                    .map(found -> look(found, limit, last));
        });
    }

    private static Look look(RowSet<Row> rows, int limit, @Nullable UUID lastOfLook) {
        List<Row> found = StreamSupport.stream(rows.spliterator(), false).toList();
        return new Look(
                found, found.size() < limit ? lastOfLook : found.getLast().getUUID("id"));
    }

    private static Tuple parameters(long accountId, DeadLetterFilter filter, UUID last, int limit) {
        return Tuple.of(accountId, filter.after(), filter.before(), last)
                .addArrayOfString(filter.reasons().toArray(String[]::new))
                .addString(filter.provider())
                .addString(filter.channel())
                .addInteger(limit);
    }
}
