package io.heliograph.worker.routing;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Promises that cannot be kept where they are, and their way to another provider. */
public final class RerouteStore {
    /** Where a look at a topic has come to. */
    record Place(long account, OffsetDateTime due, UUID message) {
        static final Place START =
                new Place(Long.MIN_VALUE, OffsetDateTime.parse("1970-01-01T00:00:00Z"), new UUID(0, 0));
    }

    /** A message that waits for a provider, or for somebody to find out what became of it. */
    record Waiting(
            UUID id,
            Channel channel,
            String recipient,
            Lane lane,
            String status,
            Duration validFor,
            Set<String> avoided,
            Place place) {
        boolean expired() {
            return !validFor.isPositive();
        }

        boolean isUnsent() {
            return status.equals("queued") || status.equals("scheduled");
        }

        @Override
        public String toString() {
            return "message " + id;
        }
    }

    // A walk along outbox_due_by_account from one topic to the next.
    private static final String TOPICS = """
        WITH RECURSIVE line AS (
          SELECT lane, (SELECT min(o.topic) FROM outbox o WHERE o.lane = lanes.lane) AS topic
          FROM unnest($1::text[]) AS lanes (lane)
          UNION ALL
          SELECT l.lane, (SELECT min(o.topic) FROM outbox o WHERE o.lane = l.lane AND o.topic > l.topic)
          FROM line l WHERE l.topic IS NOT NULL
        )
        SELECT DISTINCT topic FROM line WHERE topic IS NOT NULL""";

    // Published ones too, wherever they are now: a claim takes only what is promised to its own provider. The most
    // urgent lane comes first; after the last one that was looked at, so that those who have to stay are no hill in
    // front of others. Many are due at the same moment: what was written or taken together.
    private static final String WAITING = """
        SELECT m.id, m.channel, m.recipient, m.lane, m.status, date_part('epoch', m.expires_at - now()) AS seconds_left,
               m.avoided_providers, promise.account_id, promise.due_at
        FROM unnest($1::text[]) AS lanes (lane)
        CROSS JOIN LATERAL (
          SELECT o.message_id, o.account_id, o.due_at FROM outbox o
          WHERE o.lane = lanes.lane AND o.topic = $2 AND (o.due_at <= now() OR o.publishes > 0)
            AND (o.account_id, o.due_at, o.message_id) > ($3, $4, $5)
          ORDER BY o.account_id, o.due_at, o.message_id
          LIMIT $6
        ) AS promise
        JOIN message m ON m.id = promise.message_id""";

    // Messages before promises, as everywhere. One that is locked is being claimed or settled, and needs no help.
    private static final String MOVE = """
        WITH waiting AS MATERIALIZED (
          SELECT m.id, moved.topic
          FROM unnest($1::uuid[], $2::text[], $4::text[]) AS moved (id, topic, status)
          JOIN message m ON m.id = moved.id
          WHERE m.status = moved.status
          ORDER BY m.id
          FOR NO KEY UPDATE OF m SKIP LOCKED
        )
        UPDATE outbox o SET topic = waiting.topic, due_at = now(), publishes = 0
        FROM waiting
        WHERE o.message_id = waiting.id AND o.topic = $3""";

    private final Pool pool;

    public RerouteStore(Pool pool) {
        this.pool = pool;
    }

    /** Of all promises. */
    Future<Set<String>> topics() {
        return pool.preparedQuery(TOPICS).execute(Tuple.of(lanes())).map(rows -> {
            Set<String> topics = new HashSet<>();
            rows.forEach(row -> topics.add(row.getString("topic")));
            return topics;
        });
    }

    /** Of a topic, what is due or on its way to its workers: so many of each lane, beyond this place. */
    Future<List<Waiting>> waiting(String topic, Place after, int max) {
        return pool.preparedQuery(WAITING)
                .execute(Tuple.of(lanes(), topic, after.account(), after.due(), after.message(), max))
                .map(rows -> {
                    List<Waiting> waiting = new ArrayList<>(rows.size());
                    rows.forEach(row -> waiting.add(waiting(row)));
                    return waiting;
                });
    }

    private static Waiting waiting(Row row) {
        String[] avoided = row.getArrayOfStrings("avoided_providers");
        return new Waiting(
                row.getUUID("id"),
                Channel.of(row.getString("channel")),
                row.getString("recipient"),
                Lane.of(row.getString("lane")),
                row.getString("status"),
                Duration.ofMillis((long) (row.getDouble("seconds_left") * 1_000)),
                avoided == null ? Set.of() : Set.of(avoided),
                new Place(row.getLong("account_id"), row.getOffsetDateTime("due_at"), row.getUUID("id")));
    }

    /** Answers how many were moved; the others have been claimed or settled meanwhile. */
    Future<Integer> move(List<Waiting> waiting, List<String> topics, String from) {
        return pool.preparedQuery(MOVE)
                .execute(Tuple.of(
                        waiting.stream().map(Waiting::id).toArray(UUID[]::new),
                        topics.toArray(String[]::new),
                        from,
                        waiting.stream().map(Waiting::status).toArray(String[]::new)))
                .map(rows -> rows.rowCount());
    }

    private static Object lanes() {
        return Lane.WORDS.toArray(String[]::new);
    }
}
